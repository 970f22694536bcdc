"""Support offered to a survivor beside each order, and where her papers are held."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.fields import Choice
from app.forms.form import Choices, Submitted
from app.forms.support import (
    ANSWER_OFFER,
    MAKE_OFFER,
    SAY_WHERE_HELD,
    AnswerOffer,
    MakeOffer,
    SayWhereHeld,
)
from app.forms.view import FormView
from app.labels import label, tag
from app.labels.orders import order_words
from app.pages.survivor import overview_of
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.components import Cell, Tag
from app.web.guard import actor_of, now_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.survivors.overview_queries import Overview
from outcomes.survivors.queries import Opened
from outcomes.survivors.support_commands import (
    NewHeld,
    NewOffer,
    end_held,
    record_answer,
    record_held,
    record_offer,
)
from outcomes.survivors.support_queries import (
    BesideOrder,
    beside_orders,
    held_elsewhere,
    offers_of,
)
from outcomes.survivors.support_words import Answer, Held, Offer
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ, _WRITE = on(Resource.SURVIVOR, Verb.READ), on(Resource.SURVIVOR, Verb.WRITE)
_WITHOUT_ORDER = "No order"


class Support(Struct, frozen=True, kw_only=True):
    """`others` are offers made beside no order that anybody knows of."""

    beside: list[BesideOrder]
    others: list[Offer]
    held: list[Held]


@get("/survivors/{survivor_id:uuid}/support", **_READ)
async def support_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    return await _page_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/offers", status_code=303, **_WRITE)
async def make_offer(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[MakeOffer]) -> str:
        now = now_of(request)
        hers = her_side(request).sealing
        new = offer_of(sent.values)
        await record_offer(survivor_id, new, sealing=hers, actor=actor_of(request), now=now)
        return f"/survivors/{survivor_id}/support"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, offer=form, status_code=status)

    choices = offer_choices(await overview_of(request, survivor_id))
    said = "The offer is recorded."
    return await submit(request, MAKE_OFFER, do=do, show=show, notice=said, choices=choices)


@get("/survivors/{survivor_id:uuid}/offers/{offer_id:uuid}", **_WRITE)
async def answer_page(
    request: AnyRequest, survivor_id: FromPath[UUID], offer_id: FromPath[UUID]
) -> Template:
    now = now_of(request)
    form = ANSWER_OFFER.blank(new_id(now), initial={"answered_on": london_date(now)})
    return await _answer_form(request, survivor_id, offer_id, form)


@post("/survivors/{survivor_id:uuid}/offers/{offer_id:uuid}", status_code=303, **_WRITE)
async def answer(
    request: AnyRequest, survivor_id: FromPath[UUID], offer_id: FromPath[UUID]
) -> Response[Any]:
    async def do(sent: Submitted[AnswerOffer]) -> str:
        await record_answer(
            survivor_id,
            offer_id,
            sent.values.answer,
            answered_on=sent.values.answered_on,
            actor=actor_of(request),
            now=now_of(request),
        )
        return f"/survivors/{survivor_id}/support"

    async def show(form: FormView, status: int) -> Template:
        return await _answer_form(request, survivor_id, offer_id, form, status_code=status)

    said = "Their answer is recorded."
    return await submit(request, ANSWER_OFFER, do=do, show=show, notice=said)


@post("/survivors/{survivor_id:uuid}/held", status_code=303, **_WRITE)
async def say_where_held(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[SayWhereHeld]) -> str:
        now = now_of(request)
        hers = her_side(request).sealing
        new = held_of(sent.values)
        await record_held(survivor_id, new, sealing=hers, actor=actor_of(request), now=now)
        return f"/survivors/{survivor_id}/support"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, held=form, status_code=status)

    said = "Where it is held is recorded."
    return await submit(request, SAY_WHERE_HELD, do=do, show=show, notice=said)


@post("/survivors/{survivor_id:uuid}/held/{held_id:uuid}/end", status_code=303, **_WRITE)
async def end_one_held(
    request: AnyRequest, survivor_id: FromPath[UUID], held_id: FromPath[UUID]
) -> Response[Any]:
    await end_held(survivor_id, held_id, actor=actor_of(request), now=now_of(request))
    return redirect_with_notice(request, f"/survivors/{survivor_id}/support", "It is ended.")


async def support_of(request: AnyRequest, one: Opened, found: Overview) -> Support:
    actor, survivor_id = actor_of(request), one.facts.id
    offers = await offers_of(actor, [survivor_id])
    beside = beside_orders(found.links, found.orders, offers)
    shown = {offer.id for row in beside for offer in row.offers}
    return Support(
        beside=beside,
        others=[offer for offer in offers if offer.id not in shown],
        held=await held_elsewhere(actor, survivor_id, key=one.key),
    )


def offer_of(values: MakeOffer) -> NewOffer:
    link, _, order = values.beside.partition(":")
    return NewOffer(
        link_id=UUID(link),
        order_id=UUID(order) if order else None,
        offered_on=values.offered_on,
        answer=values.answer,
        answered_on=values.answered_on,
    )


def held_of(values: SayWhereHeld) -> NewHeld:
    return NewHeld(
        kind=values.kind,
        where=values.where,
        made_on=values.made_on,
        review_on=values.review_on,
    )


def offer_choices(found: Overview) -> Choices:
    choices = [
        Choice(f"{row.link.id}:{row.order.id}", _order(found, row))
        for row in beside_orders(found.links, found.orders, [])
    ]
    for link in found.links:
        person = found.people.get(link.person_id)
        if link.unlinked_on is None and person is not None:
            choices.append(Choice(str(link.id), f"{_WITHOUT_ORDER}, {person.name}"))
    return {"beside": choices}


def _order(found: Overview, row: BesideOrder) -> str:
    name = found.people[row.order.person_id].name
    return f"{order_words(row.order.kind)} of {present.long_date(row.order.made_on)}, {name}"


async def _page_of(
    request: AnyRequest,
    survivor_id: UUID,
    *,
    offer: FormView | None = None,
    held: FormView | None = None,
    status_code: int = 200,
) -> Template:
    now = now_of(request)
    one = await opened(request, survivor_id)
    found = await overview_of(request, survivor_id)
    support = await support_of(request, one, found)
    today = {"offered_on": london_date(now)}
    return page(
        request,
        "survivors/support.html",
        status_code=status_code,
        **survivor_frame(one, "Support"),
        beside=[_beside(found, row, survivor_id) for row in support.beside],
        others=[_offer(row, _WITHOUT_ORDER, survivor_id) for row in support.others],
        held=[_held(row) for row in support.held],
        held_now=[row for row in support.held if row.ended_on is None],
        offer=offer or MAKE_OFFER.blank(new_id(now), choices=offer_choices(found), initial=today),
        hold=held or SAY_WHERE_HELD.blank(new_id(now)),
        form=offer or held,
    )


def _beside(found: Overview, row: BesideOrder, survivor_id: UUID) -> list[Any]:
    if not row.offers:
        return [_order(found, row), "", Cell(tag=Tag("Nothing offered yet", "orange")), ""]
    return _offer(row.offers[0], _order(found, row), survivor_id)


def _offer(row: Offer, beside: str, survivor_id: UUID) -> list[Any]:
    answered = present.short_date(row.answered_on) if row.answered_on else ""
    change = Cell("Record what they said", f"/survivors/{survivor_id}/offers/{row.id}")
    return [
        beside,
        present.short_date(row.offered_on),
        Cell(tag=tag(row.answer), note=answered),
        "" if row.answer is Answer.TAKEN_UP else change,
    ]


def _held(row: Held) -> list[Any]:
    review = present.short_date(row.review_on) if row.review_on else "No day set"
    state = f"Ended {present.short_date(row.ended_on)}" if row.ended_on else review
    return [
        label(row.kind),
        row.where or "Erased",
        present.short_date(row.made_on),
        state,
    ]


async def _answer_form(
    request: AnyRequest,
    survivor_id: UUID,
    offer_id: UUID,
    form: FormView,
    *,
    status_code: int = 200,
) -> Template:
    one = await opened(request, survivor_id)
    known = {offer.id for offer in await offers_of(actor_of(request), [survivor_id])}
    if offer_id not in known:
        raise NotFound
    return page(
        request,
        "survivors/answer.html",
        status_code=status_code,
        **survivor_frame(one, ""),
        action=f"/survivors/{survivor_id}/offers/{offer_id}",
        form=form,
    )
