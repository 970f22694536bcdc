"""Survivors as their own worker may see them. All SQL that reads them, all in her database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.rules import is_safe_hour, next_safe_hour
from outcomes.survivors.sealing import HerKey, Sealing, her_key
from outcomes.survivors.words import (
    AttemptOutcome,
    Channel,
    ConsentKind,
    SafeContactDetails,
)
from programmes.common.db import Row, fetch, fetch_as, fetch_one
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_SURVIVOR = Permission(Resource.SURVIVOR, Verb.READ)


class SurvivorFacts(Struct, frozen=True, kw_only=True):
    """Who she is. `name` is None where none was given, or where her key was destroyed."""

    id: UUID
    reference: str
    name: str | None
    is_erased: bool
    created_at: datetime
    version: int


class LinkRow(Struct, frozen=True):
    """That a person harmed her. The person is known by an id of the other side."""

    id: UUID
    survivor_id: UUID
    person_id: UUID
    relationship: str
    linked_on: date
    unlinked_on: date | None


class ConsentRow(Struct, frozen=True):
    kind: ConsentKind
    is_given: bool
    answered_on: date
    recorded_by: str | None


class AttemptRow(Struct, frozen=True):
    made_at: datetime
    channel: Channel
    outcome: AttemptOutcome
    recorded_by: str | None


class ContactState(Struct, frozen=True):
    """When the latest safe contact was reviewed, and when she may be called: the hours alone."""

    reviewed_on: date
    is_safe_now: bool | None
    safe_until: time | None = None
    next_safe_at: datetime | None = None


class Opened(Struct, frozen=True):
    """A survivor with her key, for use within one request."""

    facts: SurvivorFacts
    key: HerKey | None


async def survivors(actor: Actor, *, sealing: Sealing) -> list[Opened]:
    """The asking worker's own, by name."""
    must(actor, READ_SURVIVOR)
    rows = await fetch(f"{_SURVIVOR} WHERE {_MINE}")
    found = [_opened(row, sealing) for row in rows]
    return sorted(found, key=lambda one: ((one.facts.name or "~").casefold(), one.facts.reference))


async def open_survivor(actor: Actor, survivor_id: UUID, *, sealing: Sealing) -> Opened:
    """Raises NotFound for anybody who is not the asking worker's own."""
    must(actor, READ_SURVIVOR)
    row = await fetch_one(f"{_SURVIVOR} WHERE s.id = $1 AND {_MINE}", survivor_id)
    if row is None:
        raise NotFound
    return _opened(row, sealing)


async def links_of(actor: Actor, survivor_ids: Sequence[UUID]) -> list[LinkRow]:
    """Links that still hold first."""
    must(actor, READ_SURVIVOR)
    return await fetch_as(
        LinkRow,
        "SELECT id, survivor_id, person_id, relationship, linked_on, unlinked_on FROM link "
        "WHERE survivor_id = ANY($1) ORDER BY unlinked_on NULLS FIRST, linked_on, id",
        list(survivor_ids),
    )


async def is_anybody_linked(actor: Actor, person_id: UUID) -> bool:
    """For the lead, who reads what goes to this person before it does."""
    must(actor, Permission(Resource.SUBJECT_ACCESS, Verb.CLEAR))
    row = await fetch_one(
        "SELECT FROM link WHERE person_id = $1 AND unlinked_on IS NULL LIMIT 1", person_id
    )
    return row is not None


async def consents_of(
    actor: Actor, survivor_ids: Sequence[UUID]
) -> dict[UUID, dict[ConsentKind, bool]]:
    """The answer of each kind that was written last, by survivor; never asked is absent."""
    must(actor, READ_SURVIVOR)
    rows = await fetch(
        "SELECT DISTINCT ON (survivor_id, kind) survivor_id, kind, is_given FROM consent "
        "WHERE survivor_id = ANY($1) "
        "ORDER BY survivor_id, kind, recorded_at DESC, id DESC",
        list(survivor_ids),
    )
    found: dict[UUID, dict[ConsentKind, bool]] = {one: {} for one in survivor_ids}
    for row in rows:
        found[row["survivor_id"]][ConsentKind(row["kind"])] = row["is_given"]
    return found


