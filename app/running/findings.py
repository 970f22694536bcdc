"""What a look at an installation found: good, worth knowing, or wrong, with how to mend it."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Level(StrEnum):
    GOOD = "good"
    ADVICE = "advice"
    FAULT = "fault"


class Finding(msgspec.Struct, frozen=True):
    """`mend` says what to do; a finding without it is good."""

    level: Level
    about: str
    says: str
    mend: str = ""


def good(about: str, says: str) -> Finding:
    return Finding(Level.GOOD, about, says)


def advice(about: str, says: str, mend: str) -> Finding:
    return Finding(Level.ADVICE, about, says, mend)


def fault(about: str, says: str, mend: str) -> Finding:
    return Finding(Level.FAULT, about, says, mend)


def has_faults(found: Iterable[Finding]) -> bool:
    return any(one.level is Level.FAULT for one in found)


def as_text(found: Iterable[Finding]) -> str:
    """A line each, and under what is not good, how to mend it."""
    lines = []
    for one in found:
        lines.append(f"{one.level.upper():<7} {one.about}: {one.says}")
        if one.mend:
            lines.append(f"        {one.mend}")
    return "\n".join(lines)
