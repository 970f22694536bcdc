"""Where somebody stands, and the decision on their completion, as JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.forms.completion import DECIDE, DecideCompletion
from app.web.guard import actor_of, on
from outcomes.completion.commands import decide_completion
from outcomes.completion.queries import DecisionRow, decisions_on, standings
from outcomes.completion.standing_words import Standing
from programmes.common.audit import note_reading
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


class CompletionWhole(msgspec.Struct, frozen=True):
    """Where they stand today, and what was decided, newest first."""

    standing: Standing
    can_still_finish: bool
    decisions: list[DecisionRow]


@get("/places/{place_id:uuid}/completion", **on(Resource.COHORTS, Verb.READ))
async def api_completion(request: AnyRequest, place_id: FromPath[UUID]) -> CompletionWhole:
    return await _whole(request, place_id)


@post("/places/{place_id:uuid}/completion", **on(Resource.COHORTS, Verb.WRITE))
async def api_decide_completion(
    request: AnyRequest, place_id: FromPath[UUID], data: JSONBody[DecideCompletion]
) -> CompletionWhole:
    asked = DECIDE.checked(data)
    await decide_completion(
        place_id,
        asked.outcome,
        reason=asked.reason or "",
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await _whole(request, place_id)


async def _whole(request: AnyRequest, place_id: UUID) -> CompletionWhole:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await standings(actor, now=now, enrolments=[place_id])
    if not found:
        raise NotFound
    await note_reading("completion", place_id, person_id=found[0].person_id)
    decisions = await decisions_on(actor, place_id)
    return CompletionWhole(found[0], found[0].progress.can_still_finish, decisions)
