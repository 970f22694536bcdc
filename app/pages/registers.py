"""The register of one session: two taps a person, saved row by row, signed off by name.

With the page's script each row is saved as it is marked; without it, all of them by one button.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.arrivals import ADD_ARRIVAL, AddArrival
from app.forms.field import Typed, first_value
from app.forms.form import Submitted, typed_form
from app.forms.places import REASONS_OF_ABSENCE
from app.forms.view import FormView
from app.labels import label
from app.views.register_lines import line_of, marks_typed
from app.views.standing import standing_line
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import remember, submit, where_it_went
from outcomes.completion.queries import READ_STANDING, standings
from outcomes.reactions import react
from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.words import MarkAsks, MarkRule
from programmes.common.clock import london_date
from programmes.common.errors import Conflict, DomainError, Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.common.staff import Actor
from scheduling.attendance.arrival_commands import add_arrival
from scheduling.attendance.arrival_queries import arrivals
from scheduling.attendance.commands import MARK, save_marks, sign_off
from scheduling.attendance.correction_queries import CORRECT
from scheduling.attendance.evening_queries import READ_NOTES
from scheduling.attendance.queries import (
    READ_OPEN_REGISTER,
    marks_of_session,
    register_facts,
)
from scheduling.attendance.rules import BY_CANCELLING, WITH_MINUTES
from scheduling.cohorts.queries import (
    SessionRow,
    cohort,
    places_at,
    runs_cohort,
    session,
)
from scheduling.cohorts.words import LIVE_PLACES

AnyRequest = Request[Any, Any, Any]


@get("/sessions/{session_id:uuid}/register", **on(Resource.COHORTS, Verb.READ))
async def register_page(request: AnyRequest, session_id: FromPath[UUID]) -> Template:
    return await _page(request, session_id)


@post(
    "/sessions/{session_id:uuid}/register",
    status_code=303,
    **on(Resource.OPEN_REGISTER, Verb.WRITE),
)
async def save_register(request: AnyRequest, session_id: FromPath[UUID]) -> Response[Any]:
    """Saves every mark that was chosen; with the second button, signs the register off as well."""
    actor, typed = actor_of(request), await typed_form(request)
    now = request.app.state.clock.now()
    here = f"/sessions/{session_id}/register"
    is_signed_off = first_value(typed, "then") == "sign-off"
    try:
        submission = UUID(first_value(typed, "submission"))
        version, marks = int(first_value(typed, "version")), marks_typed(typed)
    except ValueError:
        raise Invalid({"register": "This page is out of date. Open the register again."}) from None
    try:
        if await where_it_went(submission) is None:
            save = sign_off if is_signed_off else save_marks
            await save(session_id, marks, version=version, actor=actor, now=now)
            if is_signed_off:
                await react(actor, now=now)
            await remember(request, submission, here)
    except (Refused, Conflict) as refusal:
        status = 409 if isinstance(refusal, Conflict) else 422
        return await _page(request, session_id, typed=typed, refusal=refusal, status_code=status)
    said = "signed off" if is_signed_off else "saved"
    return redirect_with_notice(request, here, f"The register is {said}.")


@post(
    "/sessions/{session_id:uuid}/arrivals",
    status_code=303,
    **on(Resource.OPEN_REGISTER, Verb.WRITE),
)
async def new_arrival(request: AnyRequest, session_id: FromPath[UUID]) -> Response[Any]:
    """Somebody who is on no register of this session."""

    async def do(sent: Submitted[AddArrival]) -> str:
        await add_arrival(
            session_id,
            called=sent.values.called,
            stayed=sent.values.stayed == "yes",
            note=sent.values.note,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/sessions/{session_id}/register"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, session_id, arrival=form, status_code=status)

    notice = "Noted. A manager settles who they are."
    return await submit(request, ADD_ARRIVAL, do=do, show=show, notice=notice)


async def _page(
    request: AnyRequest,
    session_id: UUID,
    *,
    typed: Typed | None = None,
    refusal: DomainError | None = None,
    arrival: FormView | None = None,
    status_code: int = 200,
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await session(actor, session_id)
    group = await cohort(actor, found.cohort_id)
    register = await register_facts(actor, session_id)
    has_begun = now >= found.starts_at
    is_open = found.signed_off_at is None and found.status == "planned" and has_begun
    may_read = may(actor, READ_OPEN_REGISTER)
    return page(
        request,
        "registers/register.html",
        status_code=status_code,
        session=found,
        cohort=group,
        when=f"{present.day_and_date(london_date(found.starts_at))}, "
        f"{present.time_span(found.starts_at, found.ends_at)}",
        **await _people(actor, found, typed, now),
        options=await _options(group.programme_version_id),
        reasons_of_absence=REASONS_OF_ABSENCE,
        may_mark=is_open and await runs_cohort(actor, group.id, permission=MARK),
        may_correct=may(actor, CORRECT),
        may_print=may_read,
        may_read_notes=has_begun and await runs_cohort(actor, group.id, permission=READ_NOTES),
        why_not=_why_not(found, register.signed_off_by, now),
        arrivals=await arrivals(actor, session_id=session_id) if may_read else [],
        arrival=arrival or ADD_ARRIVAL.blank(new_id(now)),
        form=arrival,
        reasons=_reasons(refusal),
        submission=new_id(now),
        version=register.version,
    )


async def _people(
    actor: Actor, found: SessionRow, typed: Typed | None, now: datetime
) -> dict[str, Any]:
    """A line for each, and whether each can still finish."""
    marks = {m.enrolment_id: m for m in await marks_of_session(actor, found.id)}
    places = [
        place
        for place in await places_at(actor, found.id)
        if place.status in LIVE_PLACES or place.id in marks
    ]
    ids = [place.id for place in places]
    stands = await standings(actor, now=now, enrolments=ids) if may(actor, READ_STANDING) else []
    return {
        "lines": [line_of(place, marks.get(place.id), typed, found.cohort_id) for place in places],
        "standing": {one.enrolment_id: standing_line(one) for one in stands if one.is_live},
    }


async def _options(version_id: UUID) -> list[dict[str, Any]]:
    rules = (await programme_version(version_id)).rules
    return [_option(rule) for rule in rules.marks if rule.code not in BY_CANCELLING]


def _why_not(found: Any, signed_off_by: str | None, now: Any) -> str:
    if found.status == "cancelled":
        return f"This session was cancelled: {found.cancelled_because or 'no reason given'}."
    if found.signed_off_at is not None:
        by = f"by {signed_off_by} " if signed_off_by else ""
        return f"Signed off {by}at {present.date_and_time(found.signed_off_at)}."
    if now < found.starts_at:
        return (
            f"The register opens when the session begins, {present.date_and_time(found.starts_at)}."
        )
    return ""


def _reasons(refusal: DomainError | None) -> tuple[str, ...]:
    if isinstance(refusal, Refused):
        return refusal.reasons
    return (refusal.message,) if refusal else ()


def _option(rule: MarkRule) -> dict[str, Any]:
    return {"value": rule.code.value, "text": label(rule.code), "asks": _asks(rule)}


def _asks(rule: MarkRule) -> str:
    """What the page shows with this mark: minutes, a reason, or nothing more."""
    if rule.code in WITH_MINUTES:
        return "minutes" if rule.asks is MarkAsks.MINUTES else "maybe-minutes"
    return "reason" if rule.asks is MarkAsks.CLAIMED_REASON else ""
