"""How alike two records are: names in any order or spelling, birthdays, nothing more."""

from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher

from msgspec import Struct

from programmes.people.rules import fold

ALIKE = 0.82
"""From here on two names may be the same one, misheard or misspelt (common practice)."""


class Likeness(Struct, frozen=True):
    """Why two records may be one man's; the stronger comes first. Never a decision."""

    score: float
    says: tuple[str, ...]


def likeness(name: str, born: date, *, other_name: str, other_born: date) -> Likeness | None:
    """None where nothing speaks for it. Names are whole names in any order."""
    names = names_alike(name, other_name)
    if names < ALIKE:
        return None
    says = ["Same name" if names == 1 else "Similar name"]
    if born == other_born:
        return Likeness(names + 1, (*says, "same date of birth"))
    if is_misread(born, other_born):
        return Likeness(names + 0.5, (*says, "date of birth that may be misread"))
    return Likeness(names, tuple(says)) if names == 1 else None


def names_alike(one: str, other: str) -> float:
    """1 where the same words stand in any order, without accents or case."""
    ours, theirs = sorted(fold(one).split()), sorted(fold(other).split())
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 1.0
    joined = SequenceMatcher(None, " ".join(ours), " ".join(theirs)).ratio()
    return min(0.99, max(joined, _word_by_word(ours, theirs)))


def _word_by_word(ours: list[str], theirs: list[str]) -> float:
    """Each word of the shorter name against its nearest in the longer: a middle name may lack."""
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) < 2:
        return 0.0
    return sum(_nearest(word, longer) for word in shorter) / len(shorter)


def _nearest(word: str, among: Iterable[str]) -> float:
    return max(SequenceMatcher(None, word, other).ratio() for other in among)


def is_misread(one: date, other: date) -> bool:
    """Day and month changed over, or one figure of the date wrong."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    return sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1
