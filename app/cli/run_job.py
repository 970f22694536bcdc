"""Run one scheduled job now."""

import argparse
import asyncio
import sys

from app.job_list import JOBS
from app.jobs import run_job
from app.opening import opened_home
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.jobs import Done, Job

SUMMARY = "Run one scheduled job now, and say what it came to"
_BY_NAME = {job.name: job for job in JOBS}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=sorted(_BY_NAME))


def run(args: argparse.Namespace, settings: Settings) -> int:
    done = asyncio.run(_run(_BY_NAME[args.name], settings))
    print(f"{args.name}: {done.outcome}, {done.done} done, {done.failed} failed", file=sys.stderr)
    return 1 if done.failed else 0


async def _run(job: Job, settings: Settings) -> Done:
    async with opened_home(settings, (job.side,)) as databases:
        return await run_job(databases, job, now=SystemClock().now())
