"""Figures that partners supplied and that stand."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.disclosure.periods import Period
from outcomes.disclosure.words import PartnerSaid
from programmes.common.db import fetch_as


class PartnerFigureRow(Struct, frozen=True, kw_only=True):
    """`until_on` is the first day after its period."""

    id: UUID
    measure: str
    what: str
    value: str
    from_on: date
    until_on: date
    source: str
    supplied_on: date
    entered_at: datetime


async def partner_figures() -> list[PartnerFigureRow]:
    """The latest period first."""
    return await fetch_as(
        PartnerFigureRow,
        "SELECT id, measure, what, value, from_on, until_on, source, supplied_on, entered_at "
        "FROM partner_figure WHERE withdrawn_at IS NULL "
        "ORDER BY until_on DESC, from_on, measure, what, id",
    )


async def partners_said(period: Period) -> tuple[PartnerSaid, ...]:
    """Those whose whole period lies in this one, in an order that does not change."""
    found = await fetch_as(
        PartnerSaid,
        "SELECT measure, what, value, from_on, until_on, source, supplied_on "
        "FROM partner_figure WHERE withdrawn_at IS NULL AND from_on >= $1 AND until_on <= $2 "
        "ORDER BY measure, from_on, until_on, what, value, source, supplied_on",
        period.first_on,
        period.until,
    )
    return tuple(found)
