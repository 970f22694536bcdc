"""References that people read out on the telephone: a letter and eight characters, no vowels."""

from uuid import UUID

_CHARACTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 8


def new_reference(letter: str, row_id: UUID) -> str:
    """From the row's own random bits, so that it says nothing of how many there are."""
    value = row_id.int & ((1 << 60) - 1)
    text = ""
    for _ in range(_LENGTH):
        value, digit = divmod(value, len(_CHARACTERS))
        text = _CHARACTERS[digit] + text
    return f"{letter}-{text[:4]}-{text[4:]}"
