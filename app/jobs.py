"""The clockwork: one leader a side runs every due job, and leaves a row for each run."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from app.databases import Databases, direct_address
from app.operator import as_operator
from programmes.common.clock import Clock
from programmes.common.db import Side, execute, insert
from programmes.common.ids import new_id
from programmes.common.jobs import Done, Job
from programmes.common.security.policies import Logins
from programmes.common.tables import JobRun

LEADER_LOCK = 7002
LEADER_CHECK = timedelta(seconds=5)
log = logging.getLogger("waymark")


@dataclass(frozen=True)
class Opening:
    """Opens transactions for a running job, as a login; and knows the installation it runs in."""

    databases: Databases

    def __call__(self, login: str) -> AbstractAsyncContextManager[Any]:
        return self.databases.transaction(login)


async def run_job(databases: Databases, job: Job, *, now: datetime) -> Done:
    """One run, with its row; a failure of the whole is a row as well."""
    run_id = new_id(now)
    async with as_operator(databases, job.side, act=f"job-{job.name}", now=now):
        await insert(JobRun, id=run_id, job=job.name, started_at=now, outcome="running")
    try:
        async with as_operator(databases, job.side, act=f"job-{job.name}", now=now) as actor:
            done = await job.run(actor, now, Opening(databases))
    except Exception:
        log.exception("job %s failed", job.name)
        done = Done(failed=1)
    async with as_operator(databases, job.side, act=f"job-{job.name}", now=now):
        await execute(
            "UPDATE job_run SET ended_at = $2, done = $3, failed = $4, outcome = $5 WHERE id = $1",
            run_id,
            now,
            done.done,
            done.failed,
            done.outcome,
        )
    return done


class Clockwork:
    """APScheduler with its store in memory, running only where this process holds the lock.

    The lock is a PostgreSQL advisory lock on a connection of its own: when the process or the
    connection dies, the server frees it and another process takes over.
    """

    def __init__(self, databases: Databases, clock: Clock, jobs: Sequence[Job]) -> None:
        self.databases = databases
        self.clock = clock
        self.jobs = jobs
        self.scheduler: Any = None
        self._leading: dict[Side, Any] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        for side in self.databases.sides:
            self._tasks.append(asyncio.create_task(self._stand_for_leader(side)))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.scheduler is not None:
            self.scheduler.shutdown(wait=False)
        for connection in self._leading.values():
            await connection.close(timeout=2)

    def leads(self, side: Side) -> bool:
        connection = self._leading.get(side)
        return connection is not None and not connection.is_closed()

    async def _stand_for_leader(self, side: Side) -> None:
        while True:
            try:
                if not self.leads(side):
                    self._stand_down(side)
                    await self._try_to_lead(side)
            except Exception:  # a fault here must not end the clockwork without a word
                log.exception("standing for leader failed")
            await asyncio.sleep(LEADER_CHECK.total_seconds())

    async def _try_to_lead(self, side: Side) -> None:
        settings, server = self.databases.settings, self.databases.server
        try:
            connection = await asyncpg.connect(direct_address(settings, server, Logins(side).web))
        except (OSError, asyncpg.PostgresError):
            return
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LEADER_LOCK):
            await connection.close()
            return
        self._leading[side] = connection
        self._start_scheduler()
        for job in self.jobs:
            if job.side is side:
                self._schedule(job)

    def _start_scheduler(self) -> None:
        """Loaded only where this process leads, and after the service answers."""
        if self.scheduler is None:
            from apscheduler.schedulers.asyncio import AsyncIOScheduler

            self.scheduler = AsyncIOScheduler(timezone="UTC")
            self.scheduler.start()

    def _schedule(self, job: Job) -> None:
        self.scheduler.add_job(
            self._run,
            "interval",
            seconds=job.every.total_seconds(),
            args=[job],
            id=job.name,
            misfire_grace_time=int(job.grace.total_seconds()),
            coalesce=True,
            max_instances=1,
            replace_existing=True,
            next_run_time=self.clock.now() + timedelta(seconds=2),
        )

    def _stand_down(self, side: Side) -> None:
        self._leading.pop(side, None)
        if self.scheduler is None:
            return
        for job in self.jobs:
            if job.side is side and self.scheduler.get_job(job.name):
                self.scheduler.remove_job(job.name)

    async def _run(self, job: Job) -> None:
        if self.leads(job.side):
            await run_job(self.databases, job, now=self.clock.now())
