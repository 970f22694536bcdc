"""The survivor side's own sender: run by the process that alone can open how to reach her."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from app.jobs import Opening
from app.operator import Acting, operator_sign_in
from app.outbox.senders import senders_of
from app.outbox.worker import running_from
from app.safekeeping.sealing import SurvivorSealing
from outcomes.messages.rules import LEASE
from outcomes.messages.sending_commands import Sender
from outcomes.messages.words import Channel, MessageState
from outcomes.survivors.message_rules import WAYS_OUT
from outcomes.survivors.message_sending_commands import (
    claim_for_her,
    deliver_to_her,
    messages_waiting,
    sweep_her_messages,
)
from outcomes.survivors.sealing import Sealing
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.jobs import Done, Job, Open
from programmes.common.staff import Actor

log = logging.getLogger("waymark")


async def send_to_survivors(
    acting: Acting,
    senders: Mapping[Channel, Sender],
    now: Callable[[], datetime],
    *,
    sealing: Sealing,
    lease: timedelta = LEASE,
) -> Done:
    """Everything that may go now, once each. What did not go, or may not have, counts as failed."""
    worker = new_id(now())
    channels = [hers for hers, out in WAYS_OUT.items() if out in senders]
    async with acting("sweep-her-messages") as actor:
        await sweep_her_messages(actor=actor, now=now())
    async with acting("look-for-her-messages") as actor:
        waiting = await messages_waiting(channels, actor=actor)
    done = failed = 0
    for message_id in waiting:
        try:
            state = await _send_one(
                acting,
                senders,
                now,
                message_id=message_id,
                worker=worker,
                sealing=sealing,
                lease=lease,
            )
        except Exception:  # it keeps its claim and is held for a person; the others go on
            log.exception("message %s could not be sent", message_id)
            state = MessageState.HELD
        done += state is MessageState.SENT
        failed += state not in (None, MessageState.SENT)
    return Done(done, failed)


async def _send_one(
    acting: Acting,
    senders: Mapping[Channel, Sender],
    now: Callable[[], datetime],
    *,
    message_id: UUID,
    worker: UUID,
    sealing: Sealing,
    lease: timedelta,
) -> MessageState | None:
    async with acting("claim-her-message") as actor:
        one = await claim_for_her(
            message_id, worker, sealing=sealing, actor=actor, now=now(), lease=lease
        )
    if one is None:
        return None
    sender = senders[WAYS_OUT[one.channel]]
    async with acting("send-her-message") as actor:
        return await deliver_to_her(one, worker, sender, sealing=sealing, actor=actor, now=now())


async def _send(actor: Actor, now: datetime, open_as: Open) -> Done:
    assert isinstance(open_as, Opening)
    settings = open_as.databases.settings
    senders = senders_of(settings, folder="survivor-outbox")
    async with operator_sign_in(open_as.databases, Side.SURVIVOR, now=now) as acting:
        return await send_to_survivors(
            acting, senders, running_from(now), sealing=SurvivorSealing(settings.home)
        )


HER_OUTBOX_JOBS = (
    Job(
        name="send-her-messages",
        side=Side.SURVIVOR,
        every=timedelta(minutes=1),
        grace=timedelta(hours=6),
        run=_send,
    ),
)
