"""Releases on their way for managers; the latest published one for whoever only reads them."""

from datetime import datetime

from app.labels import tag
from app.web.components import Tag, Task
from outcomes.releases.commands import PREPARE
from outcomes.releases.queries import newest_published, waiting_releases
from outcomes.releases.words import ReleaseFacts, ReleaseStatus
from programmes.common.permissions import may
from programmes.common.staff import Actor, Role


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if actor.role is Role.BOARD:
        latest = await newest_published()
        return [_to_read(latest)] if latest else []
    if not may(actor, PREPARE):
        return []
    return [
        _waiting(one) for one in await waiting_releases() if one.prepared_by != actor.account_id
    ]


def _to_read(latest: ReleaseFacts) -> Task:
    return Task(
        text=f"Read the figures for {latest.title}",
        href=f"/releases/{latest.id}",
        tag=Tag("Published", "green"),
        hint="Ten minutes: six questions, then every table.",
    )


def _waiting(one: ReleaseFacts) -> Task:
    is_proposed = one.status is ReleaseStatus.PROPOSED
    return Task(
        text=f"{'Publish' if is_proposed else 'Read and propose'} the figures for {one.title}",
        href=f"/releases/{one.id}",
        tag=tag(one.status),
        hint="Proposed by another manager." if is_proposed else "",
    )
