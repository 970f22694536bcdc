"""A programme's version in words."""

from typing import Any, assert_never

from app import present
from app.labels import label, tag
from app.web.components import Cell, Event, Fact
from programmes.catalogue.history_queries import InUse, ProgrammeMoveRow
from programmes.catalogue.queries import StoredProgramme, StoredVersion
from programmes.catalogue.rules import sessions_in, sessions_needed
from programmes.catalogue.words import (
    AllInOrder,
    ClosedAfterSession,
    NumberAttended,
    ProgrammeStatus,
    ProgrammeVersion,
    Rolling,
    ShareAttended,
    WholeSeriesOnly,
)


def row_of(one: StoredProgramme, use: InUse | None) -> list[Any]:
    sessions = sessions_in(one.versions[-1].rules) if one.versions else 0
    return [
        Cell(one.name, f"/programmes/{one.code}"),
        Cell(tag=tag(one.status)),
        str(sessions),
        str(len(one.versions)),
        Cell(str(use.waiting if use else 0), f"/waiting-list/{one.code}"),
        str(use.groups if use else 0),
    ]


def version_facts(rules: ProgrammeVersion) -> list[Fact]:
    alone = ", ".join(str(one) for one in rules.individual) or "None"
    questions = [f"{one.asked} Wanted: {one.wanted}." for one in rules.entry]
    return [
        Fact("In force from", present.long_date(rules.valid_from)),
        Fact("Sessions", f"{sessions_in(rules)} of {rules.minutes} minutes"),
        Fact("Modules", [f"{m.number}. {m.title} ({m.first} to {m.last})" for m in rules.modules]),
        Fact("One to one", alone),
        Fact("Group", f"{rules.size.least} to {rules.size.most}"),
        Fact("Facilitators", str(rules.staffing.needed)),
        Fact("A man and a woman as facilitators", label(rules.staffing.mixed_pair)),
        Fact("Risk", present.sentence(", ".join(rules.risk_levels))),
        Fact("Joining", joining_words(rules)),
        Fact("Completion", completion_words(rules)),
        Fact("Finished by", label(rules.deadline)),
        Fact("Asked at assessment", questions or "Nothing of its own yet"),
        Fact("Source", list(dict.fromkeys(one.says for one in rules.sources))),
    ]


def joining_words(rules: ProgrammeVersion) -> str:
    match rules.joining:
        case ClosedAfterSession(session):
            return f"Closed after session {session}"
        case WholeSeriesOnly():
            return "From the first session only"
        case Rolling():
            return "At any session"
        case never:
            assert_never(never)


def completion_words(rules: ProgrammeVersion) -> str:
    match rules.completion:
        case ShareAttended(percent):
            return f"{percent}%: {sessions_needed(rules)} of {sessions_in(rules)} sessions"
        case NumberAttended(least):
            return f"{least} of {sessions_in(rules)} sessions"
        case AllInOrder():
            return "Every session of one group, in order"
        case never:
            assert_never(never)


def earlier(versions: list[StoredVersion]) -> list[tuple[str, list[Fact]]]:
    return [(f"Version {one.rules.number}", version_facts(one.rules)) for one in reversed(versions)]


def history(moves: list[ProgrammeMoveRow]) -> list[Event]:
    return [
        Event(
            title=label(ProgrammeStatus(one.after)),
            when=present.date_and_time(one.moved_at),
            by=one.moved_by or "",
            detail=one.reason or "",
        )
        for one in moves
    ]
