"""What a referral says beyond who and for what, as the asking person may see it."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_one_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.referrals.intake_words import LawfulBasis, LegalRegime, Need, Told

READ_DETAILS = Permission(Resource.PERSON, Verb.READ)


class ReferralDetails(Struct, frozen=True):
    """`cannot_attend` names venues; absent details are those of a referral before this was kept."""

    legal_regime: LegalRegime
    controller: str
    lawful_basis: LawfulBasis
    may_be_told: list[Told]
    worker_email: str | None
    deadline_on: date | None
    prosecution_limit_on: date | None
    needs: list[Need]
    needs_note: str | None
    free_times: list[str]
    cannot_attend: list[str]
    consent_withdrawn_at: datetime | None
    consent_withdrawn_by: str | None


async def details_of(actor: Actor, referral_id: UUID) -> ReferralDetails | None:
    must(actor, READ_DETAILS)
    return await fetch_one_as(
        ReferralDetails,
        "SELECT d.legal_regime, d.controller, d.lawful_basis, d.may_be_told, d.worker_email, "
        "d.deadline_on, d.prosecution_limit_on, d.needs, d.needs_note, d.free_times, "
        "ARRAY(SELECT v.name FROM venue v WHERE v.id::text = ANY(d.cannot_attend) ORDER BY v.name) "
        "AS cannot_attend, d.consent_withdrawn_at, b.name AS consent_withdrawn_by "
        "FROM referral_detail d LEFT JOIN auth.account b ON b.id = d.consent_withdrawn_by "
        "WHERE d.referral_id = $1",
        referral_id,
    )
