"""Decisions on suitability as the asking person may see them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.permissions import Permission, Resource, Verb, may, must
from programmes.common.staff import Actor
from programmes.referrals.suitability_words import Finding

READ_SUITABILITY = Permission(Resource.SUITABILITY, Verb.READ)
READ_OUTCOME = Permission(Resource.PERSON, Verb.READ)


class DecisionRow(Struct, frozen=True):
    """One decision, by whom, and by whom it was asked for where two had to agree."""

    id: UUID
    outcome: str
    reason_code: str | None
    note: str | None
    decided_on: date
    decided_by: str | None
    override_reason: str | None
    asked_by: str | None
    version: int


class OpenOverride(Struct, frozen=True):
    against: Sequence[str]
    reason: str
    note: str | None
    asked_by: str | None
    asked_by_id: UUID
    asked_at: datetime


class Told(Struct, frozen=True):
    """What the referrer is told, word for word."""

    words: str
    told_at: datetime


class Suitability(Struct, frozen=True):
    """Everything decided about one referral; outside those who decide, only what was told."""

    told: Sequence[Told]
    decisions: Sequence[DecisionRow] = ()
    findings: Sequence[Finding] = ()
    override: OpenOverride | None = None


async def suitability_of(actor: Actor, referral_id: UUID) -> Suitability:
    """Newest first; the findings are those of the latest decision."""
    must(actor, READ_OUTCOME)
    told = await fetch_as(
        Told,
        "SELECT words, told_at FROM outcome_told WHERE referral_id = $1 "
        "ORDER BY told_at DESC, id DESC",
        referral_id,
    )
    if not may(actor, READ_SUITABILITY):
        return Suitability(told)
    decisions = await fetch_as(DecisionRow, _DECISIONS, referral_id)
    return Suitability(
        told,
        decisions,
        await _findings(decisions[0].id) if decisions else (),
        await fetch_one_as(OpenOverride, _OVERRIDE, referral_id),
    )


async def _findings(decision_id: UUID) -> list[Finding]:
    return await fetch_as(
        Finding,
        "SELECT criterion, asked, effect, answer, met, note FROM suitability_finding "
        "WHERE decision_id = $1 ORDER BY id",
        decision_id,
    )


_DECISIONS = """
SELECT d.id, d.outcome, d.reason_code, d.note, d.decided_on, a.name AS decided_by,
       d.override_reason, b.name AS asked_by, v.number AS version
FROM suitability_decision d LEFT JOIN auth.account a ON a.id = d.decided_by
LEFT JOIN auth.account b ON b.id = d.asked_by
JOIN programme_version v ON v.id = d.programme_version_id
WHERE d.referral_id = $1 ORDER BY d.recorded_at DESC, d.id DESC
"""
_OVERRIDE = """
SELECT o.against, o.reason, o.note, a.name AS asked_by, o.asked_by AS asked_by_id, o.asked_at
FROM suitability_override o LEFT JOIN auth.account a ON a.id = o.asked_by
WHERE o.referral_id = $1 AND o.settled_at IS NULL
"""
