"""One worker of the outbox: claims, sends, writes down, each in a transaction of its own."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from app.jobs import Opening
from app.operator import Acting, operator_sign_in
from app.outbox.senders import senders_of
from outcomes.messages.rules import LEASE
from outcomes.messages.sending_commands import Sender, claim, deliver, sweep
from outcomes.messages.words import Channel, MessageState
from outcomes.messages.writing_commands import write_messages
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.jobs import Done, Job, Open
from programmes.common.staff import Actor

AT_ONCE = 500


async def send_all(
    acting: Acting,
    senders: Mapping[Channel, Sender],
    now: Callable[[], datetime],
    *,
    most: int = AT_ONCE,
    lease: timedelta = LEASE,
) -> Done:
    """Until nothing may go now, or `most` were tried. What may have gone counts as failed."""
    worker = new_id(now())
    async with acting("sweep-outbox") as actor:
        await sweep(actor=actor, now=now())
    done = failed = 0
    while done + failed < most:
        state = await _send_one(acting, senders, now, worker=worker, lease=lease)
        if state is None:
            break
        done += state == MessageState.SENT
        failed += state != MessageState.SENT
    return Done(done, failed)


def running_from(start: datetime) -> Callable[[], datetime]:
    """A clock that began at this instant: a lease is reckoned from when it was taken."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    return lambda: start + timedelta(seconds=loop.time() - began)


async def _send_one(
    acting: Acting,
    senders: Mapping[Channel, Sender],
    now: Callable[[], datetime],
    *,
    worker: UUID,
    lease: timedelta,
) -> str | None:
    async with acting("claim-message") as actor:
        one = await claim(worker, list(senders), actor=actor, now=now(), lease=lease)
    if one is None:
        return None
    async with acting("send-message") as actor:
        return await deliver(one, worker, senders[one.channel], actor=actor, now=now())


async def _write(actor: Actor, now: datetime, open_as: Open) -> Done:
    return Done(await write_messages(actor=actor, now=now))


async def _send(actor: Actor, now: datetime, open_as: Open) -> Done:
    assert isinstance(open_as, Opening)
    senders = senders_of(open_as.databases.settings)
    async with operator_sign_in(open_as.databases, Side.WORK, now=now) as acting:
        tried = await send_all(acting, senders, running_from(now))
    return Done(tried.done)


OUTBOX_JOBS = (
    Job(
        name="write-messages",
        side=Side.WORK,
        every=timedelta(minutes=5),
        grace=timedelta(hours=6),
        run=_write,
    ),
    Job(
        name="send-messages",
        side=Side.WORK,
        every=timedelta(minutes=1),
        grace=timedelta(hours=6),
        run=_send,
    ),
)
