"""Recording the result of a DASH, and where it was referred to."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.queries import links_of, open_survivor
from outcomes.survivors.rules import dash_faults
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.tables import Dash
from outcomes.survivors.words import HighBecause, ReferredTo
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor


class NewDash(Struct, frozen=True, kw_only=True):
    """The result alone: the form stays in the service that filled it in."""

    link_id: UUID
    assessed_on: date
    ticks: int
    is_high_risk: bool
    high_because: HighBecause | None = None
    referred_to: ReferredTo = ReferredTo.NOWHERE
    referred_on: date | None = None
    held_where: str


async def record_dash(
    survivor_id: UUID, new: NewDash, *, sealing: Sealing, actor: Actor, now: datetime
) -> None:
    """Raises Refused with everything that contradicts itself."""
    await begin(actor, CHANGE_SURVIVOR, "record-dash")
    await open_survivor(actor, survivor_id, sealing=sealing)
    if new.link_id not in {link.id for link in await links_of(actor, [survivor_id])}:
        raise NotFound
    today = london_date(now)
    if max(new.assessed_on, new.referred_on or new.assessed_on) > today:
        raise Invalid({"assessed_on": "This day has not come yet"})
    is_referred = new.referred_to is not ReferredTo.NOWHERE
    if is_referred and new.referred_on is None:
        raise Invalid({"referred_on": "Enter the day it was referred"})
    faults = dash_faults(new.ticks, is_high_risk=new.is_high_risk, because=new.high_because)
    if faults:
        raise Refused(*faults)
    await insert(
        Dash,
        id=new_id(now),
        survivor_id=survivor_id,
        link_id=new.link_id,
        assessed_on=new.assessed_on,
        ticks=new.ticks,
        is_high_risk=new.is_high_risk,
        high_because=new.high_because if new.is_high_risk else None,
        referred_to=new.referred_to,
        referred_on=new.referred_on if is_referred else None,
        held_where=new.held_where,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
