"""Looks and geometry onto a QPainter, for the window and for files."""
