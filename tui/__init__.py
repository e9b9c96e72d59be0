"""The terminal app on top of the library."""
