"""The window: Qt widgets around one document controller."""
