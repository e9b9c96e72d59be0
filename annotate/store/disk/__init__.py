"""Bytes on the disk: files replaced whole, a lock, the log of changes, backups."""
