"""The jobs of outcomes."""

from datetime import datetime, timedelta

import asyncpg

from outcomes.notices.commands import receive_notice
from outcomes.reactions import look_for_tasks, react
from outcomes.survivors.notice_commands import mark_sent
from outcomes.survivors.notice_queries import notices_due
from outcomes.survivors.veto_commands import hand_vetoes_over
from programmes.common.db import Side
from programmes.common.jobs import Done, Job, Open
from programmes.common.staff import Actor


async def _react(actor: Actor, now: datetime, open_as: Open) -> Done:
    return await react(actor, now=now)


async def _look_for_tasks(actor: Actor, now: datetime, open_as: Open) -> Done:
    return await look_for_tasks(actor, now=now)


async def _send_notices(actor: Actor, now: datetime, open_as: Open) -> Done:
    """Each crosses in a transaction of its own; one that did already crosses again unnoticed."""
    done = failed = 0
    for one in await notices_due(now):
        assert one.notice_id is not None
        assert one.show_from_at is not None
        try:
            async with open_as("work_bridge_writer"):
                await receive_notice(
                    one.notice_id, one.person_id, one.code, shown_from_at=one.show_from_at
                )
        except asyncpg.PostgresError:
            failed += 1
            continue
        await mark_sent(one.id, now)
        done += 1
    return Done(done, failed)


JOBS = (
    Job(
        name="send-notices",
        side=Side.SURVIVOR,
        every=timedelta(minutes=1),
        grace=timedelta(hours=24),
        run=_send_notices,
    ),
    Job(
        name="hand-vetoes-over",
        side=Side.SURVIVOR,
        every=timedelta(minutes=10),
        grace=timedelta(hours=24),
        run=hand_vetoes_over,
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
