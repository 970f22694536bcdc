"""Decisions on suitability as the asking person may see them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.permissions import Permission, Resource, Verb, may, must
from programmes.common.staff import Actor
from programmes.referrals.suitability_words import Finding, ToldBy

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


class ToldOnce(Struct, frozen=True):
    """By which way somebody was told, and who that was."""

    way: ToldBy
    whom: str
    told_at: datetime
    told_by: str | None


class Told(Struct, frozen=True):
    """What the referrer is told, word for word. `told_at` is when it was decided.

    `may_be_told` as the referral says, until consent is withdrawn; `email` is where it goes
    then. `stands`, to those who decide: nothing was decided or moved since that makes it untrue.
    """

    id: UUID
    words: str
    told_at: datetime
    stands: bool
    may_be_told: bool
    is_withdrawn: bool
    email: str | None
    ways: Sequence[ToldOnce] = ()


class Suitability(Struct, frozen=True):
    """Everything decided about one referral; outside those who decide, only what was told."""

    told: Sequence[Told]
    decisions: Sequence[DecisionRow] = ()
    findings: Sequence[Finding] = ()
    override: OpenOverride | None = None


async def suitability_of(actor: Actor, referral_id: UUID) -> Suitability:
    """Newest first; the findings are those of the latest decision."""
    must(actor, READ_OUTCOME)
    told = await fetch_as(Told, _TOLD, referral_id)
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


OUTCOME_STANDS = """(
    CASE s.outcome WHEN 'suitable' THEN r.status IN ('waiting', 'offered', 'enrolled')
    ELSE r.status = s.outcome END
    AND NOT EXISTS (SELECT FROM outcome_told later WHERE later.referral_id = t.referral_id
                    AND (later.told_at, later.id) > (t.told_at, t.id)))"""
"""Of an outcome `t`, its decision `s` and its referral `r`: nothing since makes it untrue."""
MAY_BE_TOLD = (
    "(('referrer' = ANY(d.may_be_told) OR a.kind = ANY(d.may_be_told)) "
    "AND d.consent_withdrawn_at IS NULL)"
)
"""Of a referral's details `d` and its agency `a`: the referral says that they may be told, and
the consent that it may rest on was not withdrawn."""
_TOLD = f"""
SELECT t.id, t.words, t.told_at, coalesce({OUTCOME_STANDS}, false) AS stands,
       coalesce({MAY_BE_TOLD}, false) AS may_be_told,
       d.consent_withdrawn_at IS NOT NULL AS is_withdrawn,
       CASE WHEN a.kind <> 'self' THEN d.worker_email END AS email,
       coalesce((SELECT jsonb_agg(jsonb_build_object('way', w.way, 'whom', w.whom, 'told_at',
                 w.told_at, 'told_by', b.name) ORDER BY w.told_at, w.id)
                 FROM referrer_told w LEFT JOIN auth.account b ON b.id = w.told_by
                 WHERE w.outcome_told_id = t.id), '[]') AS ways
FROM outcome_told t JOIN referral r ON r.id = t.referral_id JOIN agency a ON a.id = r.agency_id
LEFT JOIN referral_detail d ON d.referral_id = r.id
LEFT JOIN suitability_decision s ON s.id = t.decision_id
WHERE t.referral_id = $1 ORDER BY t.told_at DESC, t.id DESC
"""
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
