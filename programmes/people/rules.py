"""How names are folded for finding and sorting."""

import unicodedata

LAST_CHARACTER = "\U0010ffff"


def name_key(first_name: str, last_name: str) -> str:
    """Surname first, without accents or case, so that the start of a name finds it."""
    return fold(f"{last_name} {first_name}")


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def range_of_start(text: str) -> tuple[str, str]:
    """The half-open range of keys that begin like this."""
    start = fold(text)
    return start, start + LAST_CHARACTER
