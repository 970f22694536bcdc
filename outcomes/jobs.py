"""The jobs of outcomes."""

from datetime import datetime, timedelta

from outcomes.completion.commands import notice_lost
from outcomes.notices.commands import show_notices
from outcomes.reactions import look_for_tasks, react
from outcomes.subject_access.commands import compose_access
from outcomes.survivors.notice_commands import hand_notices_over
from outcomes.survivors.veto_commands import hand_vetoes_over
from programmes.common.db import Side
from programmes.common.jobs import Done, Job, Open
from programmes.common.staff import Actor


async def _react(actor: Actor, now: datetime, open_as: Open) -> Done:
    return await react(actor, now=now)


async def _look_for_tasks(actor: Actor, now: datetime, open_as: Open) -> Done:
    return await look_for_tasks(actor, now=now)


async def _notice_lost(actor: Actor, now: datetime, open_as: Open) -> Done:
    return Done(await notice_lost(actor=actor, now=now))


JOBS = (
    Job(
        name="send-notices",
        side=Side.SURVIVOR,
        every=timedelta(minutes=1),
        grace=timedelta(hours=24),
        run=hand_notices_over,
    ),
    Job(
        name="show-notices",
        side=Side.WORK,
        every=timedelta(minutes=1),
        grace=timedelta(hours=24),
        run=show_notices,
    ),
    Job(
        name="compose-access",
        side=Side.WORK,
        every=timedelta(minutes=15),
        grace=timedelta(hours=24),
        run=compose_access,
    ),
    Job(
        name="hand-vetoes-over",
        side=Side.SURVIVOR,
        every=timedelta(minutes=10),
        grace=timedelta(hours=24),
        run=hand_vetoes_over,
    ),
    Job(
        name="notice-who-cannot-finish",
        side=Side.WORK,
        every=timedelta(hours=1),
        grace=timedelta(hours=24),
        run=_notice_lost,
    ),
    Job(
        name="react-to-facts",
        side=Side.WORK,
        every=timedelta(minutes=1),
        grace=timedelta(hours=24),
        run=_react,
    ),
    Job(
        name="look-for-tasks",
        side=Side.WORK,
        every=timedelta(minutes=15),
        grace=timedelta(hours=24),
        run=_look_for_tasks,
    ),
)
