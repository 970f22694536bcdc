"""The jobs of cohorts and sessions."""

from datetime import datetime, timedelta

from programmes.common.db import Side
from programmes.common.jobs import Done, Job, Open
from programmes.common.staff import Actor
from scheduling.cohorts.commands import begin_and_finish_cohorts


async def _begin_and_finish(actor: Actor, now: datetime, open_as: Open) -> Done:
    return Done(await begin_and_finish_cohorts(actor=actor, now=now))


JOBS = (
    Job(
        name="begin-and-finish-cohorts",
        side=Side.WORK,
        every=timedelta(minutes=15),
        grace=timedelta(hours=6),
        run=_begin_and_finish,
    ),
)
