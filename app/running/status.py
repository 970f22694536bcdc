"""How the installation does, for administrators: jobs, outbox, backup, audit, clocks at risk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from app.databases import Databases
from app.job_list import JOBS
from app.operator import as_operator
from app.running.anchors import anchor_path
from app.running.backup_mark import last_backup
from programmes.common.db import Side
from programmes.common.job_queries import LastRun, last_runs
from programmes.common.staff import Actor

SINCE = timedelta(days=1)
SOON = timedelta(hours=4)
LATE_AFTER = 3
"""How many of its intervals a job may miss before it counts as late."""


class JobStatus(Struct, frozen=True):
    job: str
    every_minutes: int
    is_late: bool
    last: LastRun | None


class WorkCounts(Struct, frozen=True):
    """Counts alone: an administrator reads no order and no message."""

    clocks_overdue: int
    clocks_soon: int
    messages: dict[str, int]


class Status(Struct, frozen=True):
    """`provider` is what the sign-in page calls it; the survivor side never has one."""

    side: Side
    at: datetime
    jobs: list[JobStatus]
    backed_up_at: datetime | None
    audit_checked_at: datetime | None
    counts: WorkCounts | None
    provider: str | None = None


async def status(actor: Actor, databases: Databases, *, now: datetime) -> Status:
    settings = databases.settings
    home = settings.home
    runs = {run.job: run for run in await last_runs(actor, since=now - SINCE)}
    jobs = [
        JobStatus(
            job.name,
            int(job.every.total_seconds() // 60),
            _is_late(runs.get(job.name), job.every, now),
            runs.get(job.name),
        )
        for job in JOBS
        if job.side is actor.side
    ]
    made = last_backup(home, actor.side)
    path = anchor_path(home, actor.side)
    checked = datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None
    made_at = made.made_at if made else None
    if actor.side is not Side.WORK:
        return Status(actor.side, now, jobs, made_at, checked, None)
    counts = await _work_counts(databases, now)
    provider = settings.provider.name if settings.provider else None
    return Status(actor.side, now, jobs, made_at, checked, counts, provider)


def file_ages(home: Path, side: Side, *, now: datetime) -> dict[str, float]:
    """In seconds; what never happened is absent, so that an alarm on absence rings."""
    made, path = last_backup(home, side), anchor_path(home, side)
    ages = {}
    if made:
        ages["backup_age_seconds"] = (now - made.made_at).total_seconds()
    if path.exists():
        ages["audit_check_age_seconds"] = now.timestamp() - path.stat().st_mtime
    return ages


def _is_late(run: LastRun | None, every: timedelta, now: datetime) -> bool:
    return every < SINCE and (run is None or now - run.started_at > every * LATE_AFTER)


async def _work_counts(databases: Databases, now: datetime) -> WorkCounts:
    from outcomes.messages.queries import outbox
    from outcomes.messages.words import MessageState
    from programmes.orders.clock_queries import running_clocks

    async with as_operator(databases, Side.WORK, act="read-status", now=now) as operator:
        clocks = [row.clock for row in await running_clocks(operator, now=now)]
        messages = (await outbox(operator, state=MessageState.HELD)).counts
    return WorkCounts(
        clocks_overdue=sum(clock.due_at < now for clock in clocks),
        clocks_soon=sum(now <= clock.due_at < now + SOON for clock in clocks),
        messages={str(state): count for state, count in messages.items()},
    )
