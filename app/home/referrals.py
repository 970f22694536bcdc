"""Referrals to decide on, and people who wait for a place."""

from datetime import datetime

from app import present
from app.web.components import Alike, Tag, Task
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.referrals.queries import WaitingCount, referrals, waiting_counts
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
            text=f"Waiting for {(waits := _waits(one))}",
            href=f"/waiting-list/{one.code}",
            tag=Tag("Waiting", "yellow"),
            alike=Alike("waiting lists", waits),
        )
        for one in await waiting_counts(actor)
    ]


def _waits(one: WaitingCount) -> str:
    return f"{one.name}: {present.count(one.waiting, 'person', 'people')}"
