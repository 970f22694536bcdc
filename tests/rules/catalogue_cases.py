"""Builders for tests of versions, series and progress."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from programmes.catalogue.progress_words import ComingSession, MarkedSession
from programmes.catalogue.seeds import PROGRAMMES
from programmes.catalogue.words import MarkCode, ProgrammeVersion
from scheduling.calendars.words import Closure, ClosureKind
from scheduling.sessions.words import SeriesPlan, Session, Weekday, WeeklySlot

VERSIONS: dict[str, ProgrammeVersion] = {p.code: p.versions[-1] for p in PROGRAMMES}
CARING_DADS, CARA, DVPP = VERSIONS["caring-dads"], VERSIONS["cara"], VERSIONS["dvpp"]
TUESDAYS = (WeeklySlot(Weekday.TUESDAY, time(18, 0)),)
SATURDAYS = (WeeklySlot(Weekday.SATURDAY, time(10, 0)),)
FIRST_WEEK = datetime(2026, 1, 6, 18, 0, tzinfo=UTC)


def closed(from_on: date, until_on: date | None = None, *, venue_id: UUID | None = None) -> Closure:
    return Closure(
        kind=ClosureKind.SERVICE if venue_id is None else ClosureKind.VENUE,
        from_on=from_on,
        until_on=until_on or from_on,
        why="closed for repairs",
        venue_id=venue_id,
    )


def session_id(number: int) -> UUID:
    return UUID(int=number)


def standing_sessions(plan: SeriesPlan) -> tuple[Session, ...]:
    """A series as it stands after its plan was written: session n has id n."""
    return tuple(
        Session(
            id=session_id(s.number),
            number=s.number,
            module=s.module,
            kind=s.kind,
            starts_at=s.starts_at,
            ends_at=s.ends_at,
        )
        for s in plan.sessions
    )


def marked(
    number: int, mark: MarkCode = MarkCode.ATTENDED, *, cohort: str = "C1", week: int | None = None
) -> MarkedSession:
    held_at = FIRST_WEEK + timedelta(weeks=number if week is None else week)
    return MarkedSession(cohort, number, held_at, mark)


def coming(number: int, *, cohort: str = "C1", week: int | None = None) -> ComingSession:
    return ComingSession(
        cohort, number, FIRST_WEEK + timedelta(weeks=number if week is None else week)
    )
