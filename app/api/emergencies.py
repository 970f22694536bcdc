"""Records opened in an emergency as JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.forms.emergencies import (
    LOOK_AT_EMERGENCY,
    OPEN_IN_EMERGENCY,
    LookAtEmergency,
    OpenInEmergency,
)
from app.pages.emergencies import opened
from app.web.guard import actor_of, on
from programmes.common.permissions import Resource, Verb
from programmes.emergencies.commands import look_at_emergency
from programmes.emergencies.queries import EmergencyRow, emergencies

AnyRequest = Request[Any, Any, Any]

_LOOK: dict[str, Any] = on(Resource.EMERGENCY, Verb.APPROVE)


class Opened(msgspec.Struct, frozen=True):
    person_id: UUID


@get("/emergencies", **on(Resource.EMERGENCY, Verb.READ))
async def api_emergencies(request: AnyRequest) -> list[EmergencyRow]:
    return await emergencies(actor_of(request))


@post("/emergencies", status_code=201, **on(Resource.EMERGENCY, Verb.CREATE))
async def api_open(request: AnyRequest, data: JSONBody[OpenInEmergency]) -> Opened:
    """Refused to programs: only somebody who has signed in has an emergency."""
    return Opened(await opened(request, OPEN_IN_EMERGENCY.checked(data)))


@post("/emergencies/{opening_id:uuid}/seen", status_code=204, **_LOOK)
async def api_look(
    request: AnyRequest, opening_id: FromPath[UUID], data: JSONBody[LookAtEmergency]
) -> None:
    actor, now = actor_of(request), request.app.state.clock.now()
    words = LOOK_AT_EMERGENCY.checked(data).words
    await look_at_emergency(opening_id, words, actor=actor, now=now)
