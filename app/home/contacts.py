"""Contacts with referrers that are owed."""

from datetime import datetime

from app import present
from app.web.components import Tag, Task
from outcomes.statements.referrer_queries import referrer_contacts
from programmes.common.permissions import may
from programmes.common.staff import Actor, Role
from programmes.contacts.commands import RECORD_CONTACT


async def needs(actor: Actor, now: datetime) -> list[Task]:
    """For those who run the groups."""
    if actor.role not in (Role.FACILITATOR, Role.MANAGER) or not may(actor, RECORD_CONTACT):
        return []
    missing = sum(one.missing for one in await referrer_contacts(actor))
    if not missing:
        return []
    return [
        Task(
            text=f"Make {present.count(missing, 'contact')} with referrers",
            href="/referrer-contacts",
            tag=Tag("Owed", "yellow"),
        )
    ]
