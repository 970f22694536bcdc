"""Ways to reach a participant, how staff are told, and messages that a person has to settle."""

import re
from datetime import datetime
from uuid import UUID

import msgspec

from outcomes.messages.address_rules import why_no_address, without_spaces
from outcomes.messages.tables import ContactPoint
from outcomes.messages.words import Channel, MessageState, Telling
from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import person

WRITE_CONTACT_POINT = Permission(Resource.PERSON, Verb.WRITE)
WRITE_TELLING = Permission(Resource.TASK, Verb.WRITE)
SETTLE = Permission(Resource.OUTBOX, Verb.WRITE)
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


class NewContactPoint(msgspec.Struct, frozen=True, kw_only=True):
    """He said so himself, to whoever enters it; the hours are London's."""

    channel: Channel
    address: str
    safe_from: str = "09:00"
    safe_until: str = "20:00"


async def add_contact_point(
    person_id: UUID, new: NewContactPoint, *, actor: Actor, now: datetime
) -> None:
    """Raises Invalid for an address that cannot be one, Refused where it stands already."""
    await begin(actor, WRITE_CONTACT_POINT, "add-contact-point")
    await person(actor, person_id)
    address = without_spaces(new.channel, new.address)
    problems = reasons_no_contact_point(new, address)
    if problems:
        raise Invalid(problems)
    if await fetch_value(
        "SELECT 1 FROM contact_point WHERE person_id = $1 AND address = $2 "
        "AND withdrawn_at IS NULL",
        person_id,
        address,
    ):
        raise Refused("This is on record already, with consent.")
    await insert(
        ContactPoint,
        id=new_id(now),
        person_id=person_id,
        channel=new.channel,
        address=address,
        safe_from=new.safe_from,
        safe_until=new.safe_until,
        consented_at=now,
        consented_to=actor.account_id,
    )


def reasons_no_contact_point(new: NewContactPoint, address: str) -> dict[str, str]:
    """Every reason against it, by field."""
    fault = why_no_address(new.channel, address)
    problems = {"address": fault} if fault else {}
    if not _HOUR.fullmatch(new.safe_from):
        problems["safe_from"] = "Enter a time, like 09:00."
    if not _HOUR.fullmatch(new.safe_until) or new.safe_until <= new.safe_from:
        problems["safe_until"] = "Enter a later time of the same day, like 20:00."
    return problems


async def withdraw_consent(contact_point_id: UUID, *, actor: Actor, now: datetime) -> UUID:
    """Answers whose it was. Waits for a message that is on its way; after that none goes.

    Withdrawn twice is no change.
    """
    await begin(actor, WRITE_CONTACT_POINT, "withdraw-consent")
    row = await fetch_one(
        "SELECT person_id FROM contact_point WHERE id = $1 FOR UPDATE", contact_point_id
    )
    if row is None:
        raise NotFound
    await execute(
        "UPDATE contact_point SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL",
        contact_point_id,
        now,
    )
    person_id: UUID = row["person_id"]
    return person_id


async def choose_telling(choice: Telling, *, actor: Actor, now: datetime) -> None:
    await begin(actor, WRITE_TELLING, "choose-telling")
    await execute(
        "INSERT INTO telling_choice (id, account_id, choice, chosen_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (account_id) DO UPDATE SET choice = $3, chosen_at = $4",
        new_id(now),
        actor.account_id,
        choice,
        now,
    )


async def send_again(message_id: UUID, *, version: int, actor: Actor, now: datetime) -> None:
    """A person says that a held or failed message is to go once more, though it may go twice."""
    await _settle(message_id, version, MessageState.WAITING, "send-message-again", actor, now)


async def leave_message(message_id: UUID, *, version: int, actor: Actor, now: datetime) -> None:
    """A person says that a held or failed message is not to go again."""
    await _settle(message_id, version, MessageState.CANCELLED, "leave-message", actor, now)


async def _settle(
    message_id: UUID,
    version: int,
    state: MessageState,
    act: str,
    actor: Actor,
    now: datetime,
) -> None:
    await begin(actor, SETTLE, act)
    row = await fetch_one("SELECT state, version FROM message WHERE id = $1 FOR UPDATE", message_id)
    if row is None:
        raise NotFound
    if row["state"] not in (MessageState.HELD, MessageState.FAILED):
        raise Refused("Only a message that is held or has failed waits for a person.")
    if row["version"] != version:
        raise Conflict(
            "Somebody else settled this message meanwhile.",
            current={"version": str(row["version"])},
        )
    await execute(
        "UPDATE message SET state = $2, settled_at = $3, settled_by = $4, next_try_at = $3, "
        "attempts = 0, version = version + 1 WHERE id = $1",
        message_id,
        state,
        now,
        actor.account_id,
    )
