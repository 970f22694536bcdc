"""How the scheduled jobs of one side ran."""

from datetime import datetime

from msgspec import Struct

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_STATUS = Permission(Resource.USERS, Verb.READ)


class LastRun(Struct, frozen=True):
    """The last run of one job, and how many of the runs since `since` did not go well."""

    job: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    done: int
    failed: int
    runs: int
    bad_runs: int


async def last_runs(actor: Actor, *, since: datetime) -> list[LastRun]:
    must(actor, READ_STATUS)
    return await fetch_as(
        LastRun,
        """
        SELECT DISTINCT ON (job) job, started_at, ended_at, outcome, done, failed,
               (count(*) OVER each_job)::int AS runs,
               (count(*) FILTER (WHERE outcome IN ('failed', 'partly failed'))
                OVER each_job)::int AS bad_runs
        FROM job_run WHERE started_at > $1
        WINDOW each_job AS (PARTITION BY job)
        ORDER BY job, started_at DESC
        """,
        since,
    )
