"""Taking a referral in, step by step, with drafts that wait until they are sent."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from msgspec import Struct

from app import present
from app.forms.form import SUBMISSION, VERSION, Submitted, typed_form
from app.forms.intake import STEPS
from app.forms.press import PRESS, Press
from app.forms.view import FormView
from app.intake import (
    Asked,
    Steps,
    asked,
    choices_for,
    intake_of,
    likely_people,
    located,
    read_steps,
    refuse_future,
)
from app.web.components import Fact, Tag, Task
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from programmes.common.clock import london_date
from programmes.common.errors import Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.people.queries import PersonRow
from programmes.referrals.draft_commands import begin_draft, close_draft, discard_draft, save_step
from programmes.referrals.draft_queries import Draft, draft, drafts
from programmes.referrals.intake_commands import take_in

AnyRequest = Request[Any, Any, Any]
_MAY: dict[str, Any] = on(Resource.PERSON, Verb.CREATE)
TITLES = {
    "person": "The person",
    "same-person": "On record already?",
    "referral": "The referral",
    "deadline": "Dates of the caution, order or licence",
    "children": "Children",
    "needs": "Language and needs",
    "equality": "Equality",
    "times": "Times and venues",
    "law": "Sharing and the law",
}
HELP = {
    "equality": "As they say it themselves. Leave empty what nobody asked.",
    "same-person": "One record for one person. Nothing is joined without you.",
    "law": "What is shared, under which law, and who may be told what was decided.",
}


class Opened(Struct, frozen=True):
    """A draft with what its next page needs."""

    draft: Draft
    steps: Steps
    likely: list[PersonRow]
    asked: Asked
    choices: Any


@get("/referrals/new", **_MAY)
async def new_referral_page(request: AnyRequest) -> Template:
    now = request.app.state.clock.now()
    return page(
        request,
        "referrals/begin.html",
        begin=PRESS.blank(new_id(now)),
        discard=PRESS.blank(new_id(now)),
        drafts=[_draft_line(one) for one in await drafts(actor_of(request))],
    )


@post("/referrals/new", status_code=303, **_MAY)
async def begin(request: AnyRequest) -> Response[Any]:
    return await _begun(request, None)


@post("/people/{person_id:uuid}/refer", status_code=303, **_MAY)
async def begin_for_person(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    return await _begun(request, person_id)


async def _begun(request: AnyRequest, person_id: UUID | None) -> Response[Any]:
    now = request.app.state.clock.now()
    draft_id = await begin_draft(person_id=person_id, actor=actor_of(request), now=now)
    return Redirect(f"/referrals/drafts/{draft_id}", status_code=303)


@get("/referrals/drafts/{draft_id:uuid}", **_MAY)
async def draft_page(request: AnyRequest, draft_id: FromPath[UUID]) -> Response[Any]:
    """The task list; a draft that was sent leads to its referral."""
    opened = await _opened(request, draft_id)
    if opened.draft.referral_id:
        return Redirect(f"/referrals/{opened.draft.referral_id}", status_code=303)
    tasks = [_task(opened, name) for name in opened.asked.names]
    now = request.app.state.clock.now()
    return page(
        request,
        "referrals/draft.html",
        draft=opened.draft,
        tasks=tasks,
        saved=present.short_date_and_time(opened.draft.saved_at),
        open=sum(1 for name in opened.asked.names if not _is_done(opened, name)),
        discard=PRESS.blank(new_id(now)),
    )


@post("/referrals/drafts/{draft_id:uuid}/discard", status_code=303, **_MAY)
async def discard(request: AnyRequest, draft_id: FromPath[UUID]) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()
    await draft(actor, draft_id)
    await discard_draft(draft_id, actor=actor, now=now)
    return redirect_with_notice(request, "/referrals/new", "The draft is thrown away.")


@get("/referrals/drafts/{draft_id:uuid}/{step:str}", **_MAY)
async def step_page(
    request: AnyRequest, draft_id: FromPath[UUID], step: FromPath[str]
) -> Response[Any]:
    opened = await _opened(request, draft_id)
    if step not in opened.asked.names or opened.draft.is_over:
        raise NotFound
    typed = {
        **opened.steps.get(step, {}),
        SUBMISSION: (str(new_id(request.app.state.clock.now())),),
        VERSION: (str(opened.draft.version),),
    }
    form = STEPS[step].refused(typed, Invalid({}), choices=opened.choices.get(step, {}))
    return _step(request, opened, step, form)


@post("/referrals/drafts/{draft_id:uuid}/{step:str}", status_code=303, **_MAY)
async def save(request: AnyRequest, draft_id: FromPath[UUID], step: FromPath[str]) -> Response[Any]:
    opened = await _opened(request, draft_id)
    if step not in opened.asked.names or opened.draft.is_over:
        raise NotFound
    typed = {
        name: list(values)
        for name, values in (await typed_form(request)).items()
        if name not in (SUBMISSION, VERSION)
    }

    async def do(sent: Submitted[Any]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        refuse_future(step, sent.values, london_date(now))
        await save_step(draft_id, step, typed, version=sent.version or 0, actor=actor, now=now)
        after = await _opened(request, draft_id)
        following = after.asked.after(step)
        base = f"/referrals/drafts/{draft_id}"
        if following is None or _is_done(after, following):
            return base
        return f"{base}/{following}"

    async def show(form: FormView, status: int) -> Template:
        return _step(request, opened, step, form, status_code=status)

    choices = opened.choices.get(step, {})
    return await submit(request, STEPS[step], do=do, show=show, notice="Saved.", choices=choices)


@get("/referrals/drafts/{draft_id:uuid}/check", **_MAY)
async def check_page(request: AnyRequest, draft_id: FromPath[UUID]) -> Template:
    opened = await _opened(request, draft_id)
    if opened.draft.is_over:
        raise NotFound
    return _check(request, opened, PRESS.blank(new_id(request.app.state.clock.now())))


@post("/referrals/drafts/{draft_id:uuid}/check", status_code=303, **_MAY)
async def send(request: AnyRequest, draft_id: FromPath[UUID]) -> Response[Any]:
    opened = await _opened(request, draft_id)

    async def do(sent: Submitted[Press]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        values = read_steps(opened.steps, opened.asked.names, opened.choices)
        intake = intake_of(values, person_id=opened.draft.person_id)
        try:
            referral_id = await take_in(intake, actor=actor, now=now)
        except Invalid as refusal:
            raise Invalid(located(refusal)) from None
        await close_draft(draft_id, referral_id, actor=actor, now=now)
        return f"/referrals/{referral_id}"

    async def show(form: FormView, status: int) -> Template:
        return _check(request, opened, form, status_code=status)

    return await submit(request, PRESS, do=do, show=show, notice="The referral is taken in.")


async def _opened(request: AnyRequest, draft_id: UUID) -> Opened:
    actor = actor_of(request)
    found = await draft(actor, draft_id)
    steps = {
        name: {field: tuple(values) for field, values in typed.items()}
        for name, typed in found.answers.items()
    }
    likely = [] if found.person_id else await likely_people(actor, steps)
    names = asked(steps, is_on_record=found.person_id is not None, has_likely=bool(likely))
    return Opened(found, steps, likely, names, await choices_for(actor, likely))


def _step(
    request: AnyRequest, opened: Opened, step: str, form: FormView, *, status_code: int = 200
) -> Template:
    names = opened.asked.names
    return page(
        request,
        "referrals/step.html",
        status_code=status_code,
        form=form,
        title=TITLES[step],
        help=HELP.get(step, ""),
        place=f"Step {names.index(step) + 1} of {len(names)}",
        back=f"/referrals/drafts/{opened.draft.id}",
        action=f"/referrals/drafts/{opened.draft.id}/{step}",
    )


def _check(
    request: AnyRequest, opened: Opened, form: FormView, *, status_code: int = 200
) -> Template:
    return page(
        request,
        "referrals/check.html",
        status_code=status_code,
        form=form,
        sections=[(TITLES[name], _answers(opened, name)) for name in opened.asked.names],
        person=opened.draft.person_name,
        back=f"/referrals/drafts/{opened.draft.id}",
        is_whole=all(_is_done(opened, name) for name in opened.asked.names),
    )


def _answers(opened: Opened, name: str) -> tuple[Fact, ...]:
    return STEPS[name].answers(
        opened.steps.get(name, {}),
        change=f"/referrals/drafts/{opened.draft.id}/{name}",
        choices=opened.choices.get(name, {}),
    )


def _is_done(opened: Opened, name: str) -> bool:
    """Saved, and still readable: a programme may have closed since."""
    if name not in opened.steps:
        return False
    try:
        read_steps(opened.steps, (name,), opened.choices)
    except Invalid:
        return False
    return True


def _task(opened: Opened, name: str) -> Task:
    done = _is_done(opened, name)
    return Task(
        text=TITLES[name],
        href=f"/referrals/drafts/{opened.draft.id}/{name}",
        tag=Tag("Done", "green") if done else Tag("To do", "blue"),
    )


def _draft_line(one: Draft) -> dict[str, Any]:
    about = one.answers.get("person", {})
    typed = " ".join(" ".join(about.get(name, ())) for name in ("first_name", "last_name"))
    return {
        "id": one.id,
        "text": one.person_name or typed.strip() or "Nobody named yet",
        "saved": present.short_date_and_time(one.saved_at),
    }
