"""The outbox without addresses, one's own choice, and a participant's reminders."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.forms.field import first_value
from app.forms.form import Submitted, typed_form
from app.forms.messages import ADD_CONTACT_POINT, CHOOSE_TELLING, AddContactPoint, ChooseTelling
from app.forms.view import FormView
from app.labels import label, tag
from app.pages.people import frame
from app.web.components import Cell, Paging, Tag
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.messages.commands import (
    SETTLE,
    WRITE_CONTACT_POINT,
    NewContactPoint,
    add_contact_point,
    choose_telling,
    leave_message,
    send_again,
    withdraw_consent,
)
from outcomes.messages.queries import (
    ContactPointRow,
    MessageRow,
    contact_points,
    outbox,
    telling_of,
)
from outcomes.messages.words import MessageState
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.paging import PAGE
from programmes.common.permissions import Resource, Verb, may
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]
_SETTLED = {"again": (send_again, "It goes again."), "leave": (leave_message, "It stays as it is.")}


@get("/outbox", **on(Resource.OUTBOX, Verb.READ))
async def outbox_page(
    request: AnyRequest,
    view: FromQuery[MessageState] = MessageState.HELD,
    page_number: PageNumber = 1,
) -> Template:
    actor = actor_of(request)
    found = await outbox(actor, state=view, page=page_number)
    to_settle = view in (MessageState.HELD, MessageState.FAILED) and may(actor, SETTLE)
    return page(
        request,
        "messages/outbox.html",
        state=view,
        states=[(one, found.counts[one]) for one in MessageState],
        rows=[_message_cells(row) for row in found.rows],
        to_settle=[(row.id, row.version) for row in found.rows] if to_settle else [],
        paging=Paging(
            page=page_number, size=PAGE, total=found.total, path="/outbox", query={"view": view}
        ),
    )


@post("/outbox/{message_id:uuid}", status_code=303, **on(Resource.OUTBOX, Verb.WRITE))
async def settle(request: AnyRequest, message_id: FromPath[UUID]) -> Response[Any]:
    typed = await typed_form(request)
    do, notice = _SETTLED.get(first_value(typed, "then"), (None, ""))
    version = first_value(typed, "version")
    if do is None or not version.isdecimal():
        raise Invalid({"then": "Say whether it goes again."})
    now = request.app.state.clock.now()
    await do(message_id, version=int(version), actor=actor_of(request), now=now)
    return redirect_with_notice(request, "/outbox", notice)


@get("/telling", **on(Resource.TASK, Verb.READ))
async def telling_page(request: AnyRequest) -> Template:
    chosen = await telling_of(actor_of(request))
    form = CHOOSE_TELLING.filled(ChooseTelling(chosen), new_id(request.app.state.clock.now()))
    return page(request, "messages/telling.html", form=form)


@post("/telling", status_code=303, **on(Resource.TASK, Verb.WRITE))
async def choose(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[ChooseTelling]) -> str:
        now = request.app.state.clock.now()
        await choose_telling(sent.values.choice, actor=actor_of(request), now=now)
        return "/telling"

    async def show(form: FormView, status: int) -> Template:
        return page(request, "messages/telling.html", form=form, status_code=status)

    return await submit(request, CHOOSE_TELLING, do=do, show=show, notice="Your choice is kept.")


@get("/people/{person_id:uuid}/reminders", **on(Resource.PERSON, Verb.READ))
async def reminders_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _reminders(request, person_id)


@post("/people/{person_id:uuid}/reminders", status_code=303, **on(Resource.PERSON, Verb.WRITE))
async def add_reminder(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[AddContactPoint]) -> str:
        await add_contact_point(
            person_id,
            contact_point_of(sent.values),
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/people/{person_id}/reminders"

    async def show(form: FormView, status: int) -> Template:
        return await _reminders(request, person_id, form=form, status_code=status)

    return await submit(request, ADD_CONTACT_POINT, do=do, show=show, notice="Reminders will go.")


@post(
    "/reminders/{contact_point_id:uuid}/withdraw",
    status_code=303,
    **on(Resource.PERSON, Verb.WRITE),
)
async def withdraw(request: AnyRequest, contact_point_id: FromPath[UUID]) -> Response[Any]:
    now = request.app.state.clock.now()
    person_id = await withdraw_consent(contact_point_id, actor=actor_of(request), now=now)
    notice = "Consent is withdrawn. Nothing more goes there."
    return redirect_with_notice(request, f"/people/{person_id}/reminders", notice)


def contact_point_of(values: AddContactPoint) -> NewContactPoint:
    """Raises Invalid without consent."""
    if not values.has_consented:
        raise Invalid({"has_consented": "Ask first. Without consent nothing is sent."})
    return NewContactPoint(
        channel=values.channel,
        address=values.address,
        safe_from=values.safe_from,
        safe_until=values.safe_until,
    )


async def _reminders(
    request: AnyRequest, person_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("reminders", person_id, person_id=person_id)
    found = await contact_points(actor, person_id)
    may_write = may(actor, WRITE_CONTACT_POINT)
    hours = {"safe_from": "09:00", "safe_until": "20:00"}
    adding = form or ADD_CONTACT_POINT.blank(new_id(now), initial=hours)
    return page(
        request,
        "messages/reminders.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, person_id), current="Reminders"),
        rows=[_point_cells(row) for row in found],
        in_use=[row for row in found if row.withdrawn_at is None] if may_write else [],
        adding=adding if may_write else None,
        form=form,
        action=f"/people/{person_id}/reminders",
    )


def _message_cells(row: MessageRow) -> list[Cell]:
    tried = present.count(row.attempts, "try", "tries")
    when = row.sent_at or row.created_at
    return [
        Cell(label(row.kind), note=label(row.recipient)),
        Cell(label(row.channel)),
        Cell(present.short_date_and_time(when), note=tried),
        Cell(tag=tag(row.state), note=present.sentence(row.trouble or row.settled_by or "")),
    ]


def _point_cells(row: ContactPointRow) -> list[Cell]:
    used = Tag("In use", "green")
    if row.withdrawn_at:
        used = Tag(f"Withdrawn {present.short_date(london_date(row.withdrawn_at))}")
    return [
        Cell(row.address, note=label(row.channel)),
        Cell(f"{row.safe_from} to {row.safe_until}"),
        Cell(present.short_date(london_date(row.consented_at)), note=f"To {row.consented_to}"),
        Cell(tag=used),
    ]
