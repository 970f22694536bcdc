"""Venues, rooms, interpreters and closed days: what cohorts are planned with."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.rooms import (
    ADD_CLOSURE,
    ADD_INTERPRETER,
    ADD_ROOM,
    ADD_VENUE,
    EVERYWHERE,
    WITHDRAW,
    AddClosure,
    AddInterpreter,
    AddRoom,
    AddVenue,
    Withdraw,
)
from app.forms.view import FormView
from app.web.components import Cell, Header
from app.web.guard import actor_of, on, who_and_when
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.place_words import NewClosure
from scheduling.cohorts.venue_commands import (
    add_closure,
    add_interpreter,
    add_room,
    add_venue,
    withdraw_closure,
)
from scheduling.cohorts.venue_queries import ClosureRow, closures_from, venues
from scheduling.sessions.planning_queries import interpreters, rooms

AnyRequest = Request[Any, Any, Any]
_WRITES = on(Resource.CATALOGUE, Verb.WRITE)


@get("/rooms", **_WRITES)
async def rooms_page(request: AnyRequest) -> Template:
    return await _page(request)


@post("/rooms/venues", status_code=303, **_WRITES)
async def new_venue(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddVenue]) -> str:
        district = sent.values.postcode_district
        await add_venue(sent.values.name, postcode_district=district, **who_and_when(request))
        return "/rooms"

    return await submit(
        request, ADD_VENUE, do=do, show=_shown(request, "venue"), notice="The venue is added."
    )


@post("/rooms", status_code=303, **_WRITES)
async def new_room(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddRoom]) -> str:
        asked = sent.values
        await add_room(
            UUID(asked.venue), name=asked.name, seats=asked.seats, **who_and_when(request)
        )
        return "/rooms"

    choices = await _choices(request)
    return await submit(
        request,
        ADD_ROOM,
        do=do,
        show=_shown(request, "room"),
        notice="The room is added.",
        choices={"venue": choices},
    )


@post("/rooms/closures", status_code=303, **_WRITES)
async def new_closure(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddClosure]) -> str:
        asked = sent.values
        venue_id = None if asked.venue == EVERYWHERE.value else UUID(asked.venue)
        new = NewClosure(
            from_on=asked.from_on, until_on=asked.until_on, why=asked.why, venue_id=venue_id
        )
        await add_closure(new, **who_and_when(request))
        return "/rooms"

    choices = {"venue": [EVERYWHERE, *await _choices(request)]}
    return await submit(
        request,
        ADD_CLOSURE,
        do=do,
        show=_shown(request, "closure"),
        notice="The closed days are entered. No session was moved.",
        choices=choices,
    )


@post("/rooms/closures/{closure_id:uuid}/withdraw", status_code=303, **_WRITES)
async def open_again(request: AnyRequest, closure_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[Withdraw]) -> str:
        await withdraw_closure(closure_id, **who_and_when(request))
        return "/rooms"

    return await submit(
        request, WITHDRAW, do=do, show=_shown(request, ""), notice="These days are open again."
    )


@post("/rooms/interpreters", status_code=303, **_WRITES)
async def new_interpreter(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddInterpreter]) -> str:
        asked = sent.values
        await add_interpreter(asked.name, language=asked.language, **who_and_when(request))
        return "/rooms"

    return await submit(
        request,
        ADD_INTERPRETER,
        do=do,
        show=_shown(request, "interpreter"),
        notice="The interpreter is added.",
    )


def _shown(request: AnyRequest, which: str) -> Any:
    async def show(form: FormView, status: int) -> Template:
        return await _page(request, refused={which: form}, status_code=status)

    return show


async def _choices(request: AnyRequest) -> list[Choice]:
    return [Choice(str(one.id), one.name) for one in await venues(actor_of(request))]


async def _page(
    request: AnyRequest,
    *,
    refused: dict[str, FormView] | None = None,
    status_code: int = 200,
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    choices = await _choices(request)
    everywhere = {"venue": [EVERYWHERE, *choices]}
    forms = {
        "venue": ADD_VENUE.blank(new_id(now)),
        "room": ADD_ROOM.blank(new_id(now), choices={"venue": choices}),
        "closure": ADD_CLOSURE.blank(new_id(now), choices=everywhere),
        "interpreter": ADD_INTERPRETER.blank(new_id(now)),
    } | (refused or {})
    return page(
        request,
        "cohorts/rooms.html",
        status_code=status_code,
        rows=[[one.shown_as, one.code, str(one.seats)] for one in await rooms(actor)],
        headers=["Room", "Number in calendars", Header("Seats", is_numeric=True)],
        closures=[
            (_closure_cells(one), one.id) for one in await closures_from(actor, london_date(now))
        ],
        interpreters=[[one.name, one.language] for one in await interpreters(actor)],
        has_venue=bool(choices),
        forms=forms,
        withdraw=WITHDRAW.blank(new_id(now)),
        form=next(iter((refused or {}).values()), None),
    )


def _closure_cells(one: ClosureRow) -> list[Any]:
    return [
        Cell(one.venue or "The whole service", note=one.why),
        present.date_span(one.from_on, one.until_on),
        present.count(one.hit, "session") + " to move" if one.hit else "No session is hit",
    ]
