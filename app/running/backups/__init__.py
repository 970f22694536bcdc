"""Backups: each side's database in a file that only the holder of a key kept elsewhere opens."""
