"""Cohorts: which there are, who is in one, and how it goes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.places import TAKE_PLACE, TakePlace
from app.forms.view import FormView
from app.labels import label, tag
from app.labels.cohorts import mark_kind, mark_words
from app.pages.people import frame
from app.views.cohort import cohort_facts, is_open
from app.views.places import able, names_venue, offers_for, refused
from app.views.standing import by_place, completion_link
from app.web.components import Cell, GridRow, GridSession, Header, Link, Mark
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.completion.queries import READ_STANDING, standings
from outcomes.completion.standing_words import Standing
from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.rules import allows_catch_up
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.orders.queries import READ_WORDING
from programmes.people.queries import person
from programmes.referrals.queries import referral, referrals_of
from scheduling.attendance.queries import MarkRow, marks_of_cohort
from scheduling.cohorts.commands import WRITE_COHORTS, enrol
from scheduling.cohorts.queries import (
    PlaceRow,
    SessionRow,
    cohort,
    cohorts,
    places_in,
    runs_cohort,
    sessions_of,
)
from scheduling.cohorts.transfer_queries import BroughtMark, marks_brought_to
from scheduling.cohorts.venue_commands import WRITE_PLACES
from scheduling.cohorts.words import LIVE_PLACES, EndReason
from scheduling.placement.world_queries import READ_PLACEMENT
from scheduling.sessions.planning_commands import PLAN_COHORTS
from scheduling.sessions.planning_queries import programmes_to_plan

AnyRequest = Request[Any, Any, Any]
_CONTACT = Resource.CONTACT
_FURTHER = (
    (Link("Absences to judge", "/absences"), Permission(Resource.ACCEPTABILITY, Verb.READ)),
    (Link("Corrections", "/corrections"), Permission(Resource.ATTENDANCE, Verb.APPEND)),
    (Link("Who came unbooked", "/arrivals"), Permission(Resource.SUITABILITY, Verb.WRITE)),
    (Link("Worries", "/concerns"), Permission(Resource.SUITABILITY, Verb.WRITE)),
    (Link("Contacts with referrers", "/referrer-contacts"), Permission(_CONTACT, Verb.READ)),
    (Link("Rooms and closed days", "/rooms"), WRITE_PLACES),
)


@get("/cohorts", **on(Resource.COHORTS, Verb.READ))
async def cohorts_page(request: AnyRequest, programme: FromQuery[str] = "") -> Template:
    rows = [
        [
            Cell(row.reference, f"/cohorts/{row.id}", note=row.programme_name),
            f"{row.venue}, {row.room}",
            present.date_span(row.first_on, row.last_on),
            f"{row.taken} of {row.capacity}",
            Cell(tag=tag(row.status)),
        ]
        for row in await cohorts(actor_of(request), programme=programme)
    ]
    headers = ["Group", "Where", "When", Header("Places taken", is_numeric=True), "Status"]
    may_plan = bool(await programmes_to_plan(actor_of(request))) and may(
        actor_of(request), PLAN_COHORTS
    )
    return page(
        request,
        "cohorts/list.html",
        rows=rows,
        headers=headers,
        may_plan=may_plan,
        links=_links(request),
    )


def _links(request: AnyRequest) -> list[Link]:
    """The pages about all groups that this person may open."""
    actor = actor_of(request)
    links = [Link("Calendar", "/calendar"), Link("Catch-up", "/catch-up")]
    return links + [link for link, needed in _FURTHER if may(actor, needed)]


@get("/cohorts/{cohort_id:uuid}", **on(Resource.COHORTS, Verb.READ))
async def cohort_page(request: AnyRequest, cohort_id: FromPath[UUID]) -> Template:
    actor = actor_of(request)
    found = await cohort(actor, cohort_id)
    sessions = await sessions_of(actor, cohort_id)
    places = await places_in(actor, cohort_id)
    marks = await marks_of_cohort(actor, cohort_id)
    brought = await marks_brought_to(actor, cohort_id)
    rules = (await programme_version(found.programme_version_id)).rules
    may_write = await runs_cohort(actor, cohort_id, permission=WRITE_COHORTS)
    now = request.app.state.clock.now()
    held = sum(one.was_held(now) for one in sessions)
    stands = (
        by_place(await standings(actor, now=now, cohort_id=cohort_id))
        if may(actor, READ_STANDING)
        else {}
    )
    return page(
        request,
        "cohorts/cohort.html",
        cohort=found,
        facts=cohort_facts(found, rules, held=held),
        may_offer=is_open(found, rules, held=held, today=london_date(now))
        and await runs_cohort(actor, cohort_id, permission=READ_PLACEMENT),
        grid_sessions=[_grid_session(one) for one in sessions],
        grid_rows=[_grid_row(one, sessions, marks, brought, stands) for one in places],
        lost=[completion_link(one) for one in stands.values() if one.is_lost],
        to_decide=[completion_link(one) for one in stands.values() if one.is_live and one.is_over],
        places=[_place_cells(one, may_write=may_write) for one in places],
        sessions=[_session_cells(one, now) for one in sessions],
        may_write=may_write,
        to_repeat=[]
        if allows_catch_up(rules) or not may_write
        else who_repeats(places, {mark.enrolment_id for mark in marks if not mark.is_there}),
    )


@get("/referrals/{referral_id:uuid}/place", **on(Resource.COHORTS, Verb.WRITE))
async def place_page(request: AnyRequest, referral_id: FromPath[UUID]) -> Template:
    return await _place_page(request, referral_id)


@post("/referrals/{referral_id:uuid}/place", status_code=303, **on(Resource.COHORTS, Verb.WRITE))
async def take_place(request: AnyRequest, referral_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[TakePlace]) -> str:
        await enrol(
            referral_id,
            UUID(sent.values.cohort),
            referral_version=sent.version or 0,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/cohorts/{sent.values.cohort}"

    async def show(form: FormView, status: int) -> Template:
        return await _place_page(request, referral_id, form=form, status_code=status)

    now = request.app.state.clock.now()
    found = await referral(actor_of(request), referral_id)
    offers = await offers_for(actor_of(request), referral_id, found.programme_code, now=now)
    choices = {"cohort": [offer.choice for offer in offers]}
    return await submit(
        request, TAKE_PLACE, do=do, show=show, notice="They have a place.", choices=choices
    )


async def _place_page(
    request: AnyRequest, referral_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor = actor_of(request)
    found = await referral(actor, referral_id)
    facts = await person(actor, found.person_id)
    now = request.app.state.clock.now()
    offers = await offers_for(actor, referral_id, found.programme_code, now=now)
    open_to_them = {"cohort": able(offers)}
    blank = TAKE_PLACE.blank(new_id(now), version=found.version, choices=open_to_them)
    return page(
        request,
        "cohorts/place.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, found.person_id), current=""),
        referral=found,
        form=form or blank,
        able=open_to_them["cohort"],
        refused=refused(offers),
        wording_of=f"/people/{found.person_id}/orders"
        if names_venue(offers) and may(actor, READ_WORDING)
        else None,
    )


def who_repeats(places: list[PlaceRow], missed: set[UUID]) -> list[Link]:
    """Live places with a missed workshop, each a press away from repeating both."""
    return [
        Link(place.person_name, f"/places/{place.id}/repeat")
        for place in places
        if place.status in LIVE_PLACES and place.id in missed
    ]


def _grid_session(one: SessionRow) -> GridSession:
    return GridSession(
        str(one.number),
        present.short_date(london_date(one.starts_at)),
        f"/sessions/{one.id}/register",
    )


def _grid_row(
    place: PlaceRow,
    sessions: list[SessionRow],
    marks: list[MarkRow],
    brought: list[BroughtMark],
    stands: dict[UUID, Standing],
) -> GridRow:
    """What they brought from another group stands where the same session does here."""
    by_session = {m.session_id: m for m in marks if m.enrolment_id == place.id}
    before = {m.number: m for m in brought if m.place_id == place.id}
    attended = {one.number for one in before.values() if one.is_there} | {
        mark.number for mark in by_session.values() if mark.is_there
    }
    ended = f" ({label(EndReason(place.end_reason)).lower()})" if place.end_reason else ""
    return GridRow(
        name=place.person_name + ended,
        href=f"/people/{place.person_id}",
        marks=tuple(
            _mark(by_session.get(one.id) or before.get(one.number), one) for one in sessions
        ),
        total=_total(len(attended), len(sessions), stands.get(place.id)),
    )


def _total(attended: int, sessions: int, stands: Standing | None) -> str:
    """Of those that the rule needs, or, for whoever may not know that, of all."""
    if stands is None:
        return f"{attended} of {sessions}"
    return f"{stands.progress.attended} of {stands.progress.needed}"


def _mark(found: MarkRow | BroughtMark | None, one: SessionRow) -> Mark:
    if one.status == "cancelled":
        return Mark("cancelled", "Cancelled by the service")
    if found is None:
        return Mark("to-come", "No mark yet")
    words = mark_words(found.code, found.verdict)
    if isinstance(found, BroughtMark):
        words = f"{words}, in group {found.cohort_reference}"
    return Mark(mark_kind(found.code, found.verdict), words)


def _place_cells(one: PlaceRow, *, may_write: bool) -> list[Any]:
    ended = f", {present.long_date(one.ended_on)}" if one.ended_on else ""
    name = Cell(one.person_name, f"/people/{one.person_id}", note=one.person_reference)
    status = Cell(tag=tag(one.status), note=ended.removeprefix(", "))
    alone = Cell("Individual sessions", f"/places/{one.id}/individual")
    if not may_write or one.status not in LIVE_PLACES:
        return [name, status, alone, ""]
    return [name, status, alone, Cell("Another group", f"/places/{one.id}/transfer")]


def _session_cells(one: SessionRow, now: datetime) -> list[Any]:
    when = f"{present.day_and_date(london_date(one.starts_at))}, {present.wall_time(one.starts_at)}"
    if one.status == "cancelled":
        state = f"Cancelled: {one.cancelled_because or 'no reason given'}"
    elif one.signed_off_at:
        state = f"Register signed off {present.short_date(london_date(one.signed_off_at))}"
    elif one.starts_at > now:
        state = "To come"
    else:
        state = "Register not signed off"
    return [Cell(f"Session {one.number}", f"/sessions/{one.id}/register"), when, one.room, state]
