"""Jobs leave a row a run, run twice without harm, and have one leader."""

import asyncio
from datetime import datetime, timedelta

import pytest

from app.job_list import JOBS
from app.jobs import Clockwork, run_job
from programmes.common.db import Side
from programmes.common.jobs import Done, Job, Open
from programmes.common.staff import Actor
from tests.cast import Company


async def _last_run(company: Company, job: Job) -> tuple[str, int, int]:
    async with company.owner(job.side) as connection:
        row = await connection.fetchrow(
            "SELECT outcome, done, failed FROM job_run WHERE job = $1 "
            "ORDER BY started_at DESC, id DESC LIMIT 1",
            job.name,
        )
    return row["outcome"], row["done"], row["failed"]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
async def test_every_job_runs_twice_in_a_row(company: Company, job: Job) -> None:
    for _ in range(2):
        done = await run_job(company.databases, job, now=company.clock.now())
        assert done.failed == 0
    assert (await _last_run(company, job))[0] == "done"


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_has_a_grace_longer_than_its_interval(job: Job) -> None:
    assert job.grace >= job.every > timedelta(0)


async def test_a_job_that_breaks_leaves_a_failed_row(company: Company) -> None:
    async def breaks(actor: Actor, now: datetime, open_as: Open) -> Done:
        raise RuntimeError("broken on purpose")

    hour = timedelta(hours=1)
    job = Job("breaks-on-purpose", Side.WORK, hour, hour, breaks)
    await run_job(company.databases, job, now=company.clock.now())
    assert await _last_run(company, job) == ("failed", 0, 1)


async def test_two_processes_have_one_leader_and_the_other_takes_over(company: Company) -> None:
    first = Clockwork(company.databases, company.clock, ())
    second = Clockwork(company.databases, company.clock, ())
    await first.start()
    await _until(lambda: first.leads(Side.WORK))
    await second.start()
    await asyncio.sleep(0.3)
    assert not second.leads(Side.WORK)
    await first.stop()
    await second._try_to_lead(Side.WORK)
    assert second.leads(Side.WORK)
    await second.stop()


async def _until(condition: object) -> None:
    for _ in range(100):
        if condition():  # type: ignore[operator]
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to be")
