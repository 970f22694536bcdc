"""Taking a whole referral in: the person, the children, and all that the referral says."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import fetch_value, insert
from programmes.common.errors import Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.commands import NewPerson, add_person
from programmes.people.tables import Child, PersonChild, PersonEquality
from programmes.people.words import LivesWith
from programmes.referrals.commands import NewReferral, receive_referral
from programmes.referrals.intake_rules import child_mistakes, detail_mistakes
from programmes.referrals.intake_words import Intake, SomebodyReferred
from programmes.referrals.tables import ReferralDetail
from programmes.referrals.words import ReferralId

TAKE_IN = Permission(Resource.PERSON, Verb.CREATE)


async def take_in(intake: Intake, *, actor: Actor, now: datetime) -> ReferralId:
    """The same for the form, the API and a list of referrals. Raises Invalid, Refused."""
    await begin(actor, TAKE_IN, "take-referral-in")
    _refuse_mistakes(intake, await _born(intake.person), london_date(now))
    person_id = await _person_of(intake, actor, now)
    await begin(actor, TAKE_IN, "take-referral-in")
    await _add_children(person_id, intake.children_born, now)
    await _add_equality(person_id, intake, actor, now)
    referral_id = await receive_referral(_referral_of(intake, person_id), actor=actor, now=now)
    await _add_details(referral_id, person_id, intake, now)
    return referral_id


def _refuse_mistakes(intake: Intake, born: date, today: date) -> None:
    if found := intake_mistakes(intake, born, today):
        raise Invalid(found)


def intake_mistakes(intake: Intake, born: date, today: date) -> dict[str, str]:
    """What cannot be, by field, as far as the referral itself shows it."""
    found = detail_mistakes(intake.details, route=intake.route, received_on=intake.received_on)
    if born < today:
        return found | child_mistakes(intake.children_born, parent_born=born, today=today)
    return {**found, "date_of_birth": "The date of birth must be in the past."}


async def _born(person: SomebodyReferred | UUID) -> date:
    if isinstance(person, SomebodyReferred):
        return person.date_of_birth
    born: date | None = await fetch_value("SELECT date_of_birth FROM person WHERE id = $1", person)
    if born is None:
        raise NotFound
    return born


async def _person_of(intake: Intake, actor: Actor, now: datetime) -> UUID:
    if isinstance(intake.person, UUID):
        return intake.person
    new = NewPerson(**msgspec.structs.asdict(intake.person))
    return await add_person(new, actor=actor, now=now)


def _referral_of(intake: Intake, person_id: UUID) -> NewReferral:
    return NewReferral(
        person_id=person_id,
        programme_code=intake.programme_code,
        agency_id=intake.agency_id,
        received_on=intake.received_on,
        route=intake.route,
        risk_level=intake.risk_level,
        referring_worker=intake.referring_worker,
        contact_with_child=intake.contact_with_child,
        source_ref=intake.source_ref,
    )


async def _add_children(person_id: UUID, born_in: tuple[int, ...], now: datetime) -> None:
    """Only for somebody who has none on record: the same children are not entered twice."""
    if not born_in or await fetch_value(
        "SELECT 1 FROM person_child WHERE person_id = $1 LIMIT 1", person_id
    ):
        return
    for year in born_in:
        child_id = new_id(now)
        await insert(Child, id=child_id, year_of_birth=year, lives_with=LivesWith.NOT_KNOWN)
        await insert(PersonChild, id=new_id(now), person_id=person_id, child_id=child_id)


async def _add_equality(person_id: UUID, intake: Intake, actor: Actor, now: datetime) -> None:
    said = msgspec.structs.asdict(intake.equality)
    if any(value is not None for value in said.values()):
        await insert(
            PersonEquality,
            id=new_id(now),
            person_id=person_id,
            said_at=now,
            recorded_by=actor.account_id,
            **said,
        )


async def _add_details(referral_id: UUID, person_id: UUID, intake: Intake, now: datetime) -> None:
    said = msgspec.structs.asdict(intake.details)
    lists = {
        name: [str(one) for one in said.pop(name)]
        for name in ("may_be_told", "needs", "free_times", "cannot_attend")
    }
    await insert(
        ReferralDetail,
        id=new_id(now),
        referral_id=referral_id,
        person_id=person_id,
        recorded_at=now,
        **said,
        **lists,
    )
