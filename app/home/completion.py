"""Groups that are over, in which somebody's completion is not decided yet."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from outcomes.completion.commands import DECIDE_COMPLETION
from outcomes.completion.queries import UndecidedPlace, undecided_places
from programmes.common.permissions import may
from programmes.common.staff import Actor


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not may(actor, DECIDE_COMPLETION):
        return []
    by_group: dict[str, list[UndecidedPlace]] = {}
    for one in await undecided_places(actor):
        by_group.setdefault(one.cohort_reference, []).append(one)
    return [_task(reference, found) for reference, found in by_group.items()]


def _task(reference: str, found: list[UndecidedPlace]) -> Task:
    is_one = len(found) == 1
    return Task(
        text=f"Decide who completed: {present.count(len(found), 'person', 'people')} "
        f"in group {reference}",
        href=f"/places/{found[0].enrolment_id}/completion"
        if is_one
        else f"/cohorts/{found[0].cohort_id}",
        tag=Tag("To decide", "yellow"),
        hint=f"The group ended on {present.full_date(found[0].last_on)}.",
    )
