"""Safety notices: those in force about one's own people, and those that wait for release."""

from datetime import datetime

from app import present
from app.labels import label, tag
from app.web.components import Tag, Task
from outcomes.notices.commands import RAISE_NOTICE
from outcomes.notices.queries import READ_NOTICES, own_notices
from outcomes.notices.rules import ENDS_SOON, IN_FORCE
from outcomes.notices.words import EFFECTS
from outcomes.survivors.notice_queries import (
    CREATE_NOTICE,
    RELEASE_NOTICE,
    notices_ending,
    notices_to_decide,
)
from outcomes.survivors.words import RequestStatus
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.permissions import may
from programmes.common.staff import Actor

_AGAIN = "raise it again if staff must still act."


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if actor.side is Side.SURVIVOR:
        return await _of_her_side(actor, now)
    if not may(actor, READ_NOTICES):
        return []
    return [
        Task(
            text=f"{label(one.code)}: {one.name}",
            href=f"/people/{one.person_id}/notices",
            tag=tag(one.code),
            hint=f"{EFFECTS[one.code]}{said_of_its_end(one.ends_at, actor, now)}",
        )
        for one in await own_notices(actor, now=now)
    ]


def said_of_its_end(ends_at: datetime, actor: Actor, now: datetime) -> str:
    """Of every notice, to whoever may raise one: were only her worker asked, one that goes on
    without a gap would be hers."""
    if ends_at - now > ENDS_SOON or not may(actor, RAISE_NOTICE):
        return ""
    return f" Ends on {present.long_date(london_date(ends_at))}: {_AGAIN}"


async def _of_her_side(actor: Actor, now: datetime) -> list[Task]:
    """What waits for its second person, or for whoever raised it to raise it again."""
    if may(actor, RELEASE_NOTICE):
        return await _to_release(actor, now)
    return await _ending(actor, now) if may(actor, CREATE_NOTICE) else []


async def _ending(actor: Actor, now: datetime) -> list[Task]:
    return [
        Task(
            text=f"{label(one.code)}: the notice for {one.reference} ends",
            href=f"/survivors/{one.survivor_id}/notices",
            tag=Tag("Ends soon", "orange"),
            hint=f"On {present.long_date(london_date(one.show_from_at + IN_FORCE))}: {_AGAIN}",
        )
        for one in await notices_ending(actor, now=now)
    ]


async def _to_release(actor: Actor, now: datetime) -> list[Task]:
    return [
        Task(
            text=f"{label(one.code)}{', urgent' if one.is_urgent else ''}",
            href="/notice-requests",
            tag=tag(one.status),
            hint=f"Raised {present.duration(now - one.raised_at)} ago. "
            + ("Release it or not." if one.status is RequestStatus.WAITING else "Review it."),
        )
        for one in await notices_to_decide(actor)
    ]
