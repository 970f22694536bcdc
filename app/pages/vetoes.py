"""Places about one survivor: what orders protect, and where he is not to be placed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.fields import Choice
from app.forms.form import Choices, Submitted
from app.forms.vetoes import PROTECT_PLACE, VETO_PLACE, ProtectPlace, VetoPlace
from app.forms.view import FormView
from app.labels.orders import order_words
from app.pages.check_ins import links_of_overview
from app.pages.survivor import overview_of
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.components import Cell, Tag
from app.web.guard import actor_of, now_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.survivors.overview_queries import Overview
from outcomes.survivors.place_commands import end_place, places_of, record_place
from outcomes.survivors.support_words import Place, VetoRow
from outcomes.survivors.veto_commands import NewVeto, end_veto, record_veto
from outcomes.survivors.veto_queries import (
    GroupThere,
    VenueThere,
    groups_there,
    venues_there,
    vetoes_of,
)
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ_PLACE = on(Resource.PROTECTED_PLACE, Verb.READ)
_WRITE_PLACE = on(Resource.PROTECTED_PLACE, Verb.WRITE)
_WRITE = on(Resource.SURVIVOR, Verb.WRITE)


class There(Struct, frozen=True):
    """Groups and venues of the other side, to choose among."""

    groups: Sequence[GroupThere]
    venues: Sequence[VenueThere]


@get("/survivors/{survivor_id:uuid}/places", **_READ_PLACE)
async def places_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    return await _page_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/show-places", status_code=200, **_READ_PLACE)
async def show_places(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    """Each opening is written down, in her own audit, before it is shown."""
    return await _page_of(request, survivor_id, shows=True)


@post("/survivors/{survivor_id:uuid}/places", status_code=303, **_WRITE_PLACE)
async def protect_place(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[ProtectPlace]) -> str:
        await protect(request, survivor_id, sent.values)
        return f"/survivors/{survivor_id}/places"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, place=form, status_code=status)

    choices = order_choices(await overview_of(request, survivor_id))
    said = "The place is recorded."
    return await submit(request, PROTECT_PLACE, do=do, show=show, notice=said, choices=choices)


@post("/survivors/{survivor_id:uuid}/places/{place_id:uuid}/end", status_code=303, **_WRITE_PLACE)
async def end_one_place(
    request: AnyRequest, survivor_id: FromPath[UUID], place_id: FromPath[UUID]
) -> Response[Any]:
    await end_place(survivor_id, place_id, actor=actor_of(request), now=now_of(request))
    return redirect_with_notice(request, f"/survivors/{survivor_id}/places", "It is ended.")


@post("/survivors/{survivor_id:uuid}/vetoes", status_code=303, **_WRITE)
async def veto_place(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[VetoPlace]) -> str:
        await veto(request, survivor_id, sent.values)
        return f"/survivors/{survivor_id}/places"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, vetoing=form, status_code=status)

    choices = await veto_choices(request, await overview_of(request, survivor_id))
    said = "It crosses on the next working day."
    return await submit(request, VETO_PLACE, do=do, show=show, notice=said, choices=choices)


@post("/survivors/{survivor_id:uuid}/vetoes/{veto_id:uuid}/end", status_code=303, **_WRITE)
async def end_one_veto(
    request: AnyRequest, survivor_id: FromPath[UUID], veto_id: FromPath[UUID]
) -> Response[Any]:
    await end_veto(survivor_id, veto_id, actor=actor_of(request), now=now_of(request))
    said = "It is not given again."
    return redirect_with_notice(request, f"/survivors/{survivor_id}/places", said)


async def protect(request: AnyRequest, survivor_id: UUID, values: ProtectPlace) -> None:
    link, _, order = values.order.partition(":")
    await record_place(
        survivor_id,
        UUID(link),
        UUID(order),
        place=values.place,
        sealing=her_side(request).sealing,
        actor=actor_of(request),
        now=now_of(request),
    )


async def veto(request: AnyRequest, survivor_id: UUID, values: VetoPlace) -> None:
    what, _, where = values.where.partition(":")
    if what not in ("group", "venue"):
        raise Invalid({"where": "Choose one group or one venue"})
    new = NewVeto(
        link_id=values.link,
        cohort_id=UUID(where) if what == "group" else None,
        venue_id=UUID(where) if what == "venue" else None,
        reason=values.reason,
    )
    await record_veto(
        survivor_id,
        new,
        sealing=her_side(request).sealing,
        actor=actor_of(request),
        now=now_of(request),
    )


async def shown_places(request: AnyRequest, survivor_id: UUID) -> list[Place]:
    """Unsealed and logged."""
    one = await opened(request, survivor_id)
    await note_reading("protected-place", survivor_id)
    return await places_of(actor_of(request), survivor_id, key=one.key)


def order_choices(found: Overview) -> Choices:
    names = {key: person.name for key, person in found.people.items()}
    return {
        "order": [
            Choice(f"{link.id}:{order.id}", _order(order, names.get(order.person_id, "")))
            for link in found.links
            for order in found.orders
            if order.person_id == link.person_id
        ]
    }


async def there(request: AnyRequest) -> There:
    async with her_side(request).bridge():
        return There(await groups_there(today=london_date(now_of(request))), await venues_there())


async def veto_choices(request: AnyRequest, found: Overview) -> Choices:
    return _veto_choices(await there(request), found)


def _veto_choices(known: There, found: Overview) -> Choices:
    groups = [Choice(f"group:{one.id}", _group(one)) for one in known.groups]
    venues = [Choice(f"venue:{one.id}", f"Nowhere in {one.name}") for one in known.venues]
    return {**links_of_overview(found), "where": [*venues, *groups]}


def _group(one: GroupThere) -> str:
    return f"Group {one.reference}, {one.programme}, from {present.long_date(one.first_on)}"


def _order(order: Any, name: str) -> str:
    return f"{order_words(order.kind)} of {present.long_date(order.made_on)}, {name}"


async def _page_of(
    request: AnyRequest,
    survivor_id: UUID,
    *,
    place: FormView | None = None,
    vetoing: FormView | None = None,
    shows: bool = False,
    status_code: int = 200,
) -> Template:
    now, actor = now_of(request), actor_of(request)
    one = await opened(request, survivor_id)
    found = await overview_of(request, survivor_id)
    known = await there(request)
    places = (
        await shown_places(request, survivor_id)
        if shows
        else await places_of(actor, survivor_id, key=None)
    )
    vetoes = await vetoes_of(actor, survivor_id, key=one.key)
    vetoes_choices = _veto_choices(known, found)
    return page(
        request,
        "survivors/places.html",
        status_code=status_code,
        **survivor_frame(one, "Places"),
        is_open=shows,
        places=[_place(row, found, shows=shows) for row in places],
        places_now=[row for row in places if row.ended_on is None] if shows else [],
        vetoes=[_veto(row, known, found) for row in vetoes],
        vetoes_now=[(row, _where(row, known)) for row in vetoes if row.ended_on is None],
        place=place or PROTECT_PLACE.blank(new_id(now), choices=order_choices(found)),
        vetoing=vetoing or VETO_PLACE.blank(new_id(now), choices=vetoes_choices),
        form=place or vetoing,
    )


def _place(row: Place, found: Overview, *, shows: bool) -> list[Any]:
    order = next((order for order in found.orders if order.id == row.order_id), None)
    names = {key: person.name for key, person in found.people.items()}
    ended = f"Ended {present.short_date(row.ended_on)}" if row.ended_on else "Stands"
    return [
        _order(order, names.get(order.person_id, "")) if order else "No longer on record",
        (row.place or "Erased") if shows else "Hidden",
        present.short_date(london_date(row.recorded_at)),
        ended,
    ]


def _veto(row: VetoRow, known: There, found: Overview) -> list[Any]:
    link = next(link for link in found.links if link.id == row.link_id)
    person = found.people.get(link.person_id)
    state = Cell(tag=Tag("Crosses next working day", "yellow"))
    if row.ended_on is not None:
        note = ""
        if row.holds_until is not None and row.holds_until >= row.ended_on:
            note = f"On the other side until {present.short_date(row.holds_until)}"
        state = Cell(f"Ended {present.short_date(row.ended_on)}", note=note)
    elif row.holds_until is not None:
        state = Cell(
            tag=Tag("In force", "green"), note=f"Until {present.short_date(row.holds_until)}"
        )
    return [
        Cell(_where(row, known), note=person.name if person else ""),
        row.reason or "Erased",
        present.short_date(row.from_on),
        state,
    ]


def _where(row: VetoRow, known: There) -> str:
    for group in known.groups:
        if group.id == row.cohort_id:
            return _group(group)
    for venue in known.venues:
        if venue.id == row.venue_id:
            return f"Nowhere in {venue.name}"
    return "A group that is over"
