"""Joining two records of one man, and taking them apart again. Both keep all that is theirs."""

from datetime import datetime
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.tables import PersonMerge

MERGE_PEOPLE = Permission(Resource.PERSON, Verb.WRITE)


async def merge_people(
    kept_id: UUID, merged_id: UUID, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Nothing moves: the joined record points at the one that is kept, and both stay readable.

    Only somebody who sees both may join them. Raises Refused where either is joined already, or
    where both stand open in the same programme. Joining the same two again is no change.
    """
    await begin(actor, MERGE_PEOPLE, "merge-people", reason=reason)
    if kept_id == merged_id:
        raise Invalid({"other": "Choose another record: this is the same one."})
    rows = await fetch(
        "SELECT id, merged_into FROM person WHERE id = ANY($1) ORDER BY id FOR UPDATE",
        [kept_id, merged_id],
    )
    into = {row["id"]: row["merged_into"] for row in rows}
    if len(into) < 2:
        raise NotFound
    if into[merged_id] == kept_id:
        return
    refused = await _reasons_not_to_merge(kept_id, merged_id, into)
    if refused:
        raise Refused(*refused)
    await execute(
        "UPDATE person SET merged_into = $2, version = version + 1 WHERE id = $1",
        merged_id,
        kept_id,
    )
    await insert(
        PersonMerge,
        id=new_id(now),
        person_id=kept_id,
        merged_id=merged_id,
        reason=reason,
        merged_at=now,
        merged_by=actor.account_id,
    )


async def _reasons_not_to_merge(
    kept_id: UUID, merged_id: UUID, into: dict[UUID, UUID | None]
) -> list[str]:
    found = []
    if into[kept_id] or into[merged_id]:
        found.append("One of these records is joined to another already. Take that apart first.")
    if await fetch_value("SELECT 1 FROM person WHERE merged_into = $1 LIMIT 1", merged_id):
        found.append("Another record is joined to this one. Keep this one, or take it apart first.")
    names = await fetch(
        "SELECT g.name FROM referral a JOIN referral b ON b.programme_id = a.programme_id "
        "JOIN programme g ON g.id = a.programme_id "
        "WHERE a.person_id = $1 AND b.person_id = $2 "
        "AND a.status NOT IN ('not suitable', 'closed') "
        "AND b.status NOT IN ('not suitable', 'closed')",
        kept_id,
        merged_id,
    )
    found += [f"Both are open in {row['name']}. Close one of the two referrals first."
              for row in names]  # fmt: skip
    return found


async def unmerge_people(merged_id: UUID, *, reason: str, actor: Actor, now: datetime) -> UUID:
    """Answers the record it was joined to. Raises Conflict where they stand apart already."""
    await begin(actor, MERGE_PEOPLE, "unmerge-people", reason=reason)
    kept: UUID | None = await fetch_value(
        "SELECT merged_into FROM person WHERE id = $1 FOR UPDATE", merged_id
    )
    if kept is None:
        if not await fetch_value("SELECT 1 FROM person WHERE id = $1", merged_id):
            raise NotFound
        raise Conflict("These records stand apart already.")
    await execute(
        "UPDATE person SET merged_into = NULL, version = version + 1 WHERE id = $1", merged_id
    )
    await execute(
        "UPDATE person_merge SET undone_at = $2, undone_by = $3, undone_reason = $4 "
        "WHERE merged_id = $1 AND undone_at IS NULL",
        merged_id,
        now,
        actor.account_id,
        reason,
    )
    return kept
