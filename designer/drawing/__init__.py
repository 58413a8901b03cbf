"""Designs as pictures: looks, layout, routes and the SVG writer, without any graphics system."""
