"""The register of one session: two taps a person, saved together, signed off by name."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.field import Typed, first_value
from app.forms.form import typed_form
from app.guard import actor_of, on
from app.labels import label
from app.shell import page, redirect_with_notice
from app.submitting import remember, where_it_went
from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.words import MarkAsks, MarkCode, MarkRule
from programmes.common.clock import london_date
from programmes.common.errors import Conflict, DomainError, Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from scheduling.attendance.commands import MARK, save_marks, sign_off
from scheduling.attendance.correction_queries import CORRECT
from scheduling.attendance.queries import (
    READ_OPEN_REGISTER,
    MarkRow,
    marks_of_session,
    register_version,
)
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.queries import PlaceRow, cohort, places_at, runs_cohort, session
from scheduling.cohorts.words import LIVE_PLACES

AnyRequest = Request[Any, Any, Any]


class Line(Struct, frozen=True):
    """One person's line of the register: what is chosen, and what was typed."""

    enrolment_id: UUID
    name: str
    href: str
    code: str
    minutes: str
    note: str
    saved: str
    correct: str


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
    try:
        submission = UUID(first_value(typed, "submission"))
        if await where_it_went(submission) is None:
            version = int(first_value(typed, "version"))
            version = await save_marks(
                session_id, _marks(typed), version=version, actor=actor, now=now
            )
            if first_value(typed, "then") == "sign-off":
                await sign_off(session_id, version=version, actor=actor, now=now)
            await remember(request, submission, here)
    except ValueError:
        raise Invalid({"register": "This page is out of date. Open the register again."}) from None
    except (Refused, Conflict) as refusal:
        status = 409 if isinstance(refusal, Conflict) else 422
        return await _page(request, session_id, typed=typed, refusal=refusal, status_code=status)
    said = "signed off" if first_value(typed, "then") == "sign-off" else "saved"
    return redirect_with_notice(request, here, f"The register is {said}.")


def _marks(typed: Typed) -> dict[UUID, GivenMark]:
    """Raises ValueError for a name or value that no register of ours has."""
    marks: dict[UUID, GivenMark] = {}
    for name in typed:
        if name.startswith("mark-") and first_value(typed, name):
            who = name.removeprefix("mark-")
            minutes = first_value(typed, f"minutes-{who}")
            marks[UUID(who)] = GivenMark(
                code=MarkCode(first_value(typed, name)),
                minutes_late=int(minutes) if minutes.isdecimal() else None,
                note=first_value(typed, f"note-{who}")[:4000] or None,
            )
    return marks


async def _page(
    request: AnyRequest,
    session_id: UUID,
    *,
    typed: Typed | None = None,
    refusal: DomainError | None = None,
    status_code: int = 200,
) -> Template:
    actor = actor_of(request)
    found = await session(actor, session_id)
    group = await cohort(actor, found.cohort_id)
    rules = (await programme_version(group.programme_version_id)).rules
    marks = {m.enrolment_id: m for m in await marks_of_session(actor, session_id)}
    places = [
        place
        for place in await places_at(actor, session_id)
        if place.status in LIVE_PLACES or place.id in marks
    ]
    now = request.app.state.clock.now()
    is_open = found.signed_off_at is None and found.status == "planned" and now >= found.starts_at
    return page(
        request,
        "registers/register.html",
        status_code=status_code,
        session=found,
        cohort=group,
        when=f"{present.day_and_date(london_date(found.starts_at))}, "
        f"{present.time_span(found.starts_at, found.ends_at)}",
        lines=[_line(place, marks.get(place.id), typed) for place in places],
        options=[_option(rule) for rule in rules.marks],
        may_mark=is_open and await runs_cohort(actor, group.id, permission=MARK),
        may_correct=may(actor, CORRECT),
        may_print=may(actor, READ_OPEN_REGISTER),
        why_not=_why_not(found, now),
        reasons=_reasons(refusal),
        submission=new_id(now),
        version=await register_version(actor, session_id),
    )


def _why_not(found: Any, now: Any) -> str:
    if found.status == "cancelled":
        return f"This session was cancelled: {found.cancelled_because or 'no reason given'}."
    if found.signed_off_at is not None:
        return f"Signed off on {present.date_and_time(found.signed_off_at)}."
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
    return {
        "value": rule.code.value,
        "text": label(rule.code),
        "asks_minutes": rule.asks is MarkAsks.MINUTES,
    }


def _line(place: PlaceRow, saved: MarkRow | None, typed: Typed | None) -> Line:
    """What was typed stays; beside it stands what is saved, where they differ."""
    kept = saved.code.value if saved else ""
    minutes = str(saved.minutes_late or "") if saved else ""
    note = (saved.note or "") if saved else ""
    if typed is not None:
        chosen = first_value(typed, f"mark-{place.id}")
        minutes = first_value(typed, f"minutes-{place.id}")
        note = first_value(typed, f"note-{place.id}")
    else:
        chosen = kept
    return Line(
        place.id,
        place.person_name,
        f"/people/{place.person_id}",
        chosen,
        minutes,
        note,
        label(saved.code) if saved else "",
        f"/marks/{saved.id}/correct" if saved and saved.signed_off_at else "",
    )
