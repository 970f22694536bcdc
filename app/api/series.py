"""Changing a series as JSON: the differences first, then applied as shown."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.params import FromPath, JSONBody

from app.web.guard import actor_of, on
from programmes.common.errors import Refused
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.queries import SessionRow, sessions_of
from scheduling.sessions.change_commands import apply_change, show_change
from scheduling.sessions.change_words import Change, ChangePlan
from scheduling.sessions.rules import plan_hash

AnyRequest = Request[Any, Any, Any]
_ANY: Any = Change


class ChangeSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`change` says its kind in `type`, such as "move one" with `session_id` and `starts_at`.

    `plan` is the hash that the differences came with; without it nothing is written.
    """

    change: dict[str, Any]
    plan: str = ""


class ChangeShown(msgspec.Struct, frozen=True):
    plan: str
    differences: ChangePlan


@post("/cohorts/{cohort_id:uuid}/changes/plan", status_code=200, **on(Resource.COHORTS, Verb.WRITE))
async def api_show_change(
    request: AnyRequest, cohort_id: FromPath[UUID], data: JSONBody[ChangeSent]
) -> ChangeShown:
    """What would be different, with warnings. Writes nothing."""
    plan = await show_change(
        cohort_id, _change(data), actor=actor_of(request), now=request.app.state.clock.now()
    )
    return ChangeShown(plan_hash(plan), plan)


@post("/cohorts/{cohort_id:uuid}/changes", status_code=201, **on(Resource.COHORTS, Verb.WRITE))
async def api_apply_change(
    request: AnyRequest, cohort_id: FromPath[UUID], data: JSONBody[ChangeSent]
) -> list[SessionRow]:
    """The sessions as they stand then. 409 where the plan would be another by now."""
    actor, now = actor_of(request), request.app.state.clock.now()
    await apply_change(cohort_id, _change(data), shown=data.plan, actor=actor, now=now)
    return await sessions_of(actor, cohort_id)


def _change(sent: ChangeSent) -> Change:
    try:
        change: Change = msgspec.convert(sent.change, _ANY)
    except msgspec.ValidationError as refusal:
        raise Refused(f"This is no change of a series: {refusal}.") from None
    return change
