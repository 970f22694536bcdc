"""Requests for what is held about somebody: to read, to release as the second, to clear."""

from datetime import datetime
from typing import Any

from litestar import Request

from app import present
from app.pages.clearances import to_clear
from app.web.components import Tag, Task
from app.web.guard import actor_of
from outcomes.subject_access.clearance_queries import CLEAR
from outcomes.subject_access.queries import PREPARE, access_requests
from outcomes.subject_access.rules import answer_by
from outcomes.subject_access.words import AccessRow, AccessStatus
from programmes.common.db import Side
from programmes.common.permissions import may
from programmes.common.staff import Actor


async def needs(actor: Actor, now: datetime) -> list[Task]:
    """For managers: what is to be read first, and what another has read and waits for a second."""
    if actor.side is not Side.WORK or not may(actor, PREPARE):
        return []
    found = await access_requests(actor)
    return [task for one in found if (task := _task(one, actor)) is not None]


def _task(one: AccessRow, actor: Actor) -> Task | None:
    if one.status is AccessStatus.READING:
        text, tag = "Read what was gathered for", Tag("To read", "yellow")
    elif one.status is AccessStatus.READY and one.prepared_by != actor.account_id:
        text, tag = "Release what is held about", Tag("Second person", "purple")
    else:
        return None
    return Task(
        text=f"{text} {one.person_name}",
        href=f"/access-requests/{one.id}",
        tag=tag,
        hint=f"To be answered by {present.full_date(answer_by(one.asked_on))}.",
    )


async def clearance_needs(request: Request[Any, Any, Any]) -> list[Task]:
    """For the survivor service's lead: each bundle that nobody on this side has read yet."""
    actor = actor_of(request)
    if actor.side is not Side.SURVIVOR or not may(actor, CLEAR):
        return []
    return [
        Task(
            text=f"Read a bundle before it goes out: {one.person_name}",
            href=f"/clearances/{one.id}",
            tag=Tag("To read", "yellow"),
            hint=f"It goes on at {present.date_and_time(one.due_at)}.",
        )
        for one in await to_clear(request)
        if not one.is_cleared
    ]
