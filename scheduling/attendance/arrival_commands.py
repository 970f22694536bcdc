"""Somebody who came and is on no register: noted by the facilitator, settled by a manager."""

from datetime import datetime
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.attendance.commands import MARK
from scheduling.attendance.evening_tables import UnlistedArrival
from scheduling.attendance.words import Settlement
from scheduling.cohorts.queries import runs_cohort

SETTLE_ARRIVALS = Permission(Resource.SUITABILITY, Verb.WRITE)


async def add_arrival(
    session_id: UUID, *, called: str, stayed: bool, note: str | None, actor: Actor, now: datetime
) -> UUID:
    """By the name they gave: whoever they are, they have no mark until a manager settles it.

    Raises Refused before the session begins, or once its register is signed off.
    """
    await begin(actor, MARK, "add-unlisted-arrival")
    if not called.strip():
        raise Invalid({"called": "Enter the name they gave."})
    session = await fetch_one(
        "SELECT s.cohort_id, s.starts_at, s.status, r.signed_off_at FROM session s "
        "LEFT JOIN register r ON r.session_id = s.id WHERE s.id = $1",
        session_id,
    )
    if session is None or not await runs_cohort(actor, session["cohort_id"], permission=MARK):
        raise NotFound
    if session["status"] != "planned" or now < session["starts_at"]:
        raise Refused("The session has not begun, or was cancelled: nobody came to it.")
    if session["signed_off_at"] is not None:
        raise Refused("This register is signed off. Tell a manager who came.")
    arrival_id = new_id(now)
    await insert(
        UnlistedArrival,
        id=arrival_id,
        session_id=session_id,
        cohort_id=session["cohort_id"],
        called=called.strip(),
        note=note,
        stayed=stayed,
        added_at=now,
        added_by=actor.account_id,
    )
    return arrival_id


async def settle_arrival(
    arrival_id: UUID, settlement: Settlement, *, actor: Actor, now: datetime
) -> None:
    """Says what became of them. Raises NotFound, or Refused where it is settled already."""
    await begin(actor, SETTLE_ARRIVALS, "settle-arrival")
    found = await fetch_one(
        "SELECT settled_at FROM unlisted_arrival WHERE id = $1 FOR UPDATE", arrival_id
    )
    if found is None:
        raise NotFound
    if found["settled_at"] is not None:
        raise Refused("Somebody else has settled this already.")
    await execute(
        "UPDATE unlisted_arrival SET settled_at = $2, settled_by = $3, settlement = $4 "
        "WHERE id = $1",
        arrival_id,
        now,
        actor.account_id,
        settlement,
    )
