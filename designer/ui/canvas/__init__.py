"""The drawing surface: one widget that paints a scene, and the gestures on it."""
