"""The way out of messages."""
