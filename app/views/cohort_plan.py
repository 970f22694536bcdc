"""A cohort's plan between the form, the rules and the page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from app import present
from app.forms.cohorts import PLAN_COHORT, PlanCohort
from app.forms.field import Choice, Typed
from app.forms.form import Submitted
from app.forms.view import FormView
from app.labels import label
from app.web.components import Cell
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.staff import Actor
from scheduling.sessions.planning_queries import (
    interpreters,
    people_who_lead,
    programmes_to_plan,
    rooms,
)
from scheduling.sessions.planning_words import Clash, CohortPlan, CohortRequest
from scheduling.sessions.words import PlannedSession, Weekday, WeeklySlot


async def plan_choices(actor: Actor) -> Mapping[str, list[Choice]]:
    return {
        "programme": [Choice(one.code, one.name) for one in await programmes_to_plan(actor)],
        "room": [
            Choice(str(one.id), f"{one.shown_as} ({one.seats} seats)") for one in await rooms(actor)
        ],
        "facilitators": [Choice(str(one.id), one.shown_as) for one in await people_who_lead(actor)],
        "interpreter": [
            Choice(str(one.id), f"{one.name}, {one.language}") for one in await interpreters(actor)
        ],
    }


def request_of(values: PlanCohort) -> CohortRequest:
    """Raises Invalid for a second weekday without its time, or the other way about."""
    if (values.second_weekday is None) != (values.second_starts is None):
        raise Invalid({"second_starts": "Give both the second weekday and its time, or neither"})
    slots = [WeeklySlot(Weekday[values.weekday.upper()], values.starts)]
    if values.second_weekday is not None and values.second_starts is not None:
        slots.append(WeeklySlot(Weekday[values.second_weekday.upper()], values.second_starts))
    return CohortRequest(
        programme=values.programme,
        first_day=values.first_day,
        slots=tuple(sorted(slots)),
        room_id=UUID(values.room),
        facilitator_ids=tuple(UUID(one) for one in values.facilitators),
        capacity=values.capacity,
        interpreter_language=values.interpreter_language,
        interpreter_id=UUID(values.interpreter) if values.interpreter else None,
        sex=values.sex,
    )


def shown_as_typed(sent: Submitted[PlanCohort], plan: CohortPlan) -> FormView:
    """All that was asked for and the plan's hash, carried along unseen."""
    return PLAN_COHORT.filled(replace(sent.values, shown=plan.hash), sent.submission)


def typed_with_slot(typed: Typed, slot: WeeklySlot) -> Typed:
    """The same, at another weekly time."""
    others = {name: value for name, value in typed.items() if name != "shown"}
    return {
        **others,
        "weekday": (slot.weekday.name.lower(),),
        "starts": (f"{slot.starts:%H:%M}",),
    }


def slot_words(slot: WeeklySlot) -> str:
    return f"{slot.weekday.name.capitalize()}s at {present.wall_time(slot.starts)}"


def session_cells(one: PlannedSession) -> list[Any]:
    day = london_date(one.starts_at)
    return [
        f"Session {one.number}",
        present.full_date(day),
        present.time_span(one.starts_at, one.ends_at),
        f"Module {one.module}",
        label(one.kind),
    ]


def clash_cells(clash: Clash) -> list[Any]:
    wanted, taken = clash.wanted, clash.taken
    stands = f"Group {taken.cohort_reference}, session {taken.number}"
    return [
        clash.shown_as,
        Cell(
            f"This group, session {wanted.number}",
            note=f"{present.full_date(london_date(wanted.starts_at))}, "
            f"{present.time_span(wanted.starts_at, wanted.ends_at)}",
        ),
        Cell(
            stands if taken.cohort_reference else "Another session",
            note=present.time_span(taken.starts_at, taken.ends_at),
        ),
    ]
