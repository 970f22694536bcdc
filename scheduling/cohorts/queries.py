"""Cohorts as the asking person may see them: who runs them, who has a place, what is coming."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, may, must
from programmes.common.staff import Actor
from scheduling.cohorts.words import CohortStatus, EnrolmentStatus

READ_COHORTS = Permission(Resource.COHORTS, Verb.READ)
SESSIONS_HELD = """
(SELECT count(*) FROM session s WHERE s.cohort_id = c.id AND s.kind = 'group'
 AND s.status = 'planned' AND s.ends_at <= $2) AS sessions_held
"""
"""Those whose time is over by $2, whether or not the register is signed off yet: it is what has
been done in the room that whoever joins would have missed. An extra one repeats what was done."""


class CohortRow(msgspec.Struct, frozen=True):
    """A cohort in a list: when it runs, where, and how full it is."""

    id: UUID
    reference: str
    programme_code: str
    programme_name: str
    room: str
    venue: str
    status: CohortStatus
    first_on: date
    last_on: date
    capacity: int
    taken: int
    interpreter_language: str | None

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


class CohortFacts(CohortRow, frozen=True):
    """One cohort, with the version that it runs."""

    programme_version_id: UUID
    version: int
    staff: Sequence[str]


class SessionRow(msgspec.Struct, frozen=True):
    """One session of a cohort and the state of its register."""

    id: UUID
    cohort_id: UUID
    number: int
    module: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    room: str
    status: str
    cancelled_because: str | None
    version: int
    signed_off_at: datetime | None

    def was_held(self, now: datetime) -> bool:
        """As `SESSIONS_HELD` counts it."""
        return self.kind == "group" and self.status == "planned" and self.ends_at <= now


class PlaceRow(msgspec.Struct, frozen=True):
    """One person's place in a cohort."""

    id: UUID
    person_id: UUID
    person_name: str
    person_reference: str
    referral_id: UUID
    cohort_id: UUID
    status: EnrolmentStatus
    enrolled_on: date
    ended_on: date | None
    end_reason: str | None


async def cohorts(
    actor: Actor, *, programme: str = "", running_on: date | None = None
) -> list[CohortRow]:
    """Newest first; of one programme, or those not over on a day, where asked."""
    must(actor, READ_COHORTS)
    return await fetch_as(
        CohortRow,
        f"{_ROW} WHERE ($1 = '' OR g.code = $1) AND ($2::date IS NULL OR c.last_on >= $2) "
        "ORDER BY c.first_on DESC, c.id",
        programme,
        running_on,
    )


async def cohort(actor: Actor, cohort_id: UUID) -> CohortFacts:
    """Raises NotFound where there is none that this person may see."""
    must(actor, READ_COHORTS)
    found = await fetch_one_as(CohortFacts, f"{_FACTS} WHERE c.id = $1", cohort_id)
    if found is None:
        raise NotFound
    return found


async def runs_cohort(actor: Actor, cohort_id: UUID, *, permission: Permission) -> bool:
    """Whether this right reaches this group: one may read the dates of more than one may change."""
    if not may(actor, permission):
        return False
    return bool(
        await fetch_value(
            "SELECT auth.scope($2, $3) = 'all' OR (auth.scope($2, $3) = 'own' "
            "AND $1 IN (SELECT auth.run_cohorts()))",
            cohort_id,
            permission.resource,
            permission.verb,
        )
    )


async def sessions_of(actor: Actor, cohort_id: UUID) -> list[SessionRow]:
    must(actor, READ_COHORTS)
    return await fetch_as(
        SessionRow,
        f"{_SESSION} WHERE s.cohort_id = $1 AND s.status <> 'withdrawn' "
        "ORDER BY s.starts_at, s.number",
        cohort_id,
    )


async def session(actor: Actor, session_id: UUID) -> SessionRow:
    must(actor, READ_COHORTS)
    found = await fetch_one_as(
        SessionRow, f"{_SESSION} WHERE s.id = $1 AND s.status <> 'withdrawn'", session_id
    )
    if found is None:
        raise NotFound
    return found


async def places_in(actor: Actor, cohort_id: UUID) -> list[PlaceRow]:
    """Everybody who has or had a place, by name."""
    must(actor, READ_COHORTS)
    return await fetch_as(
        PlaceRow,
        f'{_PLACE} WHERE e.cohort_id = $1 ORDER BY p.name_key COLLATE "C", p.id',
        cohort_id,
    )


async def places_at(actor: Actor, session_id: UUID) -> list[PlaceRow]:
    """Everybody on a session's register: of its own cohort, and whoever catches up there."""
    must(actor, READ_COHORTS)
    return await fetch_as(
        PlaceRow,
        f"{_PLACE} WHERE e.id IN ("
        "SELECT n.id FROM session s JOIN enrolment n ON n.cohort_id = s.cohort_id WHERE s.id = $1 "
        "UNION SELECT a.enrolment_id FROM appointment a WHERE a.session_id = $1 "
        'AND a.given_up_at IS NULL) ORDER BY p.name_key COLLATE "C", p.id',
        session_id,
    )


