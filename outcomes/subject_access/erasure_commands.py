"""Erasing people when their time is over, or on request, unless a legal hold stands."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.subject_access.tables import LegalHold
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_as, fetch_value, insert
from programmes.common.errors import NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import person

ERASE = Permission(Resource.SUBJECT_ACCESS, Verb.WRITE)
HOLD = Permission(Resource.SUBJECT_ACCESS, Verb.PREPARE)
KEPT_YEARS = 6
"""Years after the last thing that happened (common practice; each controller confirms it)."""


class DuePerson(Struct, frozen=True):
    """Nothing has happened about them since; `is_held` keeps them all the same."""

    id: UUID
    reference: str
    last_on: date
    is_held: bool


async def people_past_retention(actor: Actor, *, today: date) -> list[DuePerson]:
    """Those about whom nothing happened for so many years, the longest first."""
    await begin(actor, ERASE, "look-for-retention")
    last = date(today.year - KEPT_YEARS, today.month, min(today.day, 28))
    return await fetch_as(DuePerson, _DUE, last)


async def erase_person(person_id: UUID, *, reason: str, actor: Actor) -> None:
    """By the operator. Cannot be undone. Raises Refused while a legal hold stands."""
    await begin(actor, ERASE, "erase-person", reason=reason)
    known = await fetch_value("SELECT count(*) FROM person WHERE id = $1", person_id)
    if not known:
        raise NotFound
    if not await fetch_value("SELECT auth.erase_person($1, $2)", person_id, reason):
        raise Refused("A legal hold stands on this person. Lift it before you erase anything.")


async def hold_person(person_id: UUID, reason: str, *, actor: Actor, now: datetime) -> UUID:
    """While it stands, nothing about this person is erased. Raises NotFound, Refused."""
    await begin(actor, HOLD, "hold-person")
    await person(actor, person_id)
    if await fetch_value("SELECT count(*) FROM person_erased WHERE person_id = $1", person_id):
        raise Refused("Their record was erased. Nothing is left to hold.")
    hold_id = new_id(now)
    await insert(
        LegalHold,
        id=hold_id,
        person_id=person_id,
        reason=reason,
        from_on=london_date(now),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    return hold_id


async def lift_person_hold(hold_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises NotFound, also for a hold on somebody whose record the actor may not open."""
    await begin(actor, HOLD, "lift-person-hold")
    held = await fetch_value("SELECT person_id FROM legal_hold WHERE id = $1", hold_id)
    if held is None:
        raise NotFound
    await person(actor, held)
    lifted = await execute(
        "UPDATE legal_hold SET until_on = $2 WHERE id = $1 AND until_on IS NULL",
        hold_id,
        london_date(now),
    )
    if not lifted:
        raise NotFound


_DUE = """
SELECT p.id, p.reference, d.last_on,
       EXISTS (SELECT FROM legal_hold h
               WHERE h.person_id = p.id AND h.until_on IS NULL) AS is_held
FROM person p CROSS JOIN LATERAL (
    SELECT greatest(
        (p.created_at AT TIME ZONE 'Europe/London')::date,
        (SELECT max(r.received_on) FROM referral r WHERE r.person_id = p.id),
        (SELECT max(coalesce(e.ended_on, c.last_on, e.enrolled_on)) FROM enrolment e
         JOIN cohort c ON c.id = e.cohort_id WHERE e.person_id = p.id),
        (SELECT max(coalesce(o.ends_on, 'infinity'::date)) FROM protective_order o
         WHERE o.person_id = p.id),
        (SELECT max(b.occurred_at AT TIME ZONE 'Europe/London')::date FROM breach b
         WHERE b.person_id = p.id)
    ) AS last_on) d
WHERE d.last_on < $1 AND NOT EXISTS (SELECT FROM person_erased x WHERE x.person_id = p.id)
ORDER BY d.last_on, p.reference
"""
