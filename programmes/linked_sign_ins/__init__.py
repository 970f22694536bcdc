"""Accounts that are linked to somebody at an outside sign-in provider."""
