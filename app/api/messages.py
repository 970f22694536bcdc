"""The outbox, one's own choice and a participant's reminders, as JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from app.forms.messages import ADD_CONTACT_POINT, AddContactPoint, ChooseTelling
from app.pages.messages import contact_point_of
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from outcomes.messages.commands import (
    add_contact_point,
    choose_telling,
    leave_message,
    send_again,
    withdraw_consent,
)
from outcomes.messages.queries import (
    ContactPointRow,
    Outbox,
    contact_points,
    outbox,
    telling_of,
)
from outcomes.messages.words import MessageState
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import person

AnyRequest = Request[Any, Any, Any]


class Settlement(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`again`: it goes once more. Otherwise it is left."""

    again: bool
    version: int


@get("/outbox", **on(Resource.OUTBOX, Verb.READ))
async def api_outbox(
    request: AnyRequest,
    view: FromQuery[MessageState] = MessageState.HELD,
    page_number: PageNumber = 1,
) -> Outbox:
    return await outbox(actor_of(request), state=view, page=page_number)


@post("/outbox/{message_id:uuid}", status_code=200, **on(Resource.OUTBOX, Verb.WRITE))
async def api_settle(
    request: AnyRequest, message_id: FromPath[UUID], data: JSONBody[Settlement]
) -> Outbox:
    actor, now = actor_of(request), request.app.state.clock.now()
    do = send_again if data.again else leave_message
    await do(message_id, version=data.version, actor=actor, now=now)
    return await outbox(actor, state=MessageState.HELD)


@get("/telling", **on(Resource.TASK, Verb.READ))
async def api_telling(request: AnyRequest) -> ChooseTelling:
    return ChooseTelling(await telling_of(actor_of(request)))


@post("/telling", status_code=200, **on(Resource.TASK, Verb.WRITE))
async def api_choose_telling(request: AnyRequest, data: JSONBody[ChooseTelling]) -> ChooseTelling:
    actor = actor_of(request)
    await choose_telling(data.choice, actor=actor, now=request.app.state.clock.now())
    return ChooseTelling(await telling_of(actor))


@get("/people/{person_id:uuid}/reminders", **on(Resource.PERSON, Verb.READ))
async def api_reminders(request: AnyRequest, person_id: FromPath[UUID]) -> list[ContactPointRow]:
    actor = actor_of(request)
    await person(actor, person_id)
    await note_reading("reminders", person_id, person_id=person_id)
    return await contact_points(actor, person_id)


@post("/people/{person_id:uuid}/reminders", **on(Resource.PERSON, Verb.WRITE))
async def api_add_reminder(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[AddContactPoint]
) -> list[ContactPointRow]:
    actor = actor_of(request)
    new = contact_point_of(ADD_CONTACT_POINT.checked(data))
    await add_contact_point(person_id, new, actor=actor, now=request.app.state.clock.now())
    return await contact_points(actor, person_id)


@post(
    "/reminders/{contact_point_id:uuid}/withdraw",
    status_code=200,
    **on(Resource.PERSON, Verb.WRITE),
)
async def api_withdraw(
    request: AnyRequest, contact_point_id: FromPath[UUID]
) -> list[ContactPointRow]:
    actor, now = actor_of(request), request.app.state.clock.now()
    person_id = await withdraw_consent(contact_point_id, actor=actor, now=now)
    return await contact_points(actor, person_id)
