"""References that people read out on the telephone: a letter and eight characters, no vowels."""

import re
from uuid import UUID

_CHARACTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 8
_FORM = re.compile(rf"[A-Z]-[{_CHARACTERS}]{{4}}-[{_CHARACTERS}]{{4}}")


def new_reference(letter: str, row_id: UUID) -> str:
    """From the row's own random bits, so that it says nothing of how many there are."""
    value = row_id.int & ((1 << 60) - 1)
    text = ""
    for _ in range(_LENGTH):
        value, digit = divmod(value, len(_CHARACTERS))
        text = _CHARACTERS[digit] + text
    return f"{letter}-{text[:4]}-{text[4:]}"


def has_form_of_reference(text: str) -> bool:
    """In capitals; one in fifteen is of letters alone."""
    return _FORM.fullmatch(text) is not None
