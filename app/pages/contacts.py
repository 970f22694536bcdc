"""Contacts: those about one person, and those with referrers that are owed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.contacts import RECORD_CONTACT, RecordContact
from app.forms.form import Submitted
from app.forms.view import FormView
from app.forms.wall_clock import instant, typed_instant
from app.labels import label
from app.pages.people import frame
from app.web.components import Cell, Event, Tag
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.statements.referrer_queries import ReferrerContacts, referrer_contacts
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.contacts.commands import RECORD_CONTACT as MAY_RECORD
from programmes.contacts.commands import NewContact, record_contact
from programmes.contacts.queries import ContactRow, contacts_of
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]


@get("/referrer-contacts", **on(Resource.CONTACT, Verb.READ))
async def owed_page(request: AnyRequest) -> Template:
    found = await referrer_contacts(actor_of(request))
    return page(request, "contacts/owed.html", rows=[_owed_cells(row) for row in found])


@get("/people/{person_id:uuid}/contacts", **on(Resource.CONTACT, Verb.READ))
async def contacts_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _page_of(request, person_id)


@post("/people/{person_id:uuid}/contacts", status_code=303, **on(Resource.CONTACT, Verb.CREATE))
async def record(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[RecordContact]) -> str:
        now = request.app.state.clock.now()
        try:
            new = contact_of(sent.values)
            await record_contact(person_id, new, actor=actor_of(request), now=now)
        except Invalid as invalid:
            named = {"happened_at": "happened_on"}
            raise Invalid({named.get(k, k): v for k, v in invalid.errors.items()}) from None
        return f"/people/{person_id}/contacts"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, person_id, form=form, status_code=status)

    return await submit(
        request, RECORD_CONTACT, do=do, show=show, notice="The contact is recorded."
    )


def contact_of(values: RecordContact) -> NewContact:
    """Raises Invalid for a time that London's clocks never showed, or showed twice."""
    at = instant(values.happened_on, values.happened_time, name="happened", called="the contact")
    assert at is not None
    return NewContact(
        happened_at=at,
        with_whom=values.with_whom,
        how=values.how,
        was_reached=values.was_reached == "yes",
        what=values.what,
    )


async def _page_of(
    request: AnyRequest, person_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("contacts", person_id, person_id=person_id)
    rows = await contacts_of(actor, person_id)
    blank = RECORD_CONTACT.blank(new_id(now), initial=_now(now))
    return page(
        request,
        "contacts/of_person.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, person_id), current="Contacts"),
        events=[_event(row) for row in rows],
        owed=[_words(one) for one in await referrer_contacts(actor, person_id=person_id)],
        recording=(form or blank) if may(actor, MAY_RECORD) else None,
        form=form,
        action=f"/people/{person_id}/contacts",
    )


def _now(now: datetime) -> dict[str, Any]:
    return typed_instant(now, name="happened")


def _words(one: ReferrerContacts) -> str:
    made = f"{one.programme}: {one.made} of {one.needed} contacts with the referrer are made."
    return f"{made} {one.missing} missing." if one.missing else made


def _event(row: ContactRow) -> Event:
    reached = "" if row.was_reached else ", nobody reached"
    return Event(
        title=f"{label(row.with_whom)}: {present.mid_sentence(label(row.how))}{reached}",
        when=present.date_and_time(row.happened_at),
        by=row.entered_by,
        detail=row.what,
        tag=None if row.was_reached else Tag("Not reached"),
    )


def _owed_cells(row: ReferrerContacts) -> list[Cell]:
    missing = Tag(f"{row.missing} missing", "orange") if row.missing else Tag("All made", "green")
    return [
        Cell(row.person_name, f"/people/{row.person_id}/contacts", note=row.person_reference),
        Cell(row.programme, f"/cohorts/{row.cohort_id}", note=f"Group {row.cohort_reference}"),
        Cell(f"{row.made} of {row.needed}"),
        Cell(present.short_date(london_date(row.last_on))),
        Cell(tag=missing),
    ]