async def consent_history(actor: Actor, survivor_id: UUID) -> list[ConsentRow]:
    must(actor, READ_SURVIVOR)
    return await fetch_as(
        ConsentRow,
        "SELECT c.kind, c.is_given, c.answered_on, a.name AS recorded_by FROM consent c "
        "LEFT JOIN auth.account a ON a.id = c.recorded_by WHERE c.survivor_id = $1 "
        "ORDER BY c.recorded_at DESC, c.id DESC",
        survivor_id,
    )


async def contact_states(
    actor: Actor, keys: Mapping[UUID, HerKey | None], *, now: datetime
) -> dict[UUID, ContactState]:
    """By survivor. Opens the hours alone; what could lead to her stays here."""
    must(actor, READ_SURVIVOR)
    rows = await fetch(
        "SELECT DISTINCT ON (survivor_id) survivor_id, id, reviewed_on, sealed_details "
        "FROM safe_contact WHERE survivor_id = ANY($1) "
        "ORDER BY survivor_id, recorded_at DESC, id DESC",
        list(keys),
    )
    found = {}
    for row in rows:
        key = keys[row["survivor_id"]]
        details = key.unseal_contact(row["sealed_details"], row["id"]) if key else None
        found[row["survivor_id"]] = _contact_state(row["reviewed_on"], details, now)
    return found


def _contact_state(
    reviewed_on: date, details: SafeContactDetails | None, now: datetime
) -> ContactState:
    if details is None:
        return ContactState(reviewed_on, False)
    is_safe = is_safe_hour(details, now)
    return ContactState(
        reviewed_on,
        is_safe,
        details.until_time if is_safe else None,
        next_safe_hour(details, now) if is_safe is False else None,
    )


async def safe_contact(
    actor: Actor, survivor_id: UUID, *, key: HerKey
) -> SafeContactDetails | None:
    """Unsealed. Whoever shows it to somebody logs that first."""
    must(actor, READ_SURVIVOR)
    row = await fetch_one(
        "SELECT id, sealed_details FROM safe_contact WHERE survivor_id = $1 "
        "ORDER BY recorded_at DESC, id DESC LIMIT 1",
        survivor_id,
    )
    return None if row is None else key.unseal_contact(row["sealed_details"], row["id"])


async def attempts_of(actor: Actor, survivor_id: UUID) -> list[AttemptRow]:
    must(actor, READ_SURVIVOR)
    return await fetch_as(
        AttemptRow,
        "SELECT t.made_at, t.channel, t.outcome, a.name AS recorded_by FROM attempt t "
        "LEFT JOIN auth.account a ON a.id = t.recorded_by WHERE t.survivor_id = $1 "
        "ORDER BY t.made_at DESC, t.id DESC LIMIT 50",
        survivor_id,
    )


async def last_attempts(actor: Actor, survivor_ids: Sequence[UUID]) -> dict[UUID, AttemptRow]:
    must(actor, READ_SURVIVOR)
    rows = await fetch(
        "SELECT DISTINCT ON (survivor_id) survivor_id, made_at, channel, outcome FROM attempt "
        "WHERE survivor_id = ANY($1) ORDER BY survivor_id, made_at DESC, id DESC",
        list(survivor_ids),
    )
    return {
        row["survivor_id"]: AttemptRow(
            row["made_at"], Channel(row["channel"]), AttemptOutcome(row["outcome"]), None
        )
        for row in rows
    }


def _opened(row: Row, sealing: Sealing) -> Opened:
    survivor_id, sealed = row["id"], row["sealed_name"]
    key = her_key(sealing, row["key_id"], row["wrapped"])
    facts = SurvivorFacts(
        id=survivor_id,
        reference=row["reference"],
        name=key.unseal(sealed, survivor_id) if key and sealed else None,
        is_erased=key is None,
        created_at=row["created_at"],
        version=row["version"],
    )
    return Opened(facts, key)


_SURVIVOR = """
SELECT s.id, s.reference, s.sealed_name, s.created_at, s.version, k.id AS key_id, k.wrapped
FROM survivor s JOIN data_key k ON k.id = s.data_key_id
"""
_MINE = "((SELECT auth.scope('survivor', 'read')) = 'all' OR s.id IN (SELECT auth.own_survivors()))"
