"""Legal holds on people, as JSON."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from app.api.texts import Line, Words
from app.forms.access import HOLD_PERSON, HoldPerson
from app.pages.legal_holds import hold_one, listed_holds
from app.web.guard import actor_of, on
from outcomes.subject_access.erasure_commands import lift_person_hold
from outcomes.subject_access.hold_queries import PersonHold
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_PREPARE = on(Resource.SUBJECT_ACCESS, Verb.PREPARE)


class HoldSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    person_reference: Line
    reason: Words


@get("/legal-holds", **_PREPARE)
async def api_legal_holds(request: AnyRequest) -> list[PersonHold]:
    """Those that stand first: `until_on` is null while one does."""
    return await listed_holds(request)


@post("/legal-holds", **_PREPARE)
async def api_hold(request: AnyRequest, data: JSONBody[HoldSent]) -> list[PersonHold]:
    sent = HoldPerson(person=data.person_reference, reason=data.reason)
    await hold_one(request, HOLD_PERSON.checked(sent))
    return await listed_holds(request)


@post("/legal-holds/{hold_id:uuid}/lift", **_PREPARE)
async def api_lift(request: AnyRequest, hold_id: FromPath[UUID]) -> list[PersonHold]:
    now = request.app.state.clock.now()
    await lift_person_hold(hold_id, actor=actor_of(request), now=now)
    return await listed_holds(request)
