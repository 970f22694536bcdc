"""Gathering what is held about a person, reading it twice, and releasing it by a second person."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from outcomes.subject_access.gathering_queries import everything_about
from outcomes.subject_access.queries import PREPARE, RELEASE, access_request
from outcomes.subject_access.rules import WAITS_ON, known_keys, waits_until, without
from outcomes.subject_access.tables import SubjectAccess
from outcomes.subject_access.words import Access, AccessStatus, Entry
from programmes.common.audit import begin, note
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch, insert
from programmes.common.errors import Conflict, Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.jobs import Done, Open
from programmes.common.references import new_reference
from programmes.common.staff import Actor
from programmes.people.queries import person


async def prepare_access(person_id: UUID, *, asked_on: date, actor: Actor, now: datetime) -> UUID:
    """Gathers it as it stands at this moment; what comes later is not in it."""
    await begin(actor, PREPARE, "prepare-access")
    await person(actor, person_id)
    if asked_on > london_date(now):
        raise Invalid({"asked_on": "This day has not come yet"})
    request_id = new_id(now)
    await insert(
        SubjectAccess,
        id=request_id,
        reference=new_reference("D", request_id),
        person_id=person_id,
        asked_on=asked_on,
        status=AccessStatus.READING,
        bundle=msgspec.to_builtins(await everything_about(person_id)),
        prepared_at=now,
        prepared_by=actor.account_id,
    )
    await note("disclose", "gather-access", resource="subject_access", person_id=person_id)
    return request_id


async def send_access_on(
    request_id: UUID, left_out: Sequence[str], *, version: int, actor: Actor, now: datetime
) -> None:
    """The first reader is done. From here every bundle waits the same time."""
    await begin(actor, PREPARE, "send-access-on")
    found = await access_request(actor, request_id)
    if found.row.status is not AccessStatus.READING:
        raise Refused("This request has been read already.")
    if not set(left_out) <= known_keys(found.entries):
        raise Invalid({"left_out": "Choose from the list"})
    await _move(
        found,
        AccessStatus.WAITING,
        version=version,
        left_out=list(left_out),
        sent_at=now,
        due_at=waits_until(now),
    )


async def release_access(request_id: UUID, *, version: int, actor: Actor, now: datetime) -> None:
    """By a second person, once it has waited."""
    await begin(actor, RELEASE, "release-access")
    found = await access_request(actor, request_id)
    if found.row.status is not AccessStatus.READY:
        raise Refused("This bundle is not ready to be released.")
    if found.row.prepared_by == actor.account_id:
        raise Refused("A second person releases it. Ask another manager.")
    await _move(
        found,
        AccessStatus.RELEASED,
        version=version,
        released_at=now,
        released_by=actor.account_id,
    )
    await note(
        "disclose",
        "release-access",
        resource="subject_access",
        row_id=request_id,
        person_id=found.row.person_id,
    )


async def withdraw_access(request_id: UUID, *, version: int, actor: Actor, now: datetime) -> None:
    """He no longer asks. What was gathered is emptied."""
    await begin(actor, PREPARE, "withdraw-access")
    found = await access_request(actor, request_id)
    if found.row.status is AccessStatus.RELEASED:
        raise Refused("This bundle was released already.")
    await _move(found, AccessStatus.WITHDRAWN, version=version, bundle=[], left_out=None)


async def compose_access(actor: Actor, now: datetime, open_as: Open) -> Done:
    """What has waited and was read twice becomes ready; nothing tells who left out what."""
    rows = await fetch(
        "SELECT s.id, s.bundle, s.left_out, s.due_at, "
        "(SELECT jsonb_agg(c.left_out) FROM subject_access_clearance c "
        "WHERE c.request_id = s.id) AS cleared FROM subject_access s "
        "WHERE s.status = 'waiting' AND s.due_at <= $1 FOR UPDATE OF s SKIP LOCKED",
        now,
    )
    for row in rows:
        if row["cleared"] is None:
            await execute(
                "UPDATE subject_access SET due_at = $2 WHERE id = $1",
                row["id"],
                row["due_at"] + WAITS_ON,
            )
            continue
        left_out = [*(row["left_out"] or ()), *(key for one in row["cleared"] for key in one)]
        entries = without(msgspec.convert(row["bundle"], list[Entry]), left_out)
        await execute(
            "UPDATE subject_access SET status = 'ready', bundle = $2, left_out = NULL, "
            "version = version + 1 WHERE id = $1",
            row["id"],
            msgspec.to_builtins(entries),
        )
    return Done(len(rows))


async def _move(found: Access, status: AccessStatus, *, version: int, **changes: Any) -> None:
    names = ["status", *changes]
    sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(names, start=3))
    changed = await execute(
        f"UPDATE subject_access SET {sets}, version = version + 1 WHERE id = $1 AND version = $2",
        found.row.id,
        version,
        status,
        *changes.values(),
    )
    if not changed:
        raise Conflict("Somebody else worked on this request while you were reading.")
