"""Catch-up as JSON: who owes which session, and booking what makes it up."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.web.guard import actor_of, on
from app.web.paging import PageIfAny, on_page
from programmes.common.permissions import Resource, Verb
from scheduling.sessions.catch_up_commands import book_catch_up
from scheduling.sessions.catch_up_queries import Owed, owed_sessions

AnyRequest = Request[Any, Any, Any]


class CatchUpSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`number` is the session that is owed, `session_id` the one that makes it up."""

    number: int
    session_id: UUID


class CatchUpBooked(msgspec.Struct, frozen=True):
    appointment_id: UUID


@get("/catch-up", **on(Resource.COHORTS, Verb.READ))
async def api_catch_up(request: AnyRequest, page_number: PageIfAny = None) -> list[Owed]:
    found = await owed_sessions(actor_of(request), now=request.app.state.clock.now())
    return on_page(found, page_number)


@post("/places/{place_id:uuid}/catch-up", status_code=201, **on(Resource.COHORTS, Verb.WRITE))
async def api_book_catch_up(
    request: AnyRequest, place_id: FromPath[UUID], data: JSONBody[CatchUpSent]
) -> CatchUpBooked:
    """422 where it is not owed any more, or the session cannot take them."""
    actor, now = actor_of(request), request.app.state.clock.now()
    return CatchUpBooked(
        await book_catch_up(
            place_id, number=data.number, session_id=data.session_id, actor=actor, now=now
        )
    )
