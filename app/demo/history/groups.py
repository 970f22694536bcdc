"""The groups and pairs of earlier years, and two that are half-way, with their registers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import to_builtins

from app.demo.history.people import Past
from app.demo.history.rows import at_hour, days
from programmes.catalogue.queries import StoredVersion
from scheduling.attendance.evening_tables import SessionNote
from scheduling.attendance.tables import Register
from scheduling.calendars.rules import ClosedDays
from scheduling.cohorts.tables import Cohort, CohortStaff
from scheduling.cohorts.words import CohortStatus, StaffDuty
from scheduling.sessions.rules import plan_series
from scheduling.sessions.tables import Booking, Session
from scheduling.sessions.words import PlannedSession, WeeklySlot

TABLES: Final = (Cohort, CohortStaff, Session, Booking, Register, SessionNote)
_COVERED: Final = (
    "What everybody brought from last week; praise and listening.",
    "Naming one's own behaviour, and what it did to a child.",
    "What to do when it gets hot: stop, leave, ring somebody.",
)


@dataclass(frozen=True)
class Asked:
    """One group as it was planned."""

    reference: str
    programme: str
    first_day: date
    slot: WeeklySlot
    room_id: UUID
    staff: tuple[str, ...]
    places: int
    closures: ClosedDays


@dataclass(frozen=True)
class Group:
    """As it was held, or is."""

    id: UUID
    asked: Asked
    version: StoredVersion
    sessions: tuple[tuple[UUID, PlannedSession], ...]
    last_on: date
    is_running: bool


def add_group(past: Past, asked: Asked) -> Group:
    """With a register for every session that is over, and the times of those to come taken."""
    group = _group(past, asked)
    for session_id, planned in group.sessions:
        if planned.ends_at < past.context.now:
            _register(past, group, session_id, planned)
        else:
            book(past, group, session_id, planned, "room", asked.room_id)
            for one in asked.staff:
                book(past, group, session_id, planned, "staff", past.who(one))
    return group


def book(
    past: Past, group: Group, session_id: UUID, planned: PlannedSession, kind: str, what: UUID
) -> None:
    """What cannot be in two places at once is taken for a session that is to come."""
    past.rows.add(
        Booking,
        past.context.now,
        session_id=session_id,
        cohort_id=group.id,
        kind=kind,
        what=what,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
    )


def _group(past: Past, asked: Asked) -> Group:
    version = past.version(asked.programme, asked.first_day)
    plan = plan_series(
        version.rules, first_day=asked.first_day, slots=(asked.slot,), closures=asked.closures
    ).sessions
    first_on, last_on = plan[0].starts_at.date(), plan[-1].starts_at.date()
    is_running = last_on >= past.context.today
    at = at_hour(asked.first_day - days(60), 11)
    cohort_id = past.rows.add(
        Cohort,
        at,
        reference=asked.reference,
        programme_id=past.programmes[asked.programme].id,
        programme_version_id=version.id,
        room_id=asked.room_id,
        capacity=12,
        sex="male",
        status=CohortStatus.RUNNING if is_running else CohortStatus.FINISHED,
        first_on=first_on,
        last_on=last_on,
        slots=to_builtins((asked.slot,)),
        created_at=at,
    )
    for one in asked.staff:
        past.rows.add(
            CohortStaff,
            at,
            cohort_id=cohort_id,
            account_id=past.who(one),
            duty=StaffDuty.FACILITATOR,
            from_on=at.date(),
            until_on=None if is_running else last_on,
        )
    sessions = tuple((_session(past, cohort_id, asked, one, at), one) for one in plan)
    return Group(cohort_id, asked, version, sessions, last_on, is_running)


def _session(past: Past, cohort_id: UUID, asked: Asked, one: PlannedSession, at: datetime) -> UUID:
    return past.rows.add(
        Session,
        at,
        cohort_id=cohort_id,
        number=one.number,
        module=str(one.module),
        kind=one.kind,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        room_id=asked.room_id,
        status="planned",
    )


def _register(past: Past, group: Group, session_id: UUID, planned: PlannedSession) -> None:
    """Signed off, and its note written, as soon as it was over."""
    past.rows.add(
        Register,
        planned.starts_at,
        session_id=session_id,
        cohort_id=group.id,
        opened_at=planned.starts_at,
        signed_off_at=planned.ends_at,
        signed_off_by=past.who(group.asked.staff[0]),
    )
    past.rows.add(
        SessionNote,
        planned.ends_at,
        session_id=session_id,
        cohort_id=group.id,
        covered=_COVERED[planned.number % len(_COVERED)],
        written_at=planned.ends_at,
        written_by=past.who(group.asked.staff[0]),
    )
