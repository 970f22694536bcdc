"""Referrals to decide on, and people who wait for a place."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.referrals.queries import referrals, waiting_counts
from programmes.referrals.suitability_commands import DECIDE_SUITABILITY
from programmes.referrals.words import ReferralStatus


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if not may(actor, DECIDE_SUITABILITY):
        return []
    received = await referrals(actor, status=ReferralStatus.RECEIVED)
    tasks = []
    if received.total:
        tasks.append(
            Task(
                text=f"Decide on {present.count(received.total, 'new referral')}",
                href=f"/referrals?status={ReferralStatus.RECEIVED}",
                tag=Tag("New", "blue"),
            )
        )
    return tasks + [
        Task(
            text=f"{present.count(one.waiting, 'person', 'people')} waiting for {one.name}",
            href=f"/waiting-list/{one.code}",
            tag=Tag("Waiting", "yellow"),
        )
        for one in await waiting_counts(actor)
    ]
