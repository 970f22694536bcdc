"""What auditors look at first: what was refused, and what left the service, in the last week."""

from datetime import datetime, timedelta

from app import present
from app.web.components import Tag, Task
from programmes.common.audit_queries import counted_since
from programmes.common.staff import Actor, Role

LOOKS_BACK = timedelta(days=7)
_WORDS = {
    "disclose": ("Look at what was given out", "Statements, exports and answers to requests."),
    "refuse": ("Look at what was refused", "Somebody asked for what they may not do or see."),
}


async def needs(actor: Actor, now: datetime) -> list[Task]:
    """For nobody else: their own tasks come before the trail."""
    if actor.role is not Role.AUDITOR:
        return []
    counts = await counted_since(actor, now - LOOKS_BACK)
    return [
        Task(
            text=f"{text}: {present.count(counts[operation], 'time')} in seven days",
            href=f"/audit?operation={operation}",
            tag=Tag("To read"),
            hint=hint,
        )
        for operation, (text, hint) in _WORDS.items()
        if counts.get(operation)
    ]
