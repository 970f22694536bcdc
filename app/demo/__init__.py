"""The demonstration: invented people, relative to today. Refused in production."""
