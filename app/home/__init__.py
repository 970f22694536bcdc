"""Home: what needs each person now, gathered noun by noun.

Each module here has `async def needs(actor, now) -> list[Task]`, which answers an empty list for a
role that it has nothing for.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from app.home import (
    access,
    arrivals,
    attendance,
    audit,
    cohorts,
    completion,
    concerns,
    contacts,
    corrections,
    emergencies,
    messages,
    missing,
    notices,
    orders,
    referrals,
    registers,
    releases,
    tasks,
    tokens,
)
from app.home.together import together
from app.web.components import Task
from programmes.common.staff import Actor

Needs = Callable[[Actor, datetime], Awaitable[list[Task]]]

NEEDS: tuple[Needs, ...] = (
    emergencies.needs,
    notices.needs,
    concerns.needs,
    registers.needs,
    arrivals.needs,
    missing.needs,
    tasks.needs,
    contacts.needs,
    corrections.needs,
    orders.needs,
    cohorts.needs,
    completion.needs,
    referrals.needs,
    attendance.needs,
    releases.needs,
    access.needs,
    tokens.needs,
    messages.needs,
    audit.needs,
)
"""In the order in which they stand on the page: the most urgent noun first."""


async def needs_of(actor: Actor, now: datetime) -> list[Task]:
    found: list[Task] = []
    for needs in NEEDS:
        found += await needs(actor, now)
    return together(found)
