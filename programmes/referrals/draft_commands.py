"""Drafts of referrals: begun, saved step by step, discarded, or sent. An author's own alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.draft_queries import draft
from programmes.referrals.tables import ReferralDraft

WRITE_DRAFT = Permission(Resource.PERSON, Verb.CREATE)
_OPEN = "referral_id IS NULL AND discarded_at IS NULL"


async def begin_draft(*, person_id: UUID | None, actor: Actor, now: datetime) -> UUID:
    """For somebody on record, the draft that this author has open already, if there is one."""
    await begin(actor, WRITE_DRAFT, "begin-referral-draft")
    if person_id is not None:
        found = await _open_draft_for(person_id, actor)
        if found is not None:
            return found
    draft_id = new_id(now)
    await insert(
        ReferralDraft,
        id=draft_id,
        account_id=actor.account_id,
        person_id=person_id,
        answers={},
        begun_at=now,
        saved_at=now,
    )
    return draft_id


async def _open_draft_for(person_id: UUID, actor: Actor) -> UUID | None:
    if not await fetch_value("SELECT 1 FROM person WHERE id = $1", person_id):
        raise NotFound
    await execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 9))", f"{actor.account_id} {person_id}"
    )
    found: UUID | None = await fetch_value(
        f"SELECT id FROM referral_draft WHERE account_id = $1 AND person_id = $2 AND {_OPEN}",
        actor.account_id,
        person_id,
    )
    return found


async def save_step(
    draft_id: UUID,
    step: str,
    typed: Mapping[str, Any],
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Raises Conflict where the draft was saved in another window meanwhile."""
    await begin(actor, WRITE_DRAFT, "save-referral-draft")
    changed = await execute(
        f"UPDATE referral_draft SET answers = answers || $3, saved_at = $4, version = version + 1 "
        f"WHERE id = $1 AND version = $2 AND {_OPEN}",
        draft_id,
        version,
        {step: typed},
        now,
    )
    if changed == 0:
        now_stored = await draft(actor, draft_id)
        if now_stored.is_over:
            raise Refused("This draft was sent or thrown away in another window.")
        raise Conflict(
            "This draft was saved in another window.",
            current={"version": str(now_stored.version)},
        )


async def keep_typed(
    draft_id: UUID,
    step: str,
    typed: Mapping[str, Any],
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """What stands in a step that nobody has saved yet, unread. The page that typed it goes on
    with its version; from a page that is out of date nothing is kept."""
    await begin(actor, WRITE_DRAFT, "keep-typed-in-draft")
    await execute(
        "UPDATE referral_draft SET answers = answers || $3, saved_at = $4 "
        f"WHERE id = $1 AND version = $2 AND {_OPEN}",
        draft_id,
        version,
        {step: typed},
        now,
    )


async def discard_draft(draft_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Its answers are emptied. Discarding again is no change."""
    await begin(actor, WRITE_DRAFT, "discard-referral-draft")
    await execute(
        "UPDATE referral_draft SET answers = '{}', discarded_at = $2, version = version + 1 "
        f"WHERE id = $1 AND {_OPEN}",
        draft_id,
        now,
    )


async def close_draft(draft_id: UUID, referral_id: UUID, *, actor: Actor, now: datetime) -> None:
    """What was sent stands in the referral; the draft keeps nothing of it."""
    await begin(actor, WRITE_DRAFT, "send-referral-draft")
    changed = await execute(
        "UPDATE referral_draft SET answers = '{}', referral_id = $2, saved_at = $3, "
        f"version = version + 1 WHERE id = $1 AND {_OPEN}",
        draft_id,
        referral_id,
        now,
    )
    if changed == 0:
        raise Refused("This draft was sent or thrown away in another window.")
