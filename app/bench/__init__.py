"""The bench: an invented service of three sizes, and what its daily work takes on it."""
