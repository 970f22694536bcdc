"""What a group's own page says of it before its grid."""

from datetime import date
from typing import assert_never

from app import present
from app.labels import tag
from app.web.components import Cell, Fact
from programmes.catalogue.rules import closed_to_new_joiners
from programmes.catalogue.words import (
    ClosedAfterSession,
    ProgrammeVersion,
    Rolling,
    WholeSeriesOnly,
)
from scheduling.cohorts.queries import CohortFacts
from scheduling.cohorts.words import CohortStatus


def cohort_facts(found: CohortFacts, rules: ProgrammeVersion, *, held: int) -> list[Fact]:
    """`held`: how many of its sessions have been."""
    return [
        Fact("Programme", found.programme_name),
        Fact("Status", Cell(tag=tag(found.status))),
        Fact("Where", f"{found.venue}, {found.room}"),
        Fact("When", present.date_span(found.first_on, found.last_on)),
        Fact("Facilitators", present.listed(found.staff) or "Nobody yet"),
        Fact("Places", f"{found.taken} of {found.capacity} taken"),
        Fact("Interpreter", found.interpreter_language or "None"),
        Fact("New people", _joining_words(found, rules, held)),
    ]


def is_open(found: CohortFacts, rules: ProgrammeVersion, *, held: int, today: date) -> bool:
    """Whether somebody who waits may still come into this group, were there room."""
    is_over = found.last_on < today
    return _goes_on(found) and not is_over and not closed_to_new_joiners(rules, held)


def _goes_on(found: CohortFacts) -> bool:
    return found.status in (CohortStatus.PLANNED, CohortStatus.RUNNING)


def _joining_words(found: CohortFacts, rules: ProgrammeVersion, held: int) -> str:
    if not _goes_on(found):
        return "Nobody: it is over or paused"
    if closed_to_new_joiners(rules, held):
        return "Closed: whoever comes from another group must have come as far"
    match rules.joining:
        case ClosedAfterSession(session):
            return f"Open until session {session} has been held"
        case WholeSeriesOnly():
            return "Open until the first session"
        case Rolling():
            return "Open throughout: people join at any session"
        case never:
            assert_never(never)
