"""DASH and MARAC of one survivor: results, dates, and where the form itself is held."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.queries import READ_SURVIVOR
from outcomes.survivors.words import HighBecause, ReferredTo
from programmes.common.db import fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor


class DashRow(Struct, frozen=True, kw_only=True):
    link_id: UUID
    assessed_on: date
    ticks: int
    is_high_risk: bool
    high_because: HighBecause | None
    referred_to: ReferredTo
    referred_on: date | None
    held_where: str


async def dashes_of(actor: Actor, survivor_id: UUID) -> list[DashRow]:
    """Newest first."""
    must(actor, READ_SURVIVOR)
    return await fetch_as(
        DashRow,
        "SELECT link_id, assessed_on, ticks, is_high_risk, high_because, referred_to, "
        "referred_on, held_where FROM dash WHERE survivor_id = $1 "
        "ORDER BY assessed_on DESC, id DESC",
        survivor_id,
    )
