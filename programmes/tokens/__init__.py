"""Tokens with which other programs ask the JSON interface, on the programme side alone."""
