"""Writes the survivors of a survivor book: their keys, links, consents and safe contacts."""

from typing import Any
from uuid import UUID

import msgspec

from outcomes.survivors.import_queries import first_worker
from outcomes.survivors.import_work import SurvivorWork
from outcomes.survivors.support_words import AssignedAs
from outcomes.survivors.tables import (
    Consent,
    DataKey,
    Link,
    SafeContact,
    Survivor,
    WorkerAssignment,
)
from outcomes.survivors.words import SafeContactDetails
from outcomes.survivors.workbook import SurvivorRow
from programmes.common.clock import london_date
from programmes.common.db import execute_many, insert_many

Values = dict[str, Any]


async def write_survivors(work: SurvivorWork) -> None:
    """New survivors whole; of stored ones the relationship, and a new row for a new answer."""
    written = work.plan.survivors.written
    known = work.stored.survivors
    await _add(work, [row for row in written if row.ref not in known])
    await execute_many(
        "UPDATE link SET relationship = $2 WHERE id = $1 AND relationship <> $2",
        [(work.links[row.ref], row.relationship) for row in written if row.ref in known],
    )
    consents = [_consent(work, row) for row in written if _answers_otherwise(work, row)]
    await insert_many(Consent, consents)
    contacts = [_contact(work, row) for row in written if _is_new_contact(work, row)]
    await insert_many(SafeContact, contacts)


async def _add(work: SurvivorWork, rows: list[SurvivorRow]) -> None:
    work.survivors.update({row.ref: work.given.new_id() for row in rows})
    work.links.update({row.ref: work.given.new_id() for row in rows})
    keys = [_data_key(work, row) for row in rows]
    await insert_many(DataKey, keys)
    people = [_survivor(work, row, key["id"]) for row, key in zip(rows, keys, strict=True)]
    await insert_many(Survivor, people)
    worker = await first_worker()
    if worker is not None:
        await insert_many(WorkerAssignment, [_assignment(work, row, worker) for row in rows])
    await insert_many(Link, [_link(work, row) for row in rows])


def _data_key(work: SurvivorWork, row: SurvivorRow) -> Values:
    sealing, key_id = work.given.sealing, work.given.new_id()
    work.data_keys[row.ref], wrapped = sealing.new_data_key(key_id)
    return {"id": key_id, "wrapped": wrapped, "wrapped_with": sealing.key_name}


def _survivor(work: SurvivorWork, row: SurvivorRow, key_id: UUID) -> Values:
    return {
        "id": work.survivors[row.ref],
        "reference": row.ref,
        "source_ref": row.ref,
        "data_key_id": key_id,
        "created_at": work.given.now,
    }


def _assignment(work: SurvivorWork, row: SurvivorRow, worker: UUID) -> Values:
    return {
        "id": work.given.new_id(),
        "survivor_id": work.survivors[row.ref],
        "account_id": worker,
        "kind": AssignedAs.SUPPORT,
        "from_on": row.linked_on,
    }


def _link(work: SurvivorWork, row: SurvivorRow) -> Values:
    return {
        "id": work.links[row.ref],
        "survivor_id": work.survivors[row.ref],
        "person_id": work.given.people[row.person_ref],
        "relationship": row.relationship,
        "linked_on": row.linked_on,
    }


def _answers_otherwise(work: SurvivorWork, row: SurvivorRow) -> bool:
    """Whether the book says otherwise than the last answer about contact."""
    stored = work.stored.survivors.get(row.ref)
    return stored is None or stored.consents is not row.consents_to_contact


def _consent(work: SurvivorWork, row: SurvivorRow) -> Values:
    """A first answer is dated as the link is; a later one on the day of the import."""
    given = work.given
    is_first = row.ref not in work.stored.survivors
    return {
        "id": given.new_id(),
        "survivor_id": work.survivors[row.ref],
        "kind": "contact",
        "is_given": row.consents_to_contact,
        "answered_on": row.linked_on if is_first else london_date(given.now),
        "recorded_at": given.now,
        "recorded_by": given.actor.account_id,
    }


def _is_new_contact(work: SurvivorWork, row: SurvivorRow) -> bool:
    """Words that were written before are no review: a stale contact must not look fresh."""
    if row.safe_contact is None:
        return False
    stored = work.stored.survivors.get(row.ref)
    if stored is None or not stored.contacts:
        return True
    key, unseal = work.data_key(row.ref), work.given.sealing.unseal
    plain = (unseal(key, sealed, contact_id) for contact_id, sealed in stored.contacts)
    said = {msgspec.json.decode(details, type=SafeContactDetails).words for details in plain}
    return row.safe_contact not in said


def _contact(work: SurvivorWork, row: SurvivorRow) -> Values:
    given, row_id = work.given, work.given.new_id()
    details = msgspec.json.encode(SafeContactDetails(words=row.safe_contact or ""))
    is_first = row.ref not in work.stored.survivors
    return {
        "id": row_id,
        "survivor_id": work.survivors[row.ref],
        "sealed_details": given.sealing.seal(work.data_key(row.ref), details, row_id),
        "reviewed_on": row.linked_on if is_first else london_date(given.now),
        "recorded_at": given.now,
        "recorded_by": given.actor.account_id,
    }
