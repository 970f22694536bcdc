"""What typed text may hold: composed characters, nothing invisible that could mislead."""

import re
import unicodedata

_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make a name or a date read differently from what is stored (CVE-2021-42574)."""

_INVISIBLE = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff")
"""They take no room, and make two names that look the same differ. The joiners (U+200C, U+200D)
are letters' own in Persian and in Indian scripts, and stay."""

_LINE_BREAKS = frozenset("\n\r\u0085\u2028\u2029")
_UNSTORABLE = {"Cc", "Cs", "Co", "Cn"}
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class FieldError(Exception):
    """One field's message, in words that say what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def one_line(text: str, *, called: str, max_length: int) -> str:
    """Trimmed, inner runs of space made one. Raises FieldError."""
    if _LINE_BREAKS & set(text.strip()):
        raise FieldError(f"Write {called} on one line")
    return _fitting(" ".join(text.split()), called=called, max_length=max_length)


def many_lines(text: str, *, called: str, max_length: int) -> str:
    """Line breaks kept, as browsers send them or not. Raises FieldError."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    return _fitting(joined, called=called, max_length=max_length)


def email_address(text: str, *, called: str) -> str:
    """No line break can reach a message header. Raises FieldError."""
    address = one_line(text, called=called, max_length=254)
    if not _EMAIL.fullmatch(address) or not address.isascii():
        raise FieldError(f"Write {called} like name@example.org")
    return address


def _fitting(text: str, *, called: str, max_length: int) -> str:
    composed = unicodedata.normalize("NFC", text)
    if any(_is_unfit(character) for character in composed):
        raise FieldError(
            f"Type {called} again by hand: what was pasted holds characters that cannot be seen"
        )
    if len(composed) > max_length:
        over = len(composed) - max_length
        raise FieldError(
            f"Shorten {called} by {over:,} character{'s' if over > 1 else ''}: "
            f"{max_length:,} is the most it can be"
        )
    return composed


def _is_unfit(character: str) -> bool:
    if character == "\n":
        return False
    if character in _BIDI_OVERRIDES or character in _INVISIBLE:
        return True
    return unicodedata.category(character) in _UNSTORABLE
