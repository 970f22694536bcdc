"""The JSON twin of each page, under /api/v1."""
