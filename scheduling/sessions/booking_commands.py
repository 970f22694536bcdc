"""Taking rooms and people for sessions, under a lock, so that rivals meet in order."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from programmes.common.db import execute, fetch, insert_as_document, open_connection
from programmes.common.errors import Conflict
from programmes.common.ids import new_id
from scheduling.sessions.planning_queries import taken_during
from scheduling.sessions.planning_rules import PARTICIPANT, clashes_of
from scheduling.sessions.planning_words import Clash, Wanted
from scheduling.sessions.tables import Booking


class Clashed(Conflict):
    """Something is in another place at that time; `clashes` name both sides."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        first = self.clashes[0]
        more = len(self.clashes) - 1
        also = f" There {'is 1 more clash' if more == 1 else f'are {more} more clashes'}."
        group = first.taken.cohort_reference
        where = f"group {group}" if group else "another session"
        super().__init__(
            f"{first.shown_as} is taken by {where} at a time of session "
            f"{first.wanted.number}.{also if more else ''}"
        )


async def lock(whats: Iterable[UUID]) -> None:
    """Waits for whoever is booking any of these now. Always in one order: rivals never deadlock."""
    await fetch(
        "SELECT pg_advisory_xact_lock(hashtextextended(what::text, 5)) "
        "FROM (SELECT what FROM unnest($1::uuid[]) AS what ORDER BY what) AS ordered",
        sorted(set(whats)),
    )


async def refuse_clashes(wanted: Sequence[Wanted], *, but_sessions: Sequence[UUID] = ()) -> None:
    """Takes the locks, then raises Clashed where something is taken already."""
    if not wanted:
        return
    whats = {one.what for one in wanted}
    await lock(whats)
    taken = await taken_during(wanted, but_sessions=but_sessions)
    clashes = clashes_of(wanted, taken, await names_of(whats) if taken else {})
    if clashes:
        raise Clashed(clashes)


async def names_of(whats: Iterable[UUID]) -> dict[UUID, str]:
    """Rooms, staff and interpreters by name; a participant is not named here."""
    rows = await fetch(
        "SELECT r.id, v.name || ', ' || r.name AS name "
        "FROM room r JOIN venue v ON v.id = r.venue_id WHERE r.id = ANY($1) "
        "UNION ALL SELECT id, name FROM auth.account WHERE id = ANY($1) "
        "UNION ALL SELECT id, name FROM interpreter WHERE id = ANY($1)",
        list(whats),
    )
    return {row["id"]: row["name"] for row in rows}


async def book(
    wanted: Sequence[Wanted],
    *,
    session_of: dict[int, UUID],
    cohort_id: UUID,
    now: datetime,
    appointment_id: UUID | None = None,
) -> None:
    """Writes what `refuse_clashes` found free. `session_of` gives the session of each number."""
    rows = [booking_row(one, session_of[one.number], cohort_id, now) for one in wanted]
    await write_bookings([{**row, "appointment_id": appointment_id} for row in rows], wanted)


async def write_bookings(rows: Sequence[dict[str, Any]], wanted: Sequence[Wanted]) -> None:
    """Raises Clashed where the exclusion constraint finds something taken."""
    try:
        async with open_connection().transaction():  # a savepoint: what follows can still read
            await insert_as_document(Booking, rows)
    except asyncpg.ExclusionViolationError:
        await refuse_clashes(wanted)
        raise


def booking_row(wanted: Wanted, session_id: UUID, cohort_id: UUID, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(now),
        "session_id": session_id,
        "cohort_id": cohort_id,
        "kind": wanted.kind,
        "what": wanted.what,
        "starts_at": wanted.starts_at,
        "ends_at": wanted.ends_at,
    }


async def book_participant(person_id: UUID, cohort_id: UUID, *, now: datetime) -> None:
    """Takes the person's time for every group session that is to come. Raises Clashed."""
    rows = await fetch(
        "SELECT id, number, starts_at, ends_at FROM session WHERE cohort_id = $1 "
        "AND status = 'planned' AND kind = 'group' AND starts_at > $2",
        cohort_id,
        now,
    )
    wanted = [
        Wanted(
            what=person_id,
            kind=PARTICIPANT,
            number=row["number"],
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
        )
        for row in rows
    ]
    await refuse_clashes(wanted)
    session_of = {row["number"]: row["id"] for row in rows}
    await book(wanted, session_of=session_of, cohort_id=cohort_id, now=now)


async def release_participant(person_id: UUID, cohort_id: UUID, *, now: datetime) -> None:
    """Their time is theirs again from now on, and what was booked for them alone is given up."""
    given_up = await fetch(
        "UPDATE appointment SET given_up_at = $3 WHERE person_id = $1 AND cohort_id = $2 "
        "AND kind = 'individual' AND given_up_at IS NULL AND starts_at > $3 RETURNING id",
        person_id,
        cohort_id,
        now,
    )
    await execute(
        "UPDATE booking SET released_at = $3 WHERE released_at IS NULL AND starts_at > $3 "
        "AND ((what = $1 AND cohort_id = $2 AND kind = 'participant') OR appointment_id = ANY($4))",
        person_id,
        cohort_id,
        now,
        [row["id"] for row in given_up],
    )
