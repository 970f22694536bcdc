"""Suitability and a referral's moves as JSON: the same decisions, by the same rules."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Words
from app.forms.told import TOLD_BY_TELEPHONE, ToldByTelephone
from app.web.guard import actor_of, on
from outcomes.messages.outcome_commands import told_by_telephone
from programmes.catalogue.entry_words import EntryCriterion
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb
from programmes.referrals.commands import move_referral
from programmes.referrals.consent_commands import withdraw_consent
from programmes.referrals.detail_queries import ReferralDetails, details_of
from programmes.referrals.queries import ReferralFacts, referral
from programmes.referrals.suitability_commands import decide_suitability, settle_override
from programmes.referrals.suitability_queries import Suitability, suitability_of
from programmes.referrals.suitability_words import Answered, Decision
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus

AnyRequest = Request[Any, Any, Any]


class DecisionSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version` is that of the referral as it was read; `answers` by criterion."""

    outcome: Outcome
    version: int
    reason_code: ReasonCode | None = None
    note: Words | None = None
    answers: Mapping[EntryCriterion, Answered] = {}
    override_reason: Words | None = None


class Settlement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    is_agreed: bool


class MoveSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version` is that of the referral as it was read."""

    after: ReferralStatus
    version: int
    reason: Words = ""


@post("/referrals/{referral_id:uuid}/move", status_code=200, **on(Resource.PERSON, Verb.WRITE))
async def api_move(
    request: AnyRequest, referral_id: FromPath[UUID], data: JSONBody[MoveSent]
) -> ReferralFacts:
    actor, now = actor_of(request), request.app.state.clock.now()
    await move_referral(
        referral_id,
        data.after,
        version=data.version,
        reason=data.reason,
        actor=actor,
        now=now,
    )
    return await referral(actor, referral_id)


@post(
    "/referrals/{referral_id:uuid}/consent/withdraw",
    status_code=200,
    **on(Resource.PERSON, Verb.WRITE),
)
async def api_withdraw_consent(
    request: AnyRequest, referral_id: FromPath[UUID]
) -> ReferralDetails | None:
    """Nobody is told the outcome after this. Withdrawn twice is no change."""
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await referral(actor, referral_id)
    await withdraw_consent(referral_id, actor=actor, now=now)
    await note_reading("referral", referral_id, person_id=found.person_id)
    return await details_of(actor, referral_id)


@get("/referrals/{referral_id:uuid}/suitability", **on(Resource.PERSON, Verb.READ))
async def api_suitability(request: AnyRequest, referral_id: FromPath[UUID]) -> Suitability:
    """Whoever does not decide is told the outcome alone."""
    actor = actor_of(request)
    found = await referral(actor, referral_id)
    await note_reading("suitability", referral_id, person_id=found.person_id)
    return await suitability_of(actor, referral_id)


@post("/referrals/{referral_id:uuid}/decide", **on(Resource.SUITABILITY, Verb.WRITE))
async def api_decide(
    request: AnyRequest, referral_id: FromPath[UUID], data: JSONBody[DecisionSent]
) -> Suitability:
    actor = actor_of(request)
    await decide_suitability(
        referral_id,
        Decision(data.outcome, data.reason_code, data.note, data.answers, data.override_reason),
        version=data.version,
        actor=actor,
        now=request.app.state.clock.now(),
    )
    return await suitability_of(actor, referral_id)


@post("/referrals/{referral_id:uuid}/override", **on(Resource.SUITABILITY, Verb.WRITE))
async def api_settle_override(
    request: AnyRequest, referral_id: FromPath[UUID], data: JSONBody[Settlement]
) -> Suitability:
    actor, now = actor_of(request), request.app.state.clock.now()
    await settle_override(referral_id, is_agreed=data.is_agreed, actor=actor, now=now)
    return await suitability_of(actor, referral_id)


@post("/referrals/{referral_id:uuid}/told/{told_id:uuid}", **on(Resource.SUITABILITY, Verb.WRITE))
async def api_told(
    request: AnyRequest,
    referral_id: FromPath[UUID],
    told_id: FromPath[UUID],
    data: JSONBody[ToldByTelephone],
) -> Suitability:
    actor, now = actor_of(request), request.app.state.clock.now()
    whom = TOLD_BY_TELEPHONE.checked(data).whom
    await told_by_telephone(referral_id, told_id, whom=whom, actor=actor, now=now)
    return await suitability_of(actor, referral_id)
