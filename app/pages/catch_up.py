"""Catch-up: who owes which session, and one press to book what makes it up."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.fields import Hidden
from app.forms.form import Form, Submitted
from app.forms.view import FormView
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from scheduling.cohorts.commands import WRITE_COHORTS
from scheduling.sessions.catch_up_commands import book_catch_up
from scheduling.sessions.catch_up_queries import Owed, owed_sessions
from scheduling.sessions.catch_up_words import OpenSession

AnyRequest = Request[Any, Any, Any]
SHOWN = 2


class BookCatchUp(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    number: Annotated[int, Hidden("Session")]
    session: Annotated[UUID, Hidden("Made up at")]


BOOK = Form(BookCatchUp)


@get("/catch-up", **on(Resource.COHORTS, Verb.READ))
async def catch_up_page(request: AnyRequest) -> Template:
    return await _page(request)


@post("/places/{place_id:uuid}/catch-up", status_code=303, **on(Resource.COHORTS, Verb.WRITE))
async def book(request: AnyRequest, place_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[BookCatchUp]) -> str:
        asked = sent.values
        await book_catch_up(
            place_id,
            number=asked.number,
            session_id=asked.session,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return "/catch-up"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, form=form, status_code=status)

    return await submit(
        request, BOOK, do=do, show=show, notice="Booked. They are on that session's register."
    )


async def _page(
    request: AnyRequest, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    owed = await owed_sessions(actor, now=now)
    return page(
        request,
        "cohorts/catch_up.html",
        status_code=status_code,
        form=form,
        may_book=may(actor, WRITE_COHORTS),
        rows=[_row(one, new_id(now)) for one in owed],
    )


def _row(one: Owed, submission: UUID) -> dict[str, Any]:
    return {
        "name": one.place.person_name,
        "href": f"/people/{one.place.person_id}",
        "owes": f"Session {one.owing.number}, module {one.owing.module}"
        + (f", by {present.long_date(one.owing.finish_by)}" if one.owing.finish_by else ""),
        "group": f"Group {one.place.cohort_reference}",
        "action": f"/places/{one.place.enrolment_id}/catch-up",
        "choices": [_choice(one, session, submission) for session in one.choices[:SHOWN]],
    }


def _choice(owed: Owed, session: OpenSession, submission: UUID) -> tuple[str, FormView]:
    day = present.short_date(london_date(session.starts_at))
    words = f"Session {session.number}, {day}, {present.wall_time(session.starts_at)}"
    values = BookCatchUp(number=owed.owing.number, session=session.session_id)
    return words, BOOK.filled(values, submission)
