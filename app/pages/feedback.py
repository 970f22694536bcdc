"""Participants say what they thought: asked by whoever runs the group, answered without a name."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.forms.feedback import GIVE_FEEDBACK
from app.forms.field import first_value
from app.forms.form import OUT_OF_DATE, typed_form
from app.forms.view import FormView
from app.pages.sign_in import session_cookie
from app.web.components import Header, Share
from app.web.guard import actor_of, for_everybody, on
from app.web.shell import page
from app.web.submitting import remember, where_it_went
from outcomes.feedback.commands import (
    ask_for_feedback,
    give_feedback,
    has_answered,
    programme_asked_about,
)
from outcomes.feedback.queries import feedback
from outcomes.feedback.words import LEAST_SHOWN, SCALE
from programmes.common.db import execute
from programmes.common.errors import Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.queries import cohort, place

AnyRequest = Request[Any, Any, Any]


@get("/places/{place_id:uuid}/feedback", **on(Resource.COHORTS, Verb.WRITE))
async def ask_page(request: AnyRequest, place_id: FromPath[UUID]) -> Template:
    return await _ask_page(request, place_id)


@post("/places/{place_id:uuid}/feedback", status_code=200, **on(Resource.COHORTS, Verb.WRITE))
async def ask(request: AnyRequest, place_id: FromPath[UUID]) -> Response[Any]:
    """Hands over the tablet, signed out, or shows the address this once."""
    typed = await typed_form(request)
    try:
        submission = UUID(first_value(typed, "submission"))
    except ValueError:
        raise Invalid({"submission": OUT_OF_DATE}) from None
    if await where_it_went(submission) is not None:
        return await _ask_page(request, place_id)
    try:
        token = await ask_for_feedback(
            place_id, actor=actor_of(request), now=request.app.state.clock.now()
        )
    except Refused as refusal:
        return await _ask_page(request, place_id, reasons=refusal.reasons, status_code=422)
    await remember(request, submission, f"/places/{place_id}/feedback")
    if first_value(typed, "then") != "tablet":
        return await _ask_page(request, place_id, address=f"{request.base_url}feedback/{token}")
    await execute("SELECT auth.leave()")
    gone = session_cookie(request, "", seconds=0)
    return Redirect(f"/feedback/{token}", status_code=303, cookies=[gone])


async def _ask_page(
    request: AnyRequest,
    place_id: UUID,
    *,
    address: str = "",
    reasons: tuple[str, ...] = (),
    status_code: int = 200,
) -> Template:
    actor = actor_of(request)
    found = await place(actor, place_id)
    return page(
        request,
        "feedback/ask.html",
        status_code=status_code,
        place=found,
        cohort=await cohort(actor, found.cohort_id),
        has_answered=await has_answered(place_id),
        address=address,
        reasons=reasons,
        submission=new_id(request.app.state.clock.now()),
    )


@get("/feedback/{token:str}", include_in_schema=False, **for_everybody())
async def answer_page(request: AnyRequest, token: FromPath[str]) -> Template:
    """Anything but an invitation that is open is absent."""
    async with request.app.state.databases.transaction("work_web"):
        programme = await programme_asked_about(token)
    form = GIVE_FEEDBACK.blank(new_id(request.app.state.clock.now()))
    return _answer_page(request, token, programme, form)


@post("/feedback/{token:str}", status_code=200, include_in_schema=False, **for_everybody())
async def answer(request: AnyRequest, token: FromPath[str]) -> Template:
    typed = await typed_form(request)
    async with request.app.state.databases.transaction("work_web"):
        programme = await programme_asked_about(token)
        try:
            sent = GIVE_FEEDBACK.parse(typed)
        except Invalid as refusal:
            form = GIVE_FEEDBACK.refused(typed, refusal)
            return _answer_page(request, token, programme, form, status_code=422)
        await give_feedback(token, msgspec.structs.asdict(sent.values))
    return page(request, "feedback/thanks.html")


def _answer_page(
    request: AnyRequest, token: str, programme: str, form: FormView, *, status_code: int = 200
) -> Template:
    return page(
        request,
        "feedback/answer.html",
        status_code=status_code,
        form=form,
        token=token,
        programme=programme,
    )


@get("/feedback", **on(Resource.MANAGEMENT_REPORT, Verb.READ))
async def feedback_page(request: AnyRequest) -> Template:
    found = await feedback(actor_of(request))
    return page(
        request,
        "feedback/results.html",
        least=LEAST_SHOWN,
        headers=["Statement", *(Header(words, is_numeric=True) for words in SCALE)],
        programmes=[
            (
                one,
                [Share(each.text, each.agreed, one.answered) for each in one.results],
                [[each.text, *map(str, each.counts)] for each in one.results],
            )
            for one in found
        ],
    )
