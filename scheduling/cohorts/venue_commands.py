"""Venues, rooms, interpreters and closed days; and what planning asks of staff."""

from datetime import date, datetime
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.calendars.rules import LONGEST_CLOSURE_DAYS
from scheduling.cohorts.place_words import NewClosure
from scheduling.cohorts.tables import (
    Closure,
    Interpreter,
    Room,
    StaffAccreditation,
    StaffLeave,
    Venue,
)
from scheduling.cohorts.words import StaffAway

WRITE_PLACES = Permission(Resource.CATALOGUE, Verb.WRITE)


async def add_venue(
    name: str, *, postcode_district: str | None, actor: Actor, now: datetime
) -> UUID:
    """Raises Invalid for a name that another venue has."""
    await begin(actor, WRITE_PLACES, "add-venue")
    if await fetch_value("SELECT 1 FROM venue WHERE lower(name) = lower($1)", name):
        raise Invalid({"name": "There is a venue of this name already."})
    venue_id = new_id(now)
    await insert(Venue, id=venue_id, name=name, postcode_district=postcode_district)
    return venue_id


async def add_room(venue_id: UUID, *, name: str, seats: int, actor: Actor, now: datetime) -> UUID:
    """Raises NotFound for a venue that there is not, Invalid for a name taken in it."""
    await begin(actor, WRITE_PLACES, "add-room")
    if not await fetch_value("SELECT 1 FROM venue WHERE id = $1", venue_id):
        raise NotFound
    if await fetch_value(
        "SELECT 1 FROM room WHERE venue_id = $1 AND lower(name) = lower($2)", venue_id, name
    ):
        raise Invalid({"name": "This venue has a room of this name already."})
    room_id = new_id(now)
    code = str(await fetch_value("SELECT auth.next_number('room')"))
    await insert(Room, id=room_id, venue_id=venue_id, name=name, seats=seats, code=code)
    return room_id


async def add_closure(new: NewClosure, *, actor: Actor, now: datetime) -> UUID:
    """Sessions that stand on these days already are not moved: each group's page warns of them.

    Raises Invalid for days in the wrong order, or too many.
    """
    await begin(actor, WRITE_PLACES, "add-closure", reason=new.why)
    if new.until_on < new.from_on:
        raise Invalid({"until_on": "The last day must not come before the first."})
    if (new.until_on - new.from_on).days > LONGEST_CLOSURE_DAYS:
        raise Invalid({"until_on": "A closure lasts ten years at most."})
    closure_id = new_id(now)
    await insert(
        Closure,
        id=closure_id,
        venue_id=new.venue_id,
        from_on=new.from_on,
        until_on=new.until_on,
        why=new.why,
    )
    return closure_id


async def withdraw_closure(closure_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Open after all. A closure that is withdrawn already stays so."""
    await begin(actor, WRITE_PLACES, "withdraw-closure")
    await execute(
        "UPDATE closure SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL",
        closure_id,
        now,
    )


async def add_interpreter(name: str, *, language: str, actor: Actor, now: datetime) -> UUID:
    await begin(actor, WRITE_PLACES, "add-interpreter")
    if await fetch_value(
        "SELECT 1 FROM interpreter WHERE name = $1 AND language = $2", name, language
    ):
        raise Invalid({"name": "This interpreter is entered already."})
    interpreter_id = new_id(now)
    await insert(Interpreter, id=interpreter_id, name=name, language=language)
    return interpreter_id


async def set_staff_profile(
    account_id: UUID, *, sex: str | None, languages: tuple[str, ...], actor: Actor, now: datetime
) -> None:
    await begin(actor, WRITE_PLACES, "set-staff-profile")
    await execute(
        "INSERT INTO staff_profile (id, account_id, sex, languages) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (account_id) DO UPDATE SET sex = $3, languages = $4",
        new_id(now),
        account_id,
        sex,
        list(languages),
    )


async def accredit(
    account_id: UUID, *, code: str, until_on: date | None, actor: Actor, now: datetime
) -> None:
    """Held from now on, until the end of the last day; what stood before of this code is over."""
    await begin(actor, WRITE_PLACES, "accredit-staff")
    await execute(
        "UPDATE staff_accreditation SET withdrawn_at = $3 "
        "WHERE account_id = $1 AND code = $2 AND withdrawn_at IS NULL",
        account_id,
        code,
        now,
    )
    await insert(
        StaffAccreditation, id=new_id(now), account_id=account_id, code=code, until_on=until_on
    )


async def add_leave(
    account_id: UUID,
    *,
    from_on: date,
    until_on: date,
    actor: Actor,
    now: datetime,
    why: StaffAway = StaffAway.LEAVE,
) -> None:
    """Both days included. Raises Invalid for days in the wrong order."""
    await begin(actor, WRITE_PLACES, "add-leave")
    if until_on < from_on:
        raise Invalid({"until_on": "The last day must not come before the first."})
    await insert(
        StaffLeave,
        id=new_id(now),
        account_id=account_id,
        from_on=from_on,
        until_on=until_on,
        why=why,
    )


async def withdraw_leave(leave_id: UUID, *, actor: Actor, now: datetime) -> None:
    """There after all. Leave that is withdrawn already stays so."""
    await begin(actor, WRITE_PLACES, "withdraw-leave")
    await execute(
        "UPDATE staff_leave SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL",
        leave_id,
        now,
    )


async def end_accreditation(accreditation_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Held no more, from now on. Sessions that they lead already are not touched."""
    await begin(actor, WRITE_PLACES, "end-accreditation")
    await execute(
        "UPDATE staff_accreditation SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL",
        accreditation_id,
        now,
    )
