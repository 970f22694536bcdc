"""Who may not see a survivor's record, as JSON."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.forms.exclusions import Exclude, StepBack
from app.safekeeping.her_side import her_side
from app.web.guard import actor_of, on
from outcomes.survivors.exclusion_commands import exclude, lift_exclusion, step_back
from outcomes.survivors.exclusion_queries import exclusions
from outcomes.survivors.exclusion_words import Excluded
from programmes.common.db import Side
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_LEAD = on(Resource.USERS, Verb.APPROVE, side=Side.SURVIVOR)


@get("/survivor-exclusions", **_LEAD)
async def api_exclusions(request: AnyRequest) -> list[Excluded]:
    return await exclusions(actor_of(request))


@post("/survivor-exclusions", **_LEAD)
async def api_keep_out(request: AnyRequest, data: JSONBody[Exclude]) -> list[Excluded]:
    actor, now = actor_of(request), request.app.state.clock.now()
    await exclude(data.reference, data.account, data.why, to=data.to, actor=actor, now=now)
    return await exclusions(actor)


@post("/survivor-exclusions/{exclusion_id:uuid}/lift", **_LEAD)
async def api_lift_exclusion(request: AnyRequest, exclusion_id: FromPath[UUID]) -> list[Excluded]:
    actor = actor_of(request)
    await lift_exclusion(exclusion_id, actor=actor, now=request.app.state.clock.now())
    return await exclusions(actor)


@post(
    "/survivors/{survivor_id:uuid}/step-back",
    status_code=204,
    **on(Resource.SURVIVOR, Verb.WRITE),
)
async def api_step_back(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[StepBack]
) -> None:
    """Nothing is left to be answered: the record is closed to whoever asks."""
    await step_back(
        survivor_id,
        data.why,
        to=data.to,
        sealing=her_side(request).sealing,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
