"""A worker asks for a message to her, or says what becomes of one that did not go."""

from datetime import datetime
from uuid import UUID

from outcomes.messages.words import MessageState
from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.message_queries import TO_SETTLE, way_to
from outcomes.survivors.message_rules import GOES_WITHIN
from outcomes.survivors.queries import open_survivor
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.support_tables import HerMessage
from outcomes.survivors.words import Channel
from programmes.common.audit import begin
from programmes.common.db import Row, execute, fetch_one, insert
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor


async def ask_for_message(
    survivor_id: UUID, *, sealing: Sealing, actor: Actor, now: datetime
) -> UUID:
    """It goes in the next of her safe hours. Raises Refused with every reason why none may go,
    and where one is on its way already."""
    await begin(actor, CHANGE_SURVIVOR, "ask-for-message")
    channel = await _channel(survivor_id, sealing, actor, now)
    await _refuse_a_second(survivor_id)
    message_id = new_id(now)
    await insert(
        HerMessage,
        id=message_id,
        survivor_id=survivor_id,
        channel=channel,
        asked_at=now,
        asked_by=actor.account_id,
        expires_at=now + GOES_WITHIN,
        state=MessageState.WAITING,
    )
    return message_id


async def send_to_her_again(
    message_id: UUID, *, version: int, sealing: Sealing, actor: Actor, now: datetime
) -> UUID:
    """Only a person says so, though it may reach her twice. Answers whose it is.

    All that is asked of a new message is asked again.
    """
    await begin(actor, CHANGE_SURVIVOR, "send-her-message-again")
    row = await _to_settle(message_id, version, TO_SETTLE)
    channel = await _channel(row["survivor_id"], sealing, actor, now)
    await _refuse_a_second(row["survivor_id"])
    await execute(
        "UPDATE her_message SET state = 'waiting', channel = $2, asked = attempts + 1, "
        "expires_at = $3, trouble = NULL, settled_at = $4, settled_by = $5, "
        "version = version + 1 WHERE id = $1",
        message_id,
        channel,
        now + GOES_WITHIN,
        now,
        actor.account_id,
    )
    survivor_id: UUID = row["survivor_id"]
    return survivor_id


async def leave_her_message(message_id: UUID, *, version: int, actor: Actor, now: datetime) -> UUID:
    """It does not go, or not again: one that waits is taken back. Answers whose it is."""
    await begin(actor, CHANGE_SURVIVOR, "leave-her-message")
    row = await _to_settle(message_id, version, (*TO_SETTLE, MessageState.WAITING))
    await execute(
        "UPDATE her_message SET state = 'cancelled', settled_at = $2, settled_by = $3, "
        "version = version + 1 WHERE id = $1",
        message_id,
        now,
        actor.account_id,
    )
    survivor_id: UUID = row["survivor_id"]
    return survivor_id


async def _to_settle(message_id: UUID, version: int, states: tuple[MessageState, ...]) -> Row:
    row = await fetch_one(
        "SELECT survivor_id, state, version FROM her_message WHERE id = $1 "
        "AND survivor_id IN (SELECT auth.own_survivors()) FOR UPDATE",
        message_id,
    )
    if row is None:
        raise NotFound
    if row["version"] != version:
        raise Conflict(
            "This message has changed meanwhile.", current={"version": str(row["version"])}
        )
    if row["state"] not in states:
        raise Refused("This message is under way or over: there is nothing to settle.")
    return row


async def _channel(survivor_id: UUID, sealing: Sealing, actor: Actor, now: datetime) -> Channel:
    one = await open_survivor(actor, survivor_id, sealing=sealing)
    way = await way_to(actor, one, now=now)
    if way.reasons or way.details is None or way.details.channel is None:
        raise Refused(*way.reasons)
    return way.details.channel


async def _refuse_a_second(survivor_id: UUID) -> None:
    await execute("SELECT FROM survivor WHERE id = $1 FOR UPDATE", survivor_id)
    row = await fetch_one(
        "SELECT FROM her_message WHERE survivor_id = $1 AND state IN ('waiting', 'sending') "
        "LIMIT 1",
        survivor_id,
    )
    if row is not None:
        raise Refused("A message to them is on its way already.")
