"""Places as JSON: the groups that could take somebody, giving a place, moving one."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Words
from app.forms.places import TRANSFER_PLACE, TransferPlace
from app.views.places import Offer, offers_for, transfer_offers, warning_words
from app.web.guard import actor_of, on
from programmes.common.permissions import Resource, Verb
from programmes.referrals.queries import referral
from scheduling.cohorts.commands import enrol
from scheduling.cohorts.queries import PlaceRow, place
from scheduling.cohorts.transfer_commands import transfer

AnyRequest = Request[Any, Any, Any]


class OfferSaid(msgspec.Struct, frozen=True):
    """A group, what it is worth to them and why, all against it, and what to know beforehand."""

    cohort_id: UUID
    name: str
    points: int
    why: tuple[str, ...]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


class PlaceAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`version` is the referral's, as it was read."""

    cohort_id: UUID
    version: int


class TransferSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    into: UUID
    reason: Words


@get("/referrals/{referral_id:uuid}/place", **on(Resource.COHORTS, Verb.WRITE))
async def api_offers(request: AnyRequest, referral_id: FromPath[UUID]) -> list[OfferSaid]:
    actor, now = actor_of(request), request.app.state.clock.now()
    code = (await referral(actor, referral_id)).programme_code
    return [_said(one) for one in await offers_for(actor, referral_id, code, now=now)]


@post("/referrals/{referral_id:uuid}/place", **on(Resource.COHORTS, Verb.WRITE))
async def api_take_place(
    request: AnyRequest, referral_id: FromPath[UUID], data: JSONBody[PlaceAsked]
) -> PlaceRow:
    actor, now = actor_of(request), request.app.state.clock.now()
    place_id = await enrol(
        referral_id, data.cohort_id, referral_version=data.version, actor=actor, now=now
    )
    return await place(actor, place_id)


@get("/places/{place_id:uuid}/transfer", **on(Resource.COHORTS, Verb.WRITE))
async def api_transfer_offers(request: AnyRequest, place_id: FromPath[UUID]) -> list[OfferSaid]:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await place(actor, place_id)
    return [_said(one) for one in await transfer_offers(actor, found, now=now)]


@post("/places/{place_id:uuid}/transfer", **on(Resource.COHORTS, Verb.WRITE))
async def api_transfer(
    request: AnyRequest, place_id: FromPath[UUID], data: JSONBody[TransferSent]
) -> PlaceRow:
    """The new place. 422 with every reason against it."""
    actor, now = actor_of(request), request.app.state.clock.now()
    sent = TransferPlace(into=str(data.into), reason=data.reason)
    offers = await transfer_offers(actor, await place(actor, place_id), now=now)
    asked = TRANSFER_PLACE.checked(sent, choices={"into": [one.choice for one in offers]})
    moved = await transfer(place_id, into=data.into, reason=asked.reason, actor=actor, now=now)
    return await place(actor, moved)


def _said(offer: Offer) -> OfferSaid:
    return OfferSaid(
        UUID(offer.choice.value),
        offer.choice.text,
        offer.points,
        offer.why,
        offer.reasons,
        tuple(warning_words(one) for one in offer.warnings),
    )
