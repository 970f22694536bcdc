"""Drafts of referrals: an author's own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_DRAFTS = Permission(Resource.PERSON, Verb.CREATE)


class Draft(Struct, frozen=True):
    """`answers` holds each step as it was posted; `person_name` where he is on record."""

    id: UUID
    person_id: UUID | None
    person_name: str | None
    answers: dict[str, Any]
    begun_at: datetime
    saved_at: datetime
    referral_id: UUID | None
    discarded_at: datetime | None
    version: int

    @property
    def is_over(self) -> bool:
        return self.referral_id is not None or self.discarded_at is not None


async def draft(actor: Actor, draft_id: UUID) -> Draft:
    """Raises NotFound for another author's."""
    must(actor, READ_DRAFTS)
    found = await fetch_one_as(Draft, f"{_DRAFT} AND d.id = $2", actor.account_id, draft_id)
    if found is None:
        raise NotFound
    return found


async def drafts(actor: Actor) -> list[Draft]:
    """Those still open, the one that was saved last first."""
    must(actor, READ_DRAFTS)
    return await fetch_as(
        Draft,
        f"{_DRAFT} AND d.referral_id IS NULL AND d.discarded_at IS NULL "
        "ORDER BY d.saved_at DESC, d.id DESC LIMIT 50",
        actor.account_id,
    )


_DRAFT = (
    "SELECT d.id, d.person_id, p.first_name || ' ' || p.last_name AS person_name, d.answers, "
    "d.begun_at, d.saved_at, d.referral_id, d.discarded_at, d.version "
    "FROM referral_draft d LEFT JOIN person p ON p.id = d.person_id WHERE d.account_id = $1"
)
