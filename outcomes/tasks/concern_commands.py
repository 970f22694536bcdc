"""Answering a worry from a session, and with it the task that it raised."""

from datetime import datetime
from uuid import UUID

from outcomes.tasks.commands import finish_tasks_about
from outcomes.tasks.words import TaskKind
from programmes.common.staff import Actor
from scheduling.attendance.evening_commands import answer_concern


async def answer_concern_and_task(
    concern_id: UUID, answer: str, *, actor: Actor, now: datetime
) -> None:
    """Raises as `answer_concern` does."""
    await answer_concern(concern_id, answer, actor=actor, now=now)
    await finish_tasks_about(
        concern_id, TaskKind.ANSWER_CONCERN, note=answer.strip(), actor=actor, now=now
    )