async def people_at(group_id: UUID) -> int:
    """How many people a cohort's or a session's own record shows: those whom row security does."""
    return int(
        await fetch_value(
            "SELECT count(*) FROM enrolment e WHERE e.cohort_id = $1 OR e.id IN ("
            "SELECT n.id FROM session s JOIN enrolment n ON n.cohort_id = s.cohort_id "
            "WHERE s.id = $1 UNION SELECT a.enrolment_id FROM appointment a "
            "WHERE a.session_id = $1 AND a.given_up_at IS NULL)",
            group_id,
        )
    )


async def place(actor: Actor, place_id: UUID) -> PlaceRow:
    """Raises NotFound where there is none that this person may see."""
    must(actor, READ_COHORTS)
    found = await fetch_one_as(PlaceRow, f"{_PLACE} WHERE e.id = $1", place_id)
    if found is None:
        raise NotFound
    return found


class OwnSession(msgspec.Struct, frozen=True):
    """A session that somebody runs, for their home page."""

    id: UUID
    cohort_reference: str
    programme_name: str
    number: int
    starts_at: datetime
    room: str
    signed_off_at: datetime | None


async def sessions_run_by(
    actor: Actor, *, from_at: datetime, until_at: datetime
) -> list[OwnSession]:
    """The sessions of the cohorts that this person facilitates, in order."""
    must(actor, READ_COHORTS)
    return await fetch_as(
        OwnSession,
        """
        SELECT s.id, c.reference AS cohort_reference, g.name AS programme_name, s.number,
               s.starts_at, v.name || ', ' || r.name AS room, t.signed_off_at
        FROM cohort_staff f JOIN cohort c ON c.id = f.cohort_id
        JOIN session s ON s.cohort_id = c.id JOIN programme g ON g.id = c.programme_id
        JOIN room r ON r.id = s.room_id JOIN venue v ON v.id = r.venue_id
        LEFT JOIN register t ON t.session_id = s.id
        WHERE f.account_id = $1 AND f.until_on IS NULL AND s.status = 'planned'
          AND s.starts_at >= $2 AND s.starts_at < $3
        ORDER BY s.starts_at
        """,
        actor.account_id,
        from_at,
        until_at,
    )


_COLUMNS = """
SELECT c.id, c.reference, g.code AS programme_code, g.name AS programme_name, r.name AS room,
       v.name AS venue, c.status, c.first_on, c.last_on, c.capacity, c.interpreter_language,
       (SELECT count(*) FROM enrolment e WHERE e.cohort_id = c.id
        AND e.status IN ('enrolled', 'paused', 'completed')) AS taken
"""
_FROM = """
FROM cohort c JOIN programme g ON g.id = c.programme_id
JOIN room r ON r.id = c.room_id JOIN venue v ON v.id = r.venue_id
"""
_ROW = _COLUMNS + _FROM
_FACTS = (
    _COLUMNS
    + """, c.programme_version_id, c.version,
       (SELECT coalesce(array_agg(a.name ORDER BY a.name), '{}') FROM cohort_staff f
        JOIN auth.account a ON a.id = f.account_id
        WHERE f.cohort_id = c.id AND f.until_on IS NULL) AS staff
"""
    + _FROM
)
_SESSION = """
SELECT s.id, s.cohort_id, s.number, s.module, s.kind, s.starts_at, s.ends_at,
       v.name || ', ' || r.name AS room, s.status, s.cancelled_because, s.version, t.signed_off_at
FROM session s JOIN room r ON r.id = s.room_id JOIN venue v ON v.id = r.venue_id
LEFT JOIN register t ON t.session_id = s.id
"""
_PLACE = """
SELECT e.id, e.person_id, p.first_name || ' ' || p.last_name AS person_name,
       p.reference AS person_reference, e.referral_id, e.cohort_id, e.status, e.enrolled_on,
       e.ended_on, e.end_reason
FROM enrolment e JOIN person p ON p.id = e.person_id
"""


class PlaceMove(msgspec.Struct, frozen=True):
    """One change of one of a person's places."""

    cohort_id: UUID
    cohort_reference: str
    after: EnrolmentStatus
    moved_at: datetime
    moved_by: str | None
    reason: str | None


async def place_moves_of(actor: Actor, person_id: UUID) -> list[PlaceMove]:
    must(actor, READ_COHORTS)
    return await fetch_as(
        PlaceMove,
        "SELECT e.cohort_id, c.reference AS cohort_reference, m.after, m.moved_at, "
        "a.name AS moved_by, m.reason FROM enrolment_move m "
        "JOIN enrolment e ON e.id = m.enrolment_id JOIN cohort c ON c.id = e.cohort_id "
        "LEFT JOIN auth.account a ON a.id = m.moved_by WHERE m.person_id = $1",
        person_id,
    )
