"""The directory as JSON: a partner's program finds the id of the agency that refers here."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromQuery, JSONBody

from app.forms.directory import ADD_AGENCY, AddAgency
from app.web.guard import actor_of, on
from programmes.common.permissions import Resource, Verb
from programmes.referrals.directory_commands import add_agency
from programmes.referrals.directory_queries import Directory, directory

AnyRequest = Request[Any, Any, Any]


@get("/agencies", **on(Resource.PERSON, Verb.READ))
async def api_directory(request: AnyRequest, q: FromQuery[str] = "") -> Directory:
    return await directory(actor_of(request), q=q)


@post("/agencies", **on(Resource.PERSON, Verb.CREATE))
async def api_add_agency(request: AnyRequest, data: JSONBody[AddAgency]) -> Directory:
    said, actor = ADD_AGENCY.checked(data), actor_of(request)
    now = request.app.state.clock.now()
    await add_agency(said.name, kind=said.kind, actor=actor, now=now)
    return await directory(actor, q=said.name)
