"""Check a save file, and repair a damaged one into a new file."""
