"""The panels around the canvas, one to a module."""
