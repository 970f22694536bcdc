"""Planning a cohort as JSON: the plan first, then its application as shown."""

from datetime import date, time
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.params import JSONBody

from app.api.texts import Line
from app.web.guard import actor_of, on
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.queries import CohortFacts, cohort
from scheduling.sessions.planning_commands import (
    plan_cohort,
    plan_cohorts,
    start_cohort,
    start_cohorts,
)
from scheduling.sessions.planning_words import CohortPlan, CohortRequest
from scheduling.sessions.words import Weekday, WeeklySlot

AnyRequest = Request[Any, Any, Any]
WeekdayName = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


MOST_AT_ONCE: Final = 200


class SlotSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A weekday and a wall time in London, such as "tuesday" and "18:00:00"."""

    weekday: WeekdayName
    starts: time


class CohortSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`plan` is the hash that POST /cohorts/plan answered; without it nothing is written."""

    programme: Line
    first_day: date
    slots: list[SlotSent]
    room_id: UUID
    facilitator_ids: list[UUID]
    capacity: int
    interpreter_language: Line | None = None
    interpreter_id: UUID | None = None
    sex: Line | None = None
    plan: str = ""


class CohortsSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A season of groups that are to be started together, or not at all."""

    cohorts: Annotated[list[CohortSent], msgspec.Meta(min_length=1, max_length=MOST_AT_ONCE)]


class CohortsStarted(msgspec.Struct, frozen=True):
    """In the order in which they were sent."""

    cohort_ids: list[UUID]


@post("/cohorts/plan", status_code=200, **on(Resource.COHORTS, Verb.CREATE))
async def api_plan_cohort(request: AnyRequest, data: JSONBody[CohortSent]) -> CohortPlan:
    """Every dated session, the days left out, warnings and clashes. Writes nothing."""
    now = request.app.state.clock.now()
    return await plan_cohort(_request(data), actor=actor_of(request), now=now)


@post("/cohorts", status_code=201, **on(Resource.COHORTS, Verb.CREATE))
async def api_start_cohort(request: AnyRequest, data: JSONBody[CohortSent]) -> CohortFacts:
    """409 where the plan would be another by now, or where something is taken."""
    actor, now = actor_of(request), request.app.state.clock.now()
    cohort_id = await start_cohort(_request(data), shown=data.plan, actor=actor, now=now)
    return await cohort(actor, cohort_id)


@post("/cohorts/plan-many", status_code=200, **on(Resource.COHORTS, Verb.CREATE))
async def api_plan_cohorts(request: AnyRequest, data: JSONBody[CohortsSent]) -> list[CohortPlan]:
    """The plan of each, in the order in which they were sent. Writes nothing."""
    now = request.app.state.clock.now()
    asked = [_request(one) for one in data.cohorts]
    return await plan_cohorts(asked, actor=actor_of(request), now=now)


@post("/cohorts/many", status_code=201, **on(Resource.COHORTS, Verb.CREATE))
async def api_start_cohorts(request: AnyRequest, data: JSONBody[CohortsSent]) -> CohortsStarted:
    """All of them, each as its plan was shown, or none: 409 as for one, 422 where two of them want
    the same room or person at one time."""
    now = request.app.state.clock.now()
    asked = [(_request(one), one.plan) for one in data.cohorts]
    return CohortsStarted([*await start_cohorts(asked, actor=actor_of(request), now=now)])


def _request(sent: CohortSent) -> CohortRequest:
    return CohortRequest(
        programme=sent.programme,
        first_day=sent.first_day,
        slots=tuple(
            sorted(WeeklySlot(Weekday[one.weekday.upper()], one.starts) for one in sent.slots)
        ),
        room_id=sent.room_id,
        facilitator_ids=tuple(sent.facilitator_ids),
        capacity=sent.capacity,
        interpreter_language=sent.interpreter_language,
        interpreter_id=sent.interpreter_id,
        sex=sent.sex,
    )
