"""Entering what a partner supplied, and withdrawing a mistake."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.releases.measures import from_partners
from outcomes.releases.partner_queries import partner_figures
from outcomes.releases.tables import PartnerFigure
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

ENTER_FIGURE = Permission(Resource.RELEASE, Verb.CREATE)


class NewFigure(Struct, frozen=True, kw_only=True):
    """`until_on` is the first day after its period."""

    measure: str
    what: str
    value: str
    from_on: date
    until_on: date
    source: str
    supplied_on: date


async def enter_partner_figure(new: NewFigure, *, actor: Actor, now: datetime) -> UUID:
    """It is frozen into every release of its period that is computed from now on."""
    await begin(actor, ENTER_FIGURE, "enter-partner-figure")
    if new.measure not in {one.code for one in from_partners()}:
        raise Invalid({"measure": "Choose a measure that a partner supplies"})
    if reasons := reasons_not_entered(new, today=london_date(now)):
        raise Refused(*reasons)
    same = (new.measure, new.what, new.from_on, new.until_on)
    if any((x.measure, x.what, x.from_on, x.until_on) == same for x in await partner_figures()):
        raise Refused("This figure is entered already. Withdraw it first to correct it.")
    figure_id = new_id(now)
    await insert(
        PartnerFigure,
        id=figure_id,
        measure=new.measure,
        what=new.what,
        value=new.value,
        from_on=new.from_on,
        until_on=new.until_on,
        source=new.source,
        supplied_on=new.supplied_on,
        entered_at=now,
        entered_by=actor.account_id,
    )
    return figure_id


def reasons_not_entered(new: NewFigure, *, today: date) -> tuple[str, ...]:
    reasons = []
    if new.until_on <= new.from_on:
        reasons.append("The last day must not be before the first.")
    if new.supplied_on > today:
        reasons.append("The day on which it was supplied is still to come.")
    if new.supplied_on < new.from_on:
        reasons.append("It cannot have been supplied before its period began.")
    return tuple(reasons)


async def withdraw_partner_figure(figure_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Releases that are frozen keep it; the next ones go without it."""
    await begin(actor, ENTER_FIGURE, "withdraw-partner-figure")
    changed = await execute(
        "UPDATE partner_figure SET withdrawn_at = $2, withdrawn_by = $3 "
        "WHERE id = $1 AND withdrawn_at IS NULL",
        figure_id,
        now,
        actor.account_id,
    )
    if changed == 0:
        raise NotFound
