"""When somebody can come, what is not offered, and who is kept apart, as JSON."""

from datetime import date, time
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Line
from app.web.guard import actor_of, on
from programmes.common.errors import Invalid
from programmes.common.permissions import Resource, Verb
from scheduling.placement.commands import note_not_offered
from scheduling.placement.not_offered_words import NotOfferedHere
from scheduling.placement.times_commands import add_busy_time, keep_apart
from scheduling.placement.times_queries import ApartRow, BusyRow, busy_times, kept_apart_from
from scheduling.sessions.words import Weekday

AnyRequest = Request[Any, Any, Any]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class BusySent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weekday: Day
    begins: time
    until: time


class NotOfferedSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of the two. It holds for 90 days, as all of them do."""

    cohort_id: UUID | None = None
    venue_id: UUID | None = None


class ApartSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`other` is the reference of the other person."""

    other: Line
    until_on: date | None = None


@get("/people/{person_id:uuid}/times", **on(Resource.COHORTS, Verb.WRITE))
async def api_times(request: AnyRequest, person_id: FromPath[UUID]) -> list[BusyRow]:
    return await busy_times(actor_of(request), person_id)


@post("/people/{person_id:uuid}/times", status_code=201, **on(Resource.COHORTS, Verb.WRITE))
async def api_add_time(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[BusySent]
) -> list[BusyRow]:
    actor, now = actor_of(request), request.app.state.clock.now()
    weekday = Weekday[data.weekday.upper()]
    await add_busy_time(
        person_id, weekday=weekday, begins=data.begins, until=data.until, actor=actor, now=now
    )
    return await busy_times(actor, person_id)


@post(
    "/people/{person_id:uuid}/not-offered",
    status_code=204,
    **on(Resource.PLACEMENT, Verb.CREATE),
)
async def api_not_offered(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[NotOfferedSent]
) -> None:
    """Nothing is answered: what is not offered is not listed, whoever said so."""
    if (data.cohort_id is None) == (data.venue_id is None):
        raise Invalid({"cohort_id": "Name a group or a venue, one of the two."})
    actor, now = actor_of(request), request.app.state.clock.now()
    here = NotOfferedHere(
        person_id=person_id,
        cohort_id=data.cohort_id,
        venue_id=data.venue_id,
    )
    await note_not_offered(here, actor=actor, now=now)


@get("/people/{person_id:uuid}/associates", **on(Resource.ASSOCIATES, Verb.READ))
async def api_apart(request: AnyRequest, person_id: FromPath[UUID]) -> list[ApartRow]:
    return await kept_apart_from(actor_of(request), person_id)


@post(
    "/people/{person_id:uuid}/associates", status_code=201, **on(Resource.ASSOCIATES, Verb.CREATE)
)
async def api_keep_apart(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[ApartSent]
) -> list[ApartRow]:
    actor, now = actor_of(request), request.app.state.clock.now()
    await keep_apart(person_id, data.other, until_on=data.until_on, actor=actor, now=now)
    return await kept_apart_from(actor, person_id)
