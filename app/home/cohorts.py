"""Groups that need somebody: too few people before they begin, nobody to lead them."""

from datetime import datetime, timedelta

from app import present
from app.web.components import Tag, Task
from programmes.catalogue.queries import version as programme_version
from programmes.common.clock import london_date
from programmes.common.permissions import may
from programmes.common.staff import Actor, Role
from scheduling.cohorts.queries import CohortFacts, cohort, cohorts
from scheduling.cohorts.words import CohortStatus
from scheduling.sessions.planning_commands import PLAN_COHORTS

BEGINS_SOON = timedelta(days=28)


async def needs(actor: Actor, now: datetime) -> list[Task]:
    """For whoever plans: each group to come that lacks people or staff."""
    if actor.role not in (Role.MANAGER, Role.CARA_COORDINATOR) or not may(actor, PLAN_COHORTS):
        return []
    today = london_date(now)
    tasks = []
    for row in await cohorts(actor, running_on=today):
        if row.status is CohortStatus.PLANNED and row.first_on <= today + BEGINS_SOON:
            found = await cohort(actor, row.id)
            least = (await programme_version(found.programme_version_id)).rules.size.least
            tasks += _tasks(found, least, now)
    return tasks


def _tasks(found: CohortFacts, least: int, now: datetime) -> list[Task]:
    tasks = []
    begins = present.days_from_today(found.first_on, london_date(now))
    if found.taken < least:
        tasks.append(
            Task(
                text=f"Find people for group {found.reference}, which begins {begins}",
                href=f"/waiting-list/{found.programme_code}",
                tag=Tag("Too few", "orange"),
                hint=f"{found.taken} of at least {least} have a place. {found.programme_name}.",
            )
        )
    if not found.staff:
        tasks.append(
            Task(
                text=f"Nobody leads group {found.reference}, which begins {begins}",
                href=f"/cohorts/{found.id}/change",
                tag=Tag("No facilitator", "red"),
                hint=found.programme_name,
            )
        )
    return tasks
