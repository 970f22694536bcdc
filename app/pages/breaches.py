"""Breaches: which are open, one whole, its stages."""

import asyncio
from datetime import date, datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.documents.breach_pack import as_pdf, gather
from app.forms.breaches import MOVE_BREACH_FORM, MoveBreach
from app.forms.field import Choice
from app.forms.form import Choices, Submitted
from app.forms.view import FormView
from app.forms.wall_clock import instant
from app.labels import label, tag
from app.pages.people import frame
from app.views.breach_consequences import consequences_of
from app.views.orders import BREACH_HEADERS, breach_cells, clock_views
from app.web.components import Event, Fact, Paging, Tile
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.paging import PAGE
from programmes.common.permissions import Resource, Verb, may
from programmes.common.staff import Actor
from programmes.orders.breach_commands import (
    MOVE_BREACH,
    BreachStep,
    move_breach,
)
from programmes.orders.breach_queries import (
    BreachView,
    BreachWhole,
    StageRow,
    breach,
    breach_figures,
    breaches,
    same_event,
    stages_of,
)
from programmes.orders.breach_rules import next_stages
from programmes.orders.clock_queries import clocks_of_order
from programmes.orders.queries import READ_WORDING
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]


@get("/breaches", **on(Resource.BREACH, Verb.READ))
async def breaches_page(
    request: AnyRequest, view: FromQuery[BreachView] = BreachView.OPEN, page_number: PageNumber = 1
) -> Template:
    actor = actor_of(request)
    today = london_date(request.app.state.clock.now())
    found = await breaches(actor, view=view, page=page_number)
    return page(
        request,
        "breaches/list.html",
        view=view,
        views=list(BreachView),
        headers=BREACH_HEADERS,
        rows=[breach_cells(row) for row in found.rows],
        tiles=await _figures(actor, today),
        year=today.year,
        paging=Paging(
            page=page_number, size=PAGE, total=found.total, path="/breaches", query={"view": view}
        ),
    )


@get("/breaches/{breach_id:uuid}", **on(Resource.BREACH, Verb.READ))
async def breach_page(request: AnyRequest, breach_id: FromPath[UUID]) -> Template:
    return await _breach_template(request, breach_id)


@get("/breaches/{breach_id:uuid}/pack.pdf", **on(Resource.ORDER_WORDING, Verb.READ))
async def pack(request: AnyRequest, breach_id: FromPath[UUID]) -> Response[bytes]:
    """Holds the wording as served, so it is for those who may open that."""
    made = await gather(actor_of(request), breach_id, now=request.app.state.clock.now())
    return Response(
        await asyncio.to_thread(as_pdf, made),
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{made.reference}.pdf"'},
    )


@post("/breaches/{breach_id:uuid}/move", status_code=303, **on(Resource.BREACH, Verb.WRITE))
async def move(request: AnyRequest, breach_id: FromPath[UUID]) -> Response[Any]:
    actor = actor_of(request)
    found = await breach(actor, breach_id)

    async def do(sent: Submitted[MoveBreach]) -> str:
        await move_breach(
            breach_id,
            _step_of(sent.values),
            version=sent.version or 0,
            actor=actor,
            now=request.app.state.clock.now(),
        )
        return f"/breaches/{breach_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _breach_template(request, breach_id, form=form, status_code=status)

    return await submit(
        request,
        MOVE_BREACH_FORM,
        do=do,
        show=show,
        notice="The breach is brought up to date.",
        choices=_move_choices(found, actor),
    )


def _step_of(values: MoveBreach) -> BreachStep:
    at = instant(values.happened_on, values.happened_time, name="happened", called="it")
    return BreachStep(
        after=values.after,
        happened_at=at,
        reason=values.reason or "",
        sanction=values.sanction,
        response=values.response,
    )


