"""Entering what goes on around the programmes. Entries are appended, outcomes entered once."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct, structs

from programmes.catalogue.around_tables import (
    Accreditation,
    Consultation,
    OnwardReferral,
    Training,
)
from programmes.catalogue.around_words import OnwardKind, OnwardOutcome
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import person

WRITE_AROUND = Permission(Resource.CATALOGUE, Verb.WRITE)
LOG_CONSULTATION = Permission(Resource.CONTACT, Verb.CREATE)
REFER_ONWARD = Permission(Resource.CONTACT, Verb.CREATE)
Line = Annotated[str, Meta(min_length=1, max_length=120)]
Minutes = Annotated[int, Meta(ge=5, le=600)]
Number = Annotated[int, Meta(ge=1, le=5000)]


class NewAccreditation(Struct, frozen=True, kw_only=True):
    programme_id: UUID
    body: Annotated[str, Meta(min_length=1, max_length=80)]
    awarded_on: date
    expires_on: date


class NewConsultation(Struct, frozen=True, kw_only=True):
    """`topic` names nobody."""

    agency_id: UUID
    held_on: date
    minutes: Minutes
    topic: Line


class NewTraining(Struct, frozen=True, kw_only=True):
    title: Line
    for_whom: Line
    held_on: date
    people: Number


class NewOnward(Struct, frozen=True, kw_only=True):
    kind: OnwardKind
    service: Line
    referred_on: date


async def add_accreditation(new: NewAccreditation, *, actor: Actor, now: datetime) -> None:
    """Raises Invalid where it would end before it began."""
    await begin(actor, WRITE_AROUND, "add-accreditation")
    if new.expires_on <= new.awarded_on:
        raise Invalid({"expires_on": "It must end after it was awarded."})
    await insert(Accreditation, id=new_id(now), **_entered(new, actor, now))


async def add_consultation(new: NewConsultation, *, actor: Actor, now: datetime) -> None:
    await begin(actor, LOG_CONSULTATION, "add-consultation")
    _refuse_future("held_on", new.held_on, now)
    await insert(Consultation, id=new_id(now), **_entered(new, actor, now))


async def add_training(new: NewTraining, *, actor: Actor, now: datetime) -> None:
    await begin(actor, WRITE_AROUND, "add-training")
    _refuse_future("held_on", new.held_on, now)
    await insert(Training, id=new_id(now), **_entered(new, actor, now))


async def refer_onward(person_id: UUID, new: NewOnward, *, actor: Actor, now: datetime) -> None:
    """Raises NotFound for somebody whom one may not see."""
    await begin(actor, REFER_ONWARD, "refer-onward")
    await person(actor, person_id)
    _refuse_future("referred_on", new.referred_on, now)
    await insert(OnwardReferral, id=new_id(now), person_id=person_id, **_entered(new, actor, now))


async def settle_onward(
    onward_id: UUID, outcome: OnwardOutcome, *, actor: Actor, now: datetime
) -> UUID:
    """What became of it, once. Answers whose it is; raises Conflict where it is settled already."""
    await begin(actor, REFER_ONWARD, "settle-onward-referral")
    person_id: UUID | None = await fetch_value(
        "SELECT person_id FROM onward_referral WHERE id = $1", onward_id
    )
    if person_id is None:
        raise NotFound
    changed = await execute(
        "UPDATE onward_referral SET outcome = $2, outcome_on = $3 "
        "WHERE id = $1 AND outcome IS NULL",
        onward_id,
        outcome,
        london_date(now),
    )
    if changed == 0:
        raise Conflict("Somebody else entered what became of it.")
    return person_id


def _entered(new: Struct, actor: Actor, now: datetime) -> dict[str, object]:
    return {**structs.asdict(new), "entered_at": now, "entered_by": actor.account_id}


def _refuse_future(field: str, on: date, now: datetime) -> None:
    if on > london_date(now):
        raise Invalid({field: "This day is still to come. Check the date."})
