"""Offering support beside an order, and saying where plans and minutes are held."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.queries import Opened, links_of, open_survivor
from outcomes.survivors.sealing import HerKey, Sealing
from outcomes.survivors.support_rules import answer_faults, held_faults
from outcomes.survivors.support_tables import HeldElsewhere, IdvaOffer
from outcomes.survivors.support_words import Answer, HeldKind
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor

ERASED = "Their record was erased. Nothing more can be written in it."


class NewOffer(Struct, frozen=True, kw_only=True):
    """`order_id` is None where support is offered beside no order."""

    link_id: UUID
    order_id: UUID | None
    offered_on: date
    answer: Answer
    answered_on: date | None


class NewHeld(Struct, frozen=True, kw_only=True):
    kind: HeldKind
    where: str
    made_on: date
    review_on: date | None


async def record_offer(
    survivor_id: UUID, new: NewOffer, *, sealing: Sealing, actor: Actor, now: datetime
) -> UUID:
    await begin(actor, CHANGE_SURVIVOR, "offer-support")
    await open_survivor(actor, survivor_id, sealing=sealing)
    if new.link_id not in {link.id for link in await links_of(actor, [survivor_id])}:
        raise NotFound
    _refuse_answer(new.offered_on, new.answer, new.answered_on, now)
    offer_id = new_id(now)
    await insert(
        IdvaOffer,
        id=offer_id,
        survivor_id=survivor_id,
        link_id=new.link_id,
        order_id=new.order_id,
        offered_on=new.offered_on,
        answer=new.answer,
        answered_on=new.answered_on,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    return offer_id


async def record_answer(
    survivor_id: UUID,
    offer_id: UUID,
    answer: Answer,
    *,
    answered_on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """What she said later. "Not now" may become "taken up"."""
    await begin(actor, CHANGE_SURVIVOR, "answer-offer")
    if answer is Answer.WAITING:
        raise Invalid({"answer": "Select what they said"})
    if answered_on > london_date(now):
        raise Invalid({"answered_on": "This day has not come yet"})
    changed = await execute(
        "UPDATE idva_offer SET answer = $3, answered_on = $4 WHERE id = $2 AND survivor_id = $1 "
        "AND survivor_id IN (SELECT auth.own_survivors()) AND offered_on <= $4",
        survivor_id,
        offer_id,
        answer,
        answered_on,
    )
    if not changed:
        raise NotFound


async def record_held(
    survivor_id: UUID, new: NewHeld, *, sealing: Sealing, actor: Actor, now: datetime
) -> UUID:
    await begin(actor, CHANGE_SURVIVOR, "record-held-elsewhere")
    key = key_to_write(await open_survivor(actor, survivor_id, sealing=sealing))
    faults = held_faults(new.made_on, new.review_on, today=london_date(now))
    if faults:
        raise Invalid(faults)
    held_id = new_id(now)
    await insert(
        HeldElsewhere,
        id=held_id,
        survivor_id=survivor_id,
        kind=new.kind,
        sealed_where=key.seal(new.where, held_id),
        made_on=new.made_on,
        review_on=new.review_on,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    return held_id


async def end_held(survivor_id: UUID, held_id: UUID, *, actor: Actor, now: datetime) -> None:
    """It no longer holds, or another took its place. The row stays."""
    await begin(actor, CHANGE_SURVIVOR, "end-held-elsewhere")
    ended = await execute(
        "UPDATE held_elsewhere SET ended_on = $3 WHERE id = $2 AND survivor_id = $1 "
        "AND ended_on IS NULL AND survivor_id IN (SELECT auth.own_survivors())",
        survivor_id,
        held_id,
        london_date(now),
    )
    if not ended:
        raise NotFound


def key_to_write(opened: Opened) -> HerKey:
    """Raises Refused where it was destroyed."""
    if opened.key is None:
        raise Refused(ERASED)
    return opened.key


def _refuse_answer(
    offered_on: date, answer: Answer, answered_on: date | None, now: datetime
) -> None:
    faults = answer_faults(
        offered_on,
        answered_on,
        is_answered=answer is not Answer.WAITING,
        today=london_date(now),
    )
    if faults:
        raise Invalid(faults)
