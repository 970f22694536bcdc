"""Consent that a referral rests on, taken back."""

from datetime import datetime
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_value
from programmes.common.errors import NotFound, Refused
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.intake_words import LawfulBasis

WITHDRAW_CONSENT = Permission(Resource.PERSON, Verb.WRITE)


async def withdraw_consent(referral_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Nobody is told the outcome after this; a message that is on its way is waited for.

    UK GDPR Art. 7(3), and DPA 2018 s.35(2)(a): consent can be withdrawn at any time. Withdrawn
    twice is no change. Raises Refused where the referral rests on another basis.
    """
    await begin(actor, WITHDRAW_CONSENT, "withdraw-referral-consent")
    basis = await fetch_value(
        "SELECT lawful_basis FROM referral_detail WHERE referral_id = $1 FOR UPDATE", referral_id
    )
    if basis is None:
        raise NotFound
    if basis != LawfulBasis.CONSENT:
        raise Refused("This referral does not rest on consent.")
    await execute(
        "UPDATE referral_detail SET consent_withdrawn_at = $2, consent_withdrawn_by = $3 "
        "WHERE referral_id = $1 AND consent_withdrawn_at IS NULL",
        referral_id,
        now,
        actor.account_id,
    )
