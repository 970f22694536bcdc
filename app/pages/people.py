"""People: finding one, and the page about one."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template

from app import present
from app.forms.press import PRESS
from app.labels import label, tag
from app.views.path import path_of
from app.views.person import identity_of, parts_of
from app.views.timeline import timeline_of
from app.web.beat import answer_on_the_beat
from app.web.components import Cell, Fact, Paging, Tag
from app.web.guard import actor_of, on
from app.web.shell import page
from programmes.catalogue.around_queries import READ_ONWARD
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.paging import PAGE
from programmes.common.permissions import Resource, Verb, may
from programmes.common.staff import Actor
from programmes.emergencies.commands import OPEN_IN_EMERGENCY
from programmes.people.commands import CREATE_PERSON
from programmes.people.merge_commands import MERGE_PEOPLE
from programmes.people.queries import PersonFacts, people, person
from programmes.people.words import Sex
from programmes.referrals.queries import ReferralRow, referrals_of, referrals_of_joined
from programmes.referrals.words import Route

AnyRequest = Request[Any, Any, Any]


@get("/people", **on(Resource.PERSON, Verb.READ))
async def people_page(
    request: AnyRequest,
    q: FromQuery[str] = "",
    page_number: Annotated[int, QueryParameter(name="page", ge=1)] = 1,
) -> Template:
    found = await people(actor_of(request), starts_with=q, page=page_number)
    if not found.rows:
        answer_on_the_beat(request)
    rows = [
        [
            Cell(present.listed_name(row.first_name, row.last_name), f"/people/{row.id}"),
            row.reference,
            present.short_date(row.date_of_birth),
        ]
        for row in found.rows
    ]
    return page(
        request,
        "people/list.html",
        q=q,
        may_open_in_emergency=may(actor_of(request), OPEN_IN_EMERGENCY),
        rows=rows,
        paging=Paging(
            page=page_number,
            size=PAGE,
            total=found.total,
            is_more=found.is_more,
            path="/people",
            query={"q": q},
        ),
    )


@get("/people/{person_id:uuid}", **on(Resource.PERSON, Verb.READ))
async def person_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    actor = actor_of(request)
    facts = await person(actor, person_id)
    await note_reading("person", person_id, person_id=person_id)
    referrals = await referrals_of(actor, person_id)
    return page(
        request,
        "people/person.html",
        **frame(request, actor, facts, referrals, current="Overview"),
        facts=_facts(facts),
        referrals=[_referral_cells(row) for row in referrals],
        joined=[_joined_cells(row) for row in await referrals_of_joined(actor, person_id)],
        kept=facts.merged_into,
        may_join=may(actor, MERGE_PEOPLE),
        may_onward=may(actor, READ_ONWARD),
        refer=PRESS.blank(new_id(request.app.state.clock.now()))
        if may(actor, CREATE_PERSON) and not facts.merged_into
        else None,
    )


@get("/people/{person_id:uuid}/timeline", **on(Resource.PERSON, Verb.READ))
async def timeline_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    actor = actor_of(request)
    facts = await person(actor, person_id)
    await note_reading("timeline", person_id, person_id=person_id)
    referrals = await referrals_of(actor, person_id)
    return page(
        request,
        "people/timeline.html",
        **frame(request, actor, facts, referrals, current="Timeline"),
        path=await path_of(actor, referrals[0]) if referrals else None,
        events=await timeline_of(actor, person_id),
    )


def frame(
    request: AnyRequest,
    actor: Actor,
    facts: PersonFacts,
    referrals: list[ReferralRow],
    *,
    current: str,
) -> dict[str, Any]:
    """Identity bar, parts and breadcrumbs of a page about this person."""
    today = london_date(request.app.state.clock.now())
    status = tag(referrals[0].status) if referrals else Tag("Not referred")
    return {
        "person": identity_of(facts, status=status, today=today),
        "parts": parts_of(actor, facts.id, current),
    }


def _facts(facts: PersonFacts) -> list[Fact]:
    return [
        Fact("Date of birth", present.long_date(facts.date_of_birth)),
        Fact("Sex", label(Sex(facts.sex))),
        Fact("Ethnic group", facts.ethnic_group or "Not recorded"),
        Fact("First language", facts.first_language or "Not recorded"),
        Fact("Interpreter needed", present.yes_or_no(facts.interpreter_needed)),
        Fact("Postcode district", facts.postcode_district or "Not recorded"),
        Fact("Children on record", str(facts.children)),
    ]


def _referral_cells(row: ReferralRow) -> list[Any]:
    return [
        Cell(row.programme_name, f"/referrals/{row.id}"),
        present.short_date(row.received_on),
        row.agency,
        label(Route(row.route)),
        Cell(tag=tag(row.status)),
    ]


def _joined_cells(row: ReferralRow) -> list[Any]:
    return [Cell(row.person_name, f"/people/{row.person_id}"), *_referral_cells(row)]
