"""For administrators: that nobody has backed this side up, or not lately."""

from datetime import datetime
from pathlib import Path

from app import present
from app.running.backup_mark import last_backup
from app.running.check_home import OLDEST_BACKUP
from app.web.components import Tag, Task
from programmes.common.job_queries import READ_STATUS
from programmes.common.permissions import may
from programmes.common.staff import Actor


def needs_of_machine(actor: Actor, home: Path, now: datetime) -> list[Task]:
    if not may(actor, READ_STATUS):
        return []
    made = last_backup(home, actor.side)
    if made and now - made.made_at <= OLDEST_BACKUP:
        return []
    when = present.date_and_time(made.made_at) if made else "never"
    return [
        Task(
            text=f"Last backup: {when}",
            href="/status",
            tag=Tag("Too long ago" if made else "Look at it", "red"),
            hint="One is due each night: python3 run.py backup.",
        )
    ]
