"""Safety notices: those in force about one's own people, and those that wait for release."""

from datetime import datetime

from app import present
from app.labels import label, tag
from app.web.components import Task
from outcomes.notices.queries import READ_NOTICES, own_notices
from outcomes.notices.words import EFFECTS
from outcomes.survivors.notice_queries import RELEASE_NOTICE, notices_to_decide
from outcomes.survivors.words import RequestStatus
from programmes.common.db import Side
from programmes.common.permissions import may
from programmes.common.staff import Actor


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if actor.side is Side.SURVIVOR:
        return await _to_release(actor, now) if may(actor, RELEASE_NOTICE) else []
    if not may(actor, READ_NOTICES):
        return []
    return [
        Task(
            text=f"{label(one.code)}: {one.name}",
            href=f"/people/{one.person_id}/notices",
            tag=tag(one.code),
            hint=EFFECTS[one.code],
        )
        for one in await own_notices(actor, now=now)
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