def _move_choices(found: BreachWhole, actor: Actor) -> Choices:
    after = next_stages(found.stage, kind=found.law, role=actor.role)
    return {
        "after": [Choice(stage, label(stage)) for stage in after],
        "sanction": [
            Choice(limit.sanction, _limit_words(label(limit.sanction), limit.at_most))
            for limit in found.law.sanctions
        ],
    }


def _limit_words(name: str, at_most: str) -> str:
    return f"{name}, {at_most}" if at_most else name


async def _figures(actor: Actor, today: date) -> list[Tile]:
    counts = await breach_figures(
        actor, since=date(today.year, 1, 1), until=date(today.year + 1, 1, 1)
    )
    return [
        Tile(
            figure=f"{counts.recorded:,}",
            name=f"{present.counted(counts.recorded, 'breach', 'breaches')} recorded",
            note="without those withdrawn",
        ),
        Tile(
            figure=f"{counts.established:,}",
            name=f"{present.counted(counts.established, 'breach', 'breaches')} established",
            note="admitted or proved, nothing else",
        ),
        Tile(
            figure=f"{counts.events:,}",
            name=present.counted(counts.events, "event"),
            note="one act, however many orders",
        ),
        Tile(
            figure=f"{counts.orders:,}",
            name=f"{present.counted(counts.orders, 'order')} with a breach recorded",
        ),
    ]


async def _breach_template(
    request: AnyRequest, breach_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await breach(actor, breach_id)
    await note_reading("breach", breach_id, person_id=found.person_id)
    facts = await person(actor, found.person_id)
    referrals = await referrals_of(actor, found.person_id)
    choices = _move_choices(found, actor)
    if form is None and may(actor, MOVE_BREACH) and choices["after"]:
        form = MOVE_BREACH_FORM.blank(new_id(now), version=found.version, choices=choices)
    clocks = await clocks_of_order(actor, found.order_id, now=now)
    return page(
        request,
        "breaches/breach.html",
        status_code=status_code,
        **frame(request, actor, facts, referrals, current="Orders and bail"),
        breach=found,
        form=form,
        may_pack=may(actor, READ_WORDING),
        clocks=clock_views([row for row in clocks if row.clock.breach_id == breach_id], now),
        facts=_facts(found),
        same=[breach_cells(row)[1:] for row in await same_event(actor, found)],
        headers=BREACH_HEADERS[1:],
        **await consequences_of(actor, breach_id, now),
        stages=[_event(row) for row in await stages_of(actor, breach_id)],
    )


def _facts(found: BreachWhole) -> list[Fact]:
    condition = "Not said"
    if found.condition:
        condition = f"{found.condition_number}. {label(found.condition)}"
    facts = [
        Fact("Condition", condition),
        Fact("Happened", present.date_and_time(found.occurred_at)),
        Fact("Reported", _after(found.reported_at, found.occurred_at)),
        Fact("What happened", found.account or "Not recorded"),
        Fact("Evidence", found.evidence or "Not recorded"),
        Fact("Recorded first by", found.reported_by or "Not recorded"),
    ]
    if found.arrested_at:
        facts.append(Fact("Arrested", _after(found.arrested_at, found.reported_at)))
    if found.court_at:
        earlier = found.arrested_at or found.reported_at
        facts.append(Fact("Before court", _after(found.court_at, earlier)))
    if found.sanction:
        facts.append(Fact("What it brought", _limit_words(found.sanction, found.response or "")))
    in_law = f"{present.sentence(found.law.breach)} ({found.law.breach_source})"
    return [*facts, Fact("In law", in_law)]


def _after(at: datetime, earlier: datetime) -> str:
    """With how long the step took."""
    words = present.date_and_time(at)
    return f"{words} ({present.duration(at - earlier)} later)" if at >= earlier else words


def _event(row: StageRow) -> Event:
    when = present.date_and_time(row.happened_at or row.moved_at)
    return Event(
        title=label(row.after),
        when=when,
        by=row.moved_by or "",
        detail=row.reason or "",
        tag=tag(row.after),
    )
