"""Offsets, lines and cells of a text on the screen."""
