"""Accounts and the audit as JSON, each side its own."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.params import FromQuery, QueryParameter

from app.web.beat import answer_on_the_beat
from app.web.guard import actor_of, on_each_side
from programmes.common.accounts import AccountRow, accounts
from programmes.common.audit_queries import Narrowed, Trail, trail
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/accounts", **on_each_side(Resource.USERS, Resource.USERS, Verb.READ))
async def api_accounts(request: AnyRequest) -> list[AccountRow]:
    return await accounts(actor_of(request))


@get("/audit", **on_each_side(Resource.AUDIT_WORK, Resource.AUDIT_SURVIVOR, Verb.READ))
async def api_audit(
    request: AnyRequest,
    act: FromQuery[str] = "",
    operation: FromQuery[str] = "",
    who: FromQuery[str] = "",
    reference: FromQuery[str] = "",
    page_number: Annotated[int, QueryParameter(name="page", ge=1, le=100_000)] = 1,
) -> Trail:
    wanted = Narrowed(act=act, operation=operation, who=who.strip(), reference=reference.strip())
    found = await trail(actor_of(request), wanted, page=page_number)
    if wanted.reference and not found.rows:
        answer_on_the_beat(request)
    return found
