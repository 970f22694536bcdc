"""What a new version of a programme must be: whole, in order, and to begin after the last one."""

import re
from datetime import date

from programmes.catalogue.rules import sessions_in
from programmes.catalogue.words import (
    ClosedAfterSession,
    Module,
    NumberAttended,
    ProgrammeVersion,
    ShareAttended,
)

_MODULE = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?[.:]?\s+(.{1,120})")


def version_mistakes(
    version: ProgrammeVersion, *, today: date, last_from: date | None
) -> dict[str, str]:
    """By the field of the form; none means that it can be stored and run."""
    found: dict[str, str] = {}
    sessions = sessions_in(version)
    if version.valid_from < today:
        found["valid_from"] = "A version begins today or later, never in the past."
    elif last_from is not None and version.valid_from <= last_from:
        found["valid_from"] = f"The last version begins on {last_from:%d/%m/%Y}. Begin after it."
    if wrong := [number for number in version.individual if not 1 <= number <= sessions]:
        found["individual"] = f"There is no session {wrong[0]}: the last is {sessions}."
    if version.size.least > version.size.most:
        found["size_least"] = "The smallest group cannot be larger than the largest."
    if not version.risk_levels:
        found["risk_levels"] = "Choose for whom it is."
    return found | _completion_mistakes(version, sessions) | _joining_mistakes(version, sessions)


def _completion_mistakes(version: ProgrammeVersion, sessions: int) -> dict[str, str]:
    match version.completion:
        case NumberAttended(least) if least > sessions:
            return {"least_attended": f"There are only {sessions} sessions."}
        case ShareAttended(percent) if not 1 <= percent <= 100:
            return {"percent_attended": "Write a number from 1 to 100."}
    return {}


def _joining_mistakes(version: ProgrammeVersion, sessions: int) -> dict[str, str]:
    match version.joining:
        case ClosedAfterSession(session) if session >= sessions:
            return {"closed_after": f"There are only {sessions} sessions: close before the last."}
    return {}


def modules_of(text: str, sessions: int) -> tuple[Module, ...]:
    """One a line, "1-3 Getting started", without gaps from the first session to the last.

    Raises ValueError with what is wrong.
    """
    found: list[Module] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        match = _MODULE.fullmatch(line)
        if match is None:
            raise ValueError(f"Write “{line[:30]}” like this: 1-3 Getting started")
        first, last = int(match[1]), int(match[2] or match[1])
        if first != (found[-1].last + 1 if found else 1) or last < first:
            raise ValueError(f"“{line[:30]}” does not follow on: sessions go from 1 without gaps.")
        found.append(Module(len(found) + 1, match[3], first, last))
    if not found or found[-1].last != sessions:
        raise ValueError(f"The modules end at {found[-1].last if found else 0}, not {sessions}.")
    return tuple(found)


def modules_text(modules: tuple[Module, ...]) -> str:
    return "\n".join(f"{one.first}-{one.last} {one.title}" for one in modules)


def code_of(name: str) -> str:
    """Kebab-case, as it stands in addresses; empty where no letter of the name can be kept."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].strip("-")
