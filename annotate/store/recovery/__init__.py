"""Check a save file, and save into a new file all that is sound of a damaged one."""
