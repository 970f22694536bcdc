"""Entering when somebody cannot come, and who must not share a group."""

from datetime import date, datetime, time
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import person
from scheduling.placement.tables import BusyTime, KeptApart
from scheduling.sessions.words import Weekday

WRITE_COHORTS = Permission(Resource.COHORTS, Verb.WRITE)
KEEP_APART = Permission(Resource.ASSOCIATES, Verb.CREATE)


async def add_busy_time(
    person_id: UUID, *, weekday: Weekday, begins: time, until: time, actor: Actor, now: datetime
) -> UUID:
    """Raises Invalid where it does not end after it begins."""
    await begin(actor, WRITE_COHORTS, "add-busy-time")
    await person(actor, person_id)
    if until <= begins:
        raise Invalid({"until": "It must end after it begins. Enter a night as two times."})
    busy_id = new_id(now)
    await insert(
        BusyTime,
        id=busy_id,
        person_id=person_id,
        weekday=int(weekday),
        from_time=f"{begins:%H:%M}",
        until_time=f"{until:%H:%M}",
        made_at=now,
    )
    return busy_id


async def withdraw_busy_time(busy_id: UUID, *, actor: Actor, now: datetime) -> None:
    """They can come after all. One that is withdrawn already stays so."""
    await begin(actor, WRITE_COHORTS, "withdraw-busy-time")
    await execute(
        "UPDATE busy_time SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL",
        busy_id,
        now,
    )


async def keep_apart(
    person_id: UUID, other_reference: str, *, until_on: date | None, actor: Actor, now: datetime
) -> UUID:
    """Whichever of the two it is entered for. Raises Invalid for nobody that one may see."""
    await begin(actor, KEEP_APART, "keep-apart")
    await person(actor, person_id)
    other_id = await fetch_value(
        "SELECT id FROM person WHERE reference = $1", other_reference.strip().upper()
    )
    if other_id is None or other_id == person_id:
        raise Invalid({"other": "Enter the reference of another person whose record you may open"})
    pair_id = new_id(now)
    await insert(
        KeptApart,
        id=pair_id,
        person_id=person_id,
        other_id=other_id,
        until_on=until_on,
        made_at=now,
    )
    return pair_id


async def let_meet(pair_id: UUID, *, actor: Actor, now: datetime) -> None:
    """They may share a group again. Raises NotFound for a pair that one may not see."""
    await begin(actor, KEEP_APART, "let-meet")
    if not await fetch_value("SELECT 1 FROM kept_apart WHERE id = $1", pair_id):
        raise NotFound
    await execute(
        "UPDATE kept_apart SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL",
        pair_id,
        now,
    )
