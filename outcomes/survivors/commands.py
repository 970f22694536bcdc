"""Taking a survivor on, and what she agrees to. Every write is in her own database."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.hold_commands import refuse_while_held
from outcomes.survivors.queries import open_survivor
from outcomes.survivors.sealing import HerKey, Sealing
from outcomes.survivors.support_words import AssignedAs
from outcomes.survivors.tables import (
    Attempt,
    Consent,
    DataKey,
    Link,
    SafeContact,
    Survivor,
    WorkerAssignment,
)
from outcomes.survivors.words import (
    AttemptOutcome,
    Channel,
    ConsentKind,
    SafeContactDetails,
)
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.references import new_reference
from programmes.common.staff import Actor

CREATE_SURVIVOR = Permission(Resource.SURVIVOR, Verb.CREATE)
CHANGE_SURVIVOR = Permission(Resource.SURVIVOR, Verb.WRITE)


class NewSurvivor(Struct, frozen=True, kw_only=True):
    """`consents` hold only what she was asked."""

    name: str | None
    person_id: UUID
    relationship: str
    linked_on: date
    consents: Mapping[ConsentKind, bool]


async def take_on(new: NewSurvivor, *, sealing: Sealing, actor: Actor, now: datetime) -> UUID:
    """Whoever adds her supports her. Her name is sealed before it reaches the database."""
    await begin(actor, CREATE_SURVIVOR, "take-survivor-on")
    if new.linked_on > london_date(now):
        raise Invalid({"linked_on": "This day has not come yet"})
    survivor_id, key_id = new_id(now), new_id(now)
    data_key, wrapped = sealing.new_data_key(key_id)
    key = HerKey(sealing, data_key)
    await insert(DataKey, id=key_id, wrapped=wrapped, wrapped_with=sealing.key_name)
    await insert(
        Survivor,
        id=survivor_id,
        reference=new_reference("S", survivor_id),
        data_key_id=key_id,
        sealed_name=key.seal(new.name, survivor_id) if new.name else None,
        created_at=now,
    )
    await insert(
        WorkerAssignment,
        id=new_id(now),
        survivor_id=survivor_id,
        account_id=actor.account_id,
        kind=AssignedAs.SUPPORT,
        from_on=london_date(now),
    )
    await _link(survivor_id, new.person_id, new.relationship, on=new.linked_on, now=now)
    for kind, is_given in new.consents.items():
        await _answer(survivor_id, kind, is_given=is_given, on=london_date(now), by=actor, now=now)
    return survivor_id


async def link_person(
    survivor_id: UUID,
    person_id: UUID,
    *,
    relationship: str,
    linked_on: date,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> None:
    """One survivor may have been harmed by several people. Linked already is no change."""
    await begin(actor, CHANGE_SURVIVOR, "link-person")
    await open_survivor(actor, survivor_id, sealing=sealing)
    if linked_on > london_date(now):
        raise Invalid({"linked_on": "This day has not come yet"})
    held = await execute(
        "SELECT FROM link WHERE survivor_id = $1 AND person_id = $2 AND unlinked_on IS NULL",
        survivor_id,
        person_id,
    )
    if not held:
        await _link(survivor_id, person_id, relationship, on=linked_on, now=now)


async def unlink_person(survivor_id: UUID, link_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The link ends today and stays in the history."""
    await begin(actor, CHANGE_SURVIVOR, "unlink-person")
    ended = await execute(
        "UPDATE link SET unlinked_on = greatest($3, linked_on) "
        "WHERE id = $2 AND survivor_id = $1 AND unlinked_on IS NULL "
        "AND survivor_id IN (SELECT auth.own_survivors())",
        survivor_id,
        link_id,
        london_date(now),
    )
    if not ended:
        raise NotFound


async def record_consent(
    survivor_id: UUID,
    kind: ConsentKind,
    *,
    is_given: bool,
    answered_on: date,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> None:
    """Given or withdrawn, dated; withdrawing counts from the moment it is written.

    It waits for a message that is on its way; after that none goes.
    """
    await begin(actor, CHANGE_SURVIVOR, "record-consent")
    await open_survivor(actor, survivor_id, sealing=sealing)
    await execute("SELECT FROM survivor WHERE id = $1 FOR UPDATE", survivor_id)
    if answered_on > london_date(now):
        raise Invalid({"answered_on": "This day has not come yet"})
    await _answer(survivor_id, kind, is_given=is_given, on=answered_on, by=actor, now=now)


async def record_safe_contact(
    survivor_id: UUID,
    details: SafeContactDetails,
    *,
    reviewed_on: date,
    version: int,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> None:
    """A new row each time: the review starts again. Raises Conflict where another was quicker."""
    await begin(actor, CHANGE_SURVIVOR, "record-safe-contact")
    opened = await open_survivor(actor, survivor_id, sealing=sealing)
    if opened.key is None:
        raise Refused("Their record was erased. Nothing more can be written in it.")
    if reviewed_on > london_date(now):
        raise Invalid({"reviewed_on": "This day has not come yet"})
    await _count_change(survivor_id, version)
    row_id = new_id(now)
    await insert(
        SafeContact,
        id=row_id,
        survivor_id=survivor_id,
        sealed_details=opened.key.seal_contact(details, row_id),
        reviewed_on=reviewed_on,
        recorded_at=now,
        recorded_by=actor.account_id,
    )


async def record_attempt(
    survivor_id: UUID,
    channel: Channel,
    outcome: AttemptOutcome,
    *,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> None:
    await begin(actor, CHANGE_SURVIVOR, "record-attempt")
    await open_survivor(actor, survivor_id, sealing=sealing)
    await insert(
        Attempt,
        id=new_id(now),
        survivor_id=survivor_id,
        made_at=now,
        channel=channel,
        outcome=outcome,
        recorded_by=actor.account_id,
    )


async def destroy_data_key(
    survivor_id: UUID, *, reason: str, sealing: Sealing, actor: Actor, now: datetime
) -> None:
    """Erases her: without the key, her name, contact and words can be read by nobody again.

    Dates and scores stay, under a reference that leads to no one. It cannot be undone, and is
    refused while a legal hold stands.
    """
    await begin(actor, CHANGE_SURVIVOR, "destroy-data-key", reason=reason)
    await open_survivor(actor, survivor_id, sealing=sealing)
    await refuse_while_held(survivor_id)
    await execute(
        "UPDATE data_key SET wrapped = NULL, destroyed_at = $2 "
        "WHERE id = (SELECT data_key_id FROM survivor WHERE id = $1) AND wrapped IS NOT NULL",
        survivor_id,
        now,
    )
    await execute("UPDATE survivor SET sealed_name = NULL WHERE id = $1", survivor_id)


async def _link(
    survivor_id: UUID, person_id: UUID, relationship: str, *, on: date, now: datetime
) -> None:
    await insert(
        Link,
        id=new_id(now),
        survivor_id=survivor_id,
        person_id=person_id,
        relationship=relationship,
        linked_on=on,
    )


async def _answer(
    survivor_id: UUID, kind: ConsentKind, *, is_given: bool, on: date, by: Actor, now: datetime
) -> None:
    await insert(
        Consent,
        id=new_id(now),
        survivor_id=survivor_id,
        kind=kind,
        is_given=is_given,
        answered_on=on,
        recorded_at=now,
        recorded_by=by.account_id,
    )


async def _count_change(survivor_id: UUID, version: int) -> None:
    changed = await execute(
        "UPDATE survivor SET version = version + 1 WHERE id = $1 AND version = $2",
        survivor_id,
        version,
    )
    if not changed:
        raise Conflict("Somebody else changed how to reach them while you were writing.")
