"""Corrections of a signed-off register: asked for by one, settled by another."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.corrections import (
    ASK_FOR_CORRECTION,
    SETTLE_CORRECTION,
    AskForCorrection,
    SettleCorrection,
)
from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.view import FormView
from app.labels import label
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import must_be_shown, submit
from programmes.catalogue.queries import version as programme_version
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import person
from scheduling.attendance.correction_commands import (
    agree_to_correction,
    ask_for_correction,
    decline_correction,
)
from scheduling.attendance.correction_queries import OpenCorrection, open_corrections
from scheduling.attendance.queries import MarkRow, mark
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.queries import cohort

AnyRequest = Request[Any, Any, Any]
_APPEND: dict[str, Any] = on(Resource.ATTENDANCE, Verb.APPEND)


@get("/marks/{mark_id:uuid}/correct", **_APPEND)
async def correct_page(request: AnyRequest, mark_id: FromPath[UUID]) -> Template:
    found = await mark(actor_of(request), mark_id)
    return await _correct_page(
        request,
        found,
        ASK_FOR_CORRECTION.blank(
            new_id(request.app.state.clock.now()), choices=await _choices(request, found)
        ),
    )


@post("/marks/{mark_id:uuid}/correct", status_code=303, **_APPEND)
async def ask(request: AnyRequest, mark_id: FromPath[UUID]) -> Response[Any]:
    found = await mark(actor_of(request), mark_id)

    async def do(sent: Submitted[AskForCorrection]) -> str:
        await ask_for_correction(
            mark_id,
            GivenMark(code=sent.values.code, minutes_late=sent.values.minutes_late),
            reason=sent.values.reason,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/sessions/{found.session_id}/register"

    async def show(form: FormView, status: int) -> Template:
        return await _correct_page(request, found, form, status_code=status)

    return await submit(
        request,
        ASK_FOR_CORRECTION,
        do=do,
        show=show,
        notice="Asked for. A second person settles it.",
        choices=await _choices(request, found),
    )


@get("/corrections", **_APPEND)
async def corrections_page(request: AnyRequest) -> Template:
    return await _corrections_page(request)


@post("/corrections/{correction_id:uuid}", status_code=303, **_APPEND)
async def settle(request: AnyRequest, correction_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[SettleCorrection]) -> str:
        settle_it = agree_to_correction if sent.values.outcome == "agreed" else decline_correction
        now = request.app.state.clock.now()
        await settle_it(correction_id, actor=actor_of(request), now=now)
        return "/corrections"

    async def show(form: FormView, status: int) -> Template:
        return await _corrections_page(request, {correction_id: form}, status_code=status)

    return await submit(
        request, SETTLE_CORRECTION, do=do, show=show, notice="The correction is settled."
    )


async def _correct_page(
    request: AnyRequest, found: MarkRow, form: FormView, *, status_code: int = 200
) -> Template:
    facts = await person(actor_of(request), found.person_id)
    return page(
        request,
        "registers/correct.html",
        status_code=status_code,
        mark=found,
        name=facts.name,
        when=present.full_date(london_date(found.held_at)),
        now_says=label(found.code),
        form=form,
    )


async def _corrections_page(
    request: AnyRequest, refused: dict[UUID, FormView] | None = None, *, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    sent_back = refused or {}
    found = await open_corrections(actor, also=sent_back.keys())
    must_be_shown(sent_back, [one.id for one in found])
    forms = {one.id: SETTLE_CORRECTION.blank(new_id(now)) for one in found} | sent_back
    return page(
        request,
        "registers/corrections.html",
        status_code=status_code,
        corrections=[
            (one, _words(one), forms[one.id], one.asked_by == actor.account_id) for one in found
        ],
        form=next(iter(sent_back.values()), None),
    )


def _words(one: OpenCorrection) -> str:
    minutes = f", {present.count(one.minutes_late, 'minute')}" if one.minutes_late else ""
    when = present.full_date(london_date(one.held_at))
    return f"{when}: from “{label(one.before)}” to “{label(one.after)}”{minutes}"


async def _choices(request: AnyRequest, found: MarkRow) -> dict[str, list[Choice]]:
    """The marks that this programme's registers offer."""
    group = await cohort(actor_of(request), found.cohort_id)
    rules = (await programme_version(group.programme_version_id)).rules
    if found.signed_off_at is None:
        raise NotFound
    return {"code": [Choice(rule.code, label(rule.code)) for rule in rules.marks]}
