"""Writing sessions that a plan made different, and what they occupy."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import to_builtins

from programmes.catalogue.words import SessionKind
from programmes.common.db import execute, fetch, insert
from scheduling.sessions.booking_commands import book, refuse_clashes
from scheduling.sessions.change_words import Difference
from scheduling.sessions.check_rules import is_live
from scheduling.sessions.planning_rules import PARTICIPANT, wanted_times
from scheduling.sessions.planning_words import Wanted
from scheduling.sessions.tables import Session as SessionTable
from scheduling.sessions.words import Session, WeeklySlot


async def write_differences(
    cohort_id: UUID, differences: Sequence[Difference], *, now: datetime
) -> None:
    """Looks at clashes first, frees what the old times held, writes, and takes the new times."""
    touched = [d.before.id for d in differences if d.before and d.before.id]
    wanted = await _wanted(cohort_id, differences)
    everything = [one for _, times in wanted for one in times]
    await refuse_clashes(everything, but_sessions=touched)
    await execute(
        "UPDATE booking SET released_at = $2 WHERE session_id = ANY($1) AND released_at IS NULL "
        "AND appointment_id IS NULL",
        touched,
        now,
    )
    for difference in sorted(differences, key=_closes_first):
        await _write(cohort_id, difference)
    for session_id, times in wanted:
        session_of = {one.number: session_id for one in times}
        await book(times, session_of=session_of, cohort_id=cohort_id, now=now)


def _closes_first(difference: Difference) -> bool:
    """What is no longer held goes first: of one number only one session may stand."""
    return difference.after is not None and is_live(difference.after)


async def _wanted(
    cohort_id: UUID, differences: Iterable[Difference]
) -> list[tuple[UUID, list[Wanted]]]:
    """What each session that is to be held would occupy, its people included."""
    found = []
    for difference in differences:
        after = difference.after
        if after is None or after.id is None or not is_live(after):
            continue
        times = wanted_times([after])
        if after.kind is not SessionKind.INDIVIDUAL:
            times += [_participant(after, one) for one in await _people(cohort_id, difference)]
        found.append((after.id, times))
    return found


async def _people(cohort_id: UUID, difference: Difference) -> list[UUID]:
    """Whoever is booked for it; for a session that takes another's place, all who have a place."""
    before, after = difference.before, difference.after
    if before is not None and is_live(before):
        rows = await fetch(
            "SELECT what FROM booking WHERE session_id = $1 AND kind = 'participant' "
            "AND released_at IS NULL AND appointment_id IS NULL",
            before.id,
        )
        return [row["what"] for row in rows]
    if after is None or after.kind is SessionKind.EXTRA:
        return []
    rows = await fetch(
        "SELECT person_id FROM enrolment WHERE cohort_id = $1 AND status IN ('enrolled', 'paused')",
        cohort_id,
    )
    return [row["person_id"] for row in rows]


def _participant(session: Session, person_id: UUID) -> Wanted:
    return Wanted(
        what=person_id,
        kind=PARTICIPANT,
        number=session.number,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )


async def _write(cohort_id: UUID, difference: Difference) -> None:
    before, after = difference.before, difference.after
    if after is None:
        await execute(
            "UPDATE session SET status = 'withdrawn', version = version + 1 WHERE id = $1",
            before.id if before else None,
        )
    elif before is None:
        await insert(
            SessionTable,
            cohort_id=cohort_id,
            number=after.number,
            kind=after.kind,
            id=after.id,
            **_columns(after),
        )
    else:
        await execute(
            "UPDATE session SET module = $2, starts_at = $3, ends_at = $4, room_id = $5, "
            "status = $6, cancelled_because = $7, facilitators = $8, interpreters = $9, "
            "version = version + 1 WHERE id = $1",
            after.id,
            *_columns(after).values(),
        )


def _columns(session: Session) -> dict[str, Any]:
    return {
        "module": str(session.module),
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "room_id": session.room_id,
        "status": session.status,
        "cancelled_because": session.cancelled_because,
        "facilitators": to_builtins(session.facilitator_ids),
        "interpreters": to_builtins(session.interpreter_ids),
    }


async def settle_cohort(cohort_id: UUID, *, slots: Sequence[WeeklySlot]) -> None:
    """The cohort's own first and last day, room and weekly times follow its sessions."""
    await execute(
        """
        UPDATE cohort c SET slots = $2, version = c.version + 1, first_on = d.first_on,
               last_on = d.last_on, room_id = coalesce(d.room_id, c.room_id)
        FROM (SELECT min((s.starts_at AT TIME ZONE 'Europe/London')::date) AS first_on,
                     max((s.starts_at AT TIME ZONE 'Europe/London')::date) AS last_on,
                     (array_agg(s.room_id ORDER BY s.starts_at DESC))[1] AS room_id
              FROM session s WHERE s.cohort_id = $1 AND s.status = 'planned') d
        WHERE c.id = $1 AND d.first_on IS NOT NULL
        """,
        cohort_id,
        to_builtins(tuple(slots)),
    )
