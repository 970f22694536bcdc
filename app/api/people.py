"""People and referrals as JSON."""

from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.params import FromPath, FromQuery

from app.views.path import Path, path_of
from app.views.timeline import timeline_of
from app.web.beat import answer_on_the_beat
from app.web.components import Event
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import People, PersonFacts, people, person
from programmes.referrals.queries import (
    ReferralFacts,
    Referrals,
    referral,
    referrals,
    referrals_of,
)

AnyRequest = Request[Any, Any, Any]


@get("/people", **on(Resource.PERSON, Verb.READ))
async def api_people(
    request: AnyRequest, q: FromQuery[str] = "", page_number: PageNumber = 1
) -> People:
    found = await people(actor_of(request), starts_with=q, page=page_number)
    if not found.rows:
        answer_on_the_beat(request)
    return found


@get("/people/{person_id:uuid}", **on(Resource.PERSON, Verb.READ))
async def api_person(request: AnyRequest, person_id: FromPath[UUID]) -> PersonFacts:
    found = await person(actor_of(request), person_id)
    await note_reading("person", person_id, person_id=person_id)
    return found


@get("/referrals", **on(Resource.PERSON, Verb.READ))
async def api_referrals(
    request: AnyRequest,
    status: FromQuery[str | None] = None,
    programme: FromQuery[str | None] = None,
    page_number: PageNumber = 1,
) -> Referrals:
    return await referrals(actor_of(request), status=status, programme=programme, page=page_number)


@get("/referrals/{referral_id:uuid}", **on(Resource.PERSON, Verb.READ))
async def api_referral(request: AnyRequest, referral_id: FromPath[UUID]) -> ReferralFacts:
    found = await referral(actor_of(request), referral_id)
    await note_reading("referral", referral_id, person_id=found.person_id)
    return found


@get("/people/{person_id:uuid}/timeline", **on(Resource.PERSON, Verb.READ))
async def api_timeline(request: AnyRequest, person_id: FromPath[UUID]) -> list[Event]:
    """Everything that the asking person may see, newest first, in words."""
    actor = actor_of(request)
    await person(actor, person_id)
    await note_reading("timeline", person_id, person_id=person_id)
    return await timeline_of(actor, person_id)


@get("/people/{person_id:uuid}/path", **on(Resource.PERSON, Verb.READ))
async def api_path(request: AnyRequest, person_id: FromPath[UUID]) -> Path | None:
    """The line above the timeline: of the newest referral, or nothing where there is none."""
    actor = actor_of(request)
    await person(actor, person_id)
    await note_reading("timeline", person_id, person_id=person_id)
    found = await referrals_of(actor, person_id)
    return await path_of(actor, found[0]) if found else None
