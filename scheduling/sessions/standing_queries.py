"""A cohort's series as it stands, with all that a change of it depends on."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.words import SessionKind
from programmes.common.clock import LONDON
from programmes.common.db import fetch, fetch_as, fetch_one, fetch_one_as
from programmes.common.errors import NotFound
from programmes.common.staff import Actor
from scheduling.calendars.rules import ClosedDays
from scheduling.cohorts.queries import CohortFacts, cohort
from scheduling.sessions.change_words import Change, ChangePlan, SwapRoom
from scheduling.sessions.check_rules import Standing
from scheduling.sessions.limit_queries import limits_of_people
from scheduling.sessions.planning_queries import (
    closures,
    interpreters,
    people_who_lead,
    room,
    rooms,
)
from scheduling.sessions.words import (
    Appointment,
    Circumstances,
    PersonLimits,
    Session,
    Weekday,
    WeeklySlot,
)


class AppliedChange(msgspec.Struct, frozen=True):
    """A change as it was applied."""

    id: UUID
    what: str
    plan: ChangePlan
    slots_before: list[WeeklySlot] | None
    pause_id: UUID | None
    applied_at: datetime
    applied_by: str | None


async def standing(
    actor: Actor,
    cohort_id: UUID,
    *,
    now: datetime,
    change: Change | None = None,
    but_pause: UUID | None = None,
) -> Standing:
    """Raises NotFound for a cohort that this person may not see."""
    found = await cohort(actor, cohort_id)
    row = await fetch_one("SELECT room_id, slots FROM cohort WHERE id = $1", cohort_id)
    if row is None:
        raise NotFound
    room_id = change.room_id if isinstance(change, SwapRoom) else row["room_id"]
    sessions = await stored_sessions(cohort_id)
    venue_id = (await room(actor, room_id)).venue_id
    return Standing(
        version=(await programme_version(found.programme_version_id)).rules,
        sessions=sessions,
        slots=_slots(row["slots"], sessions),
        closures=ClosedDays(await closures(cohort_id, but_pause=but_pause), venue_id=venue_id),
        now=now,
        appointments=await appointments(cohort_id, now=now),
        circumstances=await _circumstances(actor, found),
    )


async def stored_sessions(cohort_id: UUID) -> tuple[Session, ...]:
    """Every session but those that an undone change had added."""
    rows = await fetch(
        """
        SELECT s.id, s.number, s.module, s.kind, s.starts_at, s.ends_at, s.status, s.room_id,
               s.cancelled_because, s.interpreters,
               EXISTS (SELECT FROM attendance_mark m WHERE m.session_id = s.id) AS is_recorded,
               coalesce(s.facilitators,
                        (SELECT jsonb_agg(k.account_id ORDER BY k.account_id) FROM cohort_staff k
                         WHERE k.cohort_id = s.cohort_id AND k.until_on IS NULL
                           AND k.duty = 'facilitator'), '[]'::jsonb) AS facilitators
        FROM session s WHERE s.cohort_id = $1 AND s.status <> 'withdrawn'
        ORDER BY s.starts_at, s.number, s.id
        """,
        cohort_id,
    )
    return tuple(
        msgspec.convert(
            {
                **{name: value for name, value in dict(row).items() if name not in _WRITTEN_APART},
                "module": int(row["module"]),
                "facilitator_ids": row["facilitators"],
                "interpreter_ids": row["interpreters"] or [],
            },
            Session,
        )
        for row in rows
    )


_WRITTEN_APART = frozenset({"module", "facilitators", "interpreters"})


def _slots(stored: object, sessions: Sequence[Session]) -> tuple[WeeklySlot, ...]:
    """As they were entered; for an imported group the weekday and time of most sessions."""
    if stored is not None:
        return tuple(msgspec.convert(stored, list[WeeklySlot]))
    counted = Counter(_slot_of(one) for one in sessions if one.kind is not SessionKind.EXTRA)
    return (counted.most_common(1)[0][0],) if counted else ()


def _slot_of(session: Session) -> WeeklySlot:
    local = session.starts_at.astimezone(LONDON)
    return WeeklySlot(Weekday(local.weekday()), local.time())


async def appointments(cohort_id: UUID, *, now: datetime) -> tuple[Appointment, ...]:
    """Times to come that are booked for one person of this cohort.

    A catch-up follows the session that it is at; an individual session has a time of its own.
    """
    rows = await fetch(
        """
        SELECT a.id, p.first_name || ' ' || p.last_name AS shown_as, a.number,
               CASE WHEN a.kind = 'individual' THEN 'individual' ELSE 'extra' END AS kind,
               CASE WHEN a.kind = 'individual' THEN a.starts_at ELSE s.starts_at END AS starts_at,
               CASE WHEN a.kind = 'individual' THEN a.ends_at ELSE s.ends_at END AS ends_at
        FROM appointment a JOIN person p ON p.id = a.person_id JOIN session s ON s.id = a.session_id
        WHERE a.cohort_id = $1 AND a.given_up_at IS NULL AND greatest(a.starts_at, s.starts_at) > $2
          AND (a.kind = 'individual' OR s.cohort_id <> a.cohort_id)
        """,
        cohort_id,
        now,
    )
    return tuple(msgspec.convert(dict(row), Appointment) for row in rows)


async def _circumstances(actor: Actor, found: CohortFacts) -> Circumstances:
    speakers = await interpreters(actor)
    return Circumstances(
        rooms=tuple(one.facts for one in await rooms(actor)),
        staff=(*await people_who_lead(actor), *(one.facts for one in speakers)),
        people=await limits_of(found.id),
        expected=found.taken,
    )


async def limits_of(cohort_id: UUID) -> tuple[PersonLimits, ...]:
    """What binds those with a live place, by name."""
    rows = await fetch(
        "SELECT person_id FROM enrolment WHERE cohort_id = $1 AND status IN ('enrolled', 'paused')",
        cohort_id,
    )
    return tuple((await limits_of_people(row["person_id"] for row in rows)).values())


async def applied_changes(actor: Actor, cohort_id: UUID) -> list[AppliedChange]:
    """Those that were not undone, the latest first."""
    await cohort(actor, cohort_id)
    return await fetch_as(
        AppliedChange,
        f"{_CHANGE} WHERE c.cohort_id = $1 AND c.undone_at IS NULL {_LATEST}",
        cohort_id,
    )


async def applied_change(cohort_id: UUID, change_id: UUID) -> AppliedChange:
    found = await fetch_one_as(
        AppliedChange,
        f"{_CHANGE} WHERE c.cohort_id = $1 AND c.id = $2 AND c.undone_at IS NULL",
        cohort_id,
        change_id,
    )
    if found is None:
        raise NotFound
    return found


_CHANGE = (
    "SELECT c.id, c.what, c.plan, c.slots_before, c.pause_id, c.applied_at, a.name AS applied_by "
    "FROM series_change c LEFT JOIN auth.account a ON a.id = c.applied_by"
)
_LATEST = "ORDER BY c.applied_at DESC, c.id DESC"
