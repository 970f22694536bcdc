"""What a reaction is decided from: marks, breaches, places, orders, silence."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from outcomes.tasks.rules import BrokenOrder, SeenMark
from programmes.common.db import execute, fetch_as, fetch_one_as
from programmes.facts.words import FactKind

AT_ONCE = 500


class NewsFact(msgspec.Struct, frozen=True):
    """A fact to which nothing has reacted yet."""

    id: UUID
    person_id: UUID
    kind: FactKind
    about_id: UUID
    step: str
    happened_at: datetime
    recorded_at: datetime


class MissedSession(msgspec.Struct, frozen=True):
    """One missed session, and whether its programme tells the issuer of a caution."""

    enrolment_id: UUID
    session_id: UUID
    goes_to_issuer: bool


class SilentPlace(msgspec.Struct, frozen=True):
    """A live place in a running group, and when he was last heard of."""

    enrolment_id: UUID
    person_id: UUID
    last_contact_at: datetime


class EndingOrder(msgspec.Struct, frozen=True):
    """An order in force that ends soon or has ended, with nothing after it."""

    id: UUID
    person_id: UUID
    ends_on: date


async def unheard_facts() -> list[NewsFact]:
    """Locked against a second reader; oldest first."""
    return await fetch_as(
        NewsFact,
        "SELECT id, person_id, kind, about_id, step, happened_at, recorded_at FROM fact "
        "WHERE reacted_at IS NULL ORDER BY recorded_at, id LIMIT $1 FOR UPDATE SKIP LOCKED",
        AT_ONCE,
    )


async def mark_heard(fact_ids: Sequence[UUID], now: datetime) -> None:
    await execute("UPDATE fact SET reacted_at = $2 WHERE id = ANY($1)", list(fact_ids), now)


async def seen_marks(person_ids: Sequence[UUID]) -> dict[UUID, list[SeenMark]]:
    """Current marks in signed-off registers, in places that are live; by person."""
    rows = await fetch_as(_MarkOf, _MARKS, list(person_ids))
    found: dict[UUID, list[SeenMark]] = {}
    for row in rows:
        mark = SeenMark(row.enrolment_id, row.session_id, row.held_at, row.code)
        found.setdefault(row.person_id, []).append(mark)
    return found


async def people_at_high_risk(person_ids: Sequence[UUID]) -> set[UUID]:
    """By the risk on their latest referral."""
    rows = await fetch_as(
        _Someone,
        "SELECT person_id FROM (SELECT DISTINCT ON (person_id) person_id, risk_level "
        "FROM referral WHERE person_id = ANY($1) ORDER BY person_id, received_on DESC, id DESC) r "
        "WHERE risk_level IN ('high', 'very high')",
        list(person_ids),
    )
    return {row.person_id for row in rows}


async def missed_session(mark_id: UUID) -> MissedSession | None:
    return await fetch_one_as(
        MissedSession,
        "SELECT m.enrolment_id, m.session_id, "
        "(v.rules->'also_required'->>'absence_goes_to_police')::boolean AS goes_to_issuer "
        "FROM attendance_mark m JOIN enrolment e ON e.id = m.enrolment_id "
        "JOIN programme_version v ON v.id = e.programme_version_id WHERE m.id = $1",
        mark_id,
    )


async def broken_order(breach_id: UUID) -> BrokenOrder | None:
    return await fetch_one_as(
        BrokenOrder,
        "SELECT b.id AS breach_id, b.event_id, b.stage = 'withdrawn' AS is_withdrawn, "
        "EXISTS (SELECT FROM enrolment e WHERE e.person_id = b.person_id "
        "AND e.status IN ('enrolled', 'paused')) AS has_place FROM breach b WHERE b.id = $1",
        breach_id,
    )


async def silent_places(*, since: datetime, now: datetime) -> list[SilentPlace]:
    """Live places in running groups of people of whom nothing was heard since then."""
    return await fetch_as(SilentPlace, _SILENT, since, now)


async def orders_ending(today: date, *, within: int) -> list[EndingOrder]:
    """In force, with a last day from today on, and nothing that follows yet."""
    return await fetch_as(
        EndingOrder,
        f"{_ORDER} AND o.ends_on BETWEEN $1::date AND $1::date + $2::int",
        today,
        within,
    )


async def orders_lapsed(today: date, *, within: int) -> list[EndingOrder]:
    """Ended in the last days with nothing after them."""
    return await fetch_as(
        EndingOrder,
        f"{_ORDER} AND o.ends_on BETWEEN $1::date - $2::int AND $1::date - 1",
        today,
        within,
    )


class _MarkOf(SeenMark, frozen=True):
    person_id: UUID


class _Someone(msgspec.Struct, frozen=True):
    person_id: UUID


_MARKS = """
SELECT m.person_id, m.enrolment_id, m.session_id, m.held_at, m.code
FROM attendance_mark m JOIN enrolment e ON e.id = m.enrolment_id
WHERE m.person_id = ANY($1) AND m.is_current AND m.signed_off_at IS NOT NULL
  AND e.status IN ('enrolled', 'paused')
"""
_SILENT = """
SELECT * FROM (
    SELECT e.id AS enrolment_id, e.person_id, greatest(
        (e.enrolled_on::timestamp AT TIME ZONE 'Europe/London'),
        (c.first_on::timestamp AT TIME ZONE 'Europe/London'),
        (SELECT max(m.held_at) FROM attendance_mark m
         WHERE m.person_id = e.person_id AND m.is_current AND m.is_there),
        (SELECT max(k.happened_at) FROM contact_entry k
         WHERE k.person_id = e.person_id AND k.with_whom = 'person' AND k.was_reached)
    ) AS last_contact_at
    FROM enrolment e JOIN cohort c ON c.id = e.cohort_id
    WHERE e.status = 'enrolled' AND c.status = 'running'
) p WHERE last_contact_at < $1 AND last_contact_at < $2
"""
_ORDER = """
SELECT o.id, o.person_id, o.ends_on FROM protective_order o
WHERE o.status IN ('live', 'varied')
  AND NOT EXISTS (SELECT FROM protective_order s WHERE s.follows_id = o.id)
"""
