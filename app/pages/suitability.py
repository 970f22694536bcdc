"""Deciding on suitability, and agreeing to what somebody else asked."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app.forms.form import Choices, Form, Submitted
from app.forms.press import PRESS, Press
from app.forms.suitability import decision_form, decision_of, name_of, outcomes_for
from app.forms.view import FormView
from app.pages.people import frame
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.catalogue.queries import StoredVersion, programme
from programmes.catalogue.words import ProgrammeVersion
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import person
from programmes.referrals.intake_rules import answers_in_referral
from programmes.referrals.queries import ReferralFacts, referral, referrals_of
from programmes.referrals.suitability_commands import decide_suitability, settle_override
from programmes.referrals.words import ON_THE_LIST, TO_DECIDE, Route

AnyRequest = Request[Any, Any, Any]
_DECIDES: dict[str, Any] = on(Resource.SUITABILITY, Verb.WRITE)


class Asked(Struct, frozen=True):
    """A referral and the questions of the version in force."""

    referral: ReferralFacts
    version: StoredVersion
    form: Form[Any]
    choices: Choices


@get("/referrals/{referral_id:uuid}/decide", **_DECIDES)
async def decide_page(request: AnyRequest, referral_id: FromPath[UUID]) -> Template:
    asked = await _asked(request, referral_id)
    known = answers_in_referral(Route(asked.referral.route), asked.referral.contact_with_child)
    rules: ProgrammeVersion = asked.version.rules
    form = asked.form.blank(
        new_id(request.app.state.clock.now()),
        version=asked.referral.version,
        choices=asked.choices,
        initial={name_of(r): known.get(r.criterion, "not known") for r in rules.entry},
    )
    await note_reading("referral", referral_id, person_id=asked.referral.person_id)
    return await _page(request, asked, form)


@post("/referrals/{referral_id:uuid}/decide", status_code=303, **_DECIDES)
async def decide(request: AnyRequest, referral_id: FromPath[UUID]) -> Response[Any]:
    asked = await _asked(request, referral_id, is_settled=True)

    async def do(sent: Submitted[Any]) -> str:
        await decide_suitability(
            referral_id,
            decision_of(sent.values, asked.version.rules),
            version=sent.version or 0,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/referrals/{referral_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, asked, form, status_code=status)

    return await submit(
        request, asked.form, do=do, show=show, notice="Recorded.", choices=asked.choices
    )


@post("/referrals/{referral_id:uuid}/override/agree", status_code=303, **_DECIDES)
async def agree(request: AnyRequest, referral_id: FromPath[UUID]) -> Response[Any]:
    said = "You agreed: they are on the waiting list."
    return await _settle(request, referral_id, is_agreed=True, notice=said)


@post("/referrals/{referral_id:uuid}/override/decline", status_code=303, **_DECIDES)
async def decline(request: AnyRequest, referral_id: FromPath[UUID]) -> Response[Any]:
    said = "Declined. Nothing is decided yet."
    return await _settle(request, referral_id, is_agreed=False, notice=said)


async def _settle(
    request: AnyRequest, referral_id: UUID, *, is_agreed: bool, notice: str
) -> Response[Any]:
    async def do(sent: Submitted[Press]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        await settle_override(referral_id, is_agreed=is_agreed, actor=actor, now=now)
        return f"/referrals/{referral_id}"

    async def show(form: FormView, status: int) -> Template:
        asked = await _asked(request, referral_id, is_settled=True)
        return await _page(request, asked, form, status_code=status)

    return await submit(request, PRESS, do=do, show=show, notice=notice)


async def _asked(request: AnyRequest, referral_id: UUID, *, is_settled: bool = False) -> Asked:
    """Raises NotFound where there is nothing to decide any more, unless `is_settled` may be."""
    actor = actor_of(request)
    found = await referral(actor, referral_id)
    if not is_settled and found.status not in (*TO_DECIDE, *ON_THE_LIST):
        raise NotFound
    today = london_date(request.app.state.clock.now())
    version = (await programme(found.programme_code)).version_on(today)
    choices = {"outcome": outcomes_for(found.status)}
    return Asked(found, version, decision_form(version.rules.entry), choices)


async def _page(
    request: AnyRequest, asked: Asked, form: FormView, *, status_code: int = 200
) -> Template:
    actor, found = actor_of(request), asked.referral
    facts = await person(actor, found.person_id)
    others = await referrals_of(actor, found.person_id)
    questions = [name_of(rule) for rule in asked.version.rules.entry] if len(form.fields) else []
    return page(
        request,
        "referrals/decide.html",
        status_code=status_code,
        **frame(request, actor, facts, others, current=""),
        referral=found,
        version=asked.version.rules,
        form=form,
        questions=questions,
    )
