"""DASH and MARAC of one survivor."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.risk import NOT_HIGH, WRITE_DASH, WriteDash
from app.forms.view import FormView
from app.labels import label, tag
from app.pages.check_ins import links_of_overview
from app.pages.survivor import overview_of
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.components import Cell, Tag
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.survivors.overview_queries import Overview
from outcomes.survivors.risk_commands import NewDash, record_dash
from outcomes.survivors.risk_queries import DashRow, dashes_of
from outcomes.survivors.rules import is_marac_repeat
from outcomes.survivors.words import HighBecause, ReferredTo
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/survivors/{survivor_id:uuid}/risk", **on(Resource.SURVIVOR, Verb.READ))
async def risk_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    return await _page_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/risk", status_code=303, **on(Resource.SURVIVOR, Verb.WRITE))
async def write_dash(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[WriteDash]) -> str:
        await record_dash(
            survivor_id,
            new_dash(sent.values),
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/survivors/{survivor_id}/risk"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, form=form, status_code=status)

    choices = links_of_overview(await overview_of(request, survivor_id))
    said = "The result is recorded."
    return await submit(request, WRITE_DASH, do=do, show=show, notice=said, choices=choices)


def new_dash(values: WriteDash) -> NewDash:
    is_high = values.risk != NOT_HIGH
    return NewDash(
        link_id=values.link,
        assessed_on=values.assessed_on,
        ticks=values.ticks,
        is_high_risk=is_high,
        high_because=HighBecause(values.risk) if is_high else None,
        referred_to=values.referred_to,
        referred_on=values.referred_on,
        held_where=values.held_where,
    )


async def _page_of(
    request: AnyRequest, survivor_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    one = await opened(request, survivor_id)
    found = await overview_of(request, survivor_id)
    dashes = await dashes_of(actor_of(request), survivor_id)
    blank = WRITE_DASH.blank(
        new_id(request.app.state.clock.now()), choices=links_of_overview(found)
    )
    return page(
        request,
        "survivors/risk.html",
        status_code=status_code,
        **survivor_frame(one, "Risk and MARAC"),
        repeats=_repeats(found, dashes),
        rows=[_cells(found, dashes, row) for row in dashes],
        write=form or blank,
        form=form,
    )


def _referred(dashes: list[DashRow], link_id: UUID) -> list[date]:
    return [
        row.referred_on
        for row in dashes
        if row.link_id == link_id and row.referred_to is ReferredTo.MARAC and row.referred_on
    ]


def _repeats(found: Overview, dashes: list[DashRow]) -> list[str]:
    """Breaches that come within 12 months of the last MARAC referral of the same pair."""
    said = []
    for link in found.links:
        referred = _referred(dashes, link.id)
        days = [
            london_date(breach.occurred_at)
            for breach in found.breaches
            if breach.person_id == link.person_id and breach.stage != "withdrawn"
        ]
        again = [day for day in days if is_marac_repeat(referred, on=day)]
        if again:
            name = found.people[link.person_id].name
            said.append(
                f"MARAC repeat: a breach by {name} on {present.long_date(max(again))} comes within "
                "12 months of the last referral. Refer again."
            )
    return said


def _cells(found: Overview, dashes: list[DashRow], row: DashRow) -> list[Any]:
    link = next(link for link in found.links if link.id == row.link_id)
    person = found.people.get(link.person_id)
    risk = Cell("Not high")
    if row.high_because is not None:
        risk = Cell(tag=Tag("High risk", "orange"), note=label(row.high_because))
    referred = Cell(label(row.referred_to))
    if row.referred_on is not None:
        is_again = is_marac_repeat(_referred(dashes, row.link_id), on=row.referred_on)
        when = present.short_date(row.referred_on)
        note = f"{when}, repeat within 12 months" if is_again else when
        referred = Cell(tag=tag(row.referred_to), note=note)
    return [
        Cell(present.short_date(row.assessed_on), note=person.name if person else ""),
        f"{row.ticks} of 24",
        risk,
        referred,
        row.held_where,
    ]
