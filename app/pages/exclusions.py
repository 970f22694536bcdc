"""Who may not see a survivor's record: a worker steps back, or the lead keeps somebody out."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.exclusions import EXCLUDE, STEP_BACK, Exclude, StepBack
from app.forms.form import Choices, Submitted
from app.forms.press import PRESS
from app.forms.view import FormView
from app.labels import label
from app.pages.hand_over import colleagues, worker_choice
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.guard import actor_of, now_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.survivors.assignment_queries import accounts_of_side, workers
from outcomes.survivors.exclusion_commands import exclude, lift_exclusion, step_back
from outcomes.survivors.exclusion_queries import exclusions
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
LEAD = on(Resource.USERS, Verb.APPROVE, side=Side.SURVIVOR)


@get("/survivors/{survivor_id:uuid}/step-back", **on(Resource.SURVIVOR, Verb.WRITE))
async def step_back_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    form = STEP_BACK.blank(new_id(now_of(request)), choices=await colleagues(request))
    return await _step_back(request, survivor_id, form)


@post(
    "/survivors/{survivor_id:uuid}/step-back", status_code=303, **on(Resource.SURVIVOR, Verb.WRITE)
)
async def step_back_from(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[StepBack]) -> str:
        await step_back(
            survivor_id,
            sent.values.why,
            to=sent.values.to,
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=now_of(request),
        )
        return "/survivors"

    async def show(form: FormView, status: int) -> Template:
        return await _step_back(request, survivor_id, form, status_code=status)

    said = "Your colleague supports them now. You can no longer open the record."
    choices = await colleagues(request)
    return await submit(request, STEP_BACK, do=do, show=show, notice=said, choices=choices)


@get("/survivor-exclusions", **LEAD)
async def exclusions_page(request: AnyRequest) -> Template:
    form = EXCLUDE.blank(new_id(now_of(request)), choices=await _choices(request))
    return await _exclusions(request, form)


@post("/survivor-exclusions", status_code=303, **LEAD)
async def keep_out(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[Exclude]) -> str:
        await exclude(
            sent.values.reference,
            sent.values.account,
            sent.values.why,
            to=sent.values.to,
            actor=actor_of(request),
            now=now_of(request),
        )
        return "/survivor-exclusions"

    async def show(form: FormView, status: int) -> Template:
        return await _exclusions(request, form, status_code=status)

    said, choices = "They can no longer see this record.", await _choices(request)
    return await submit(request, EXCLUDE, do=do, show=show, notice=said, choices=choices)


@post("/survivor-exclusions/{exclusion_id:uuid}/lift", status_code=303, **LEAD)
async def lift(request: AnyRequest, exclusion_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[Any]) -> str:
        await lift_exclusion(exclusion_id, actor=actor_of(request), now=now_of(request))
        return "/survivor-exclusions"

    async def show(form: FormView, status: int) -> Template:
        form = EXCLUDE.blank(new_id(now_of(request)), choices=await _choices(request))
        return await _exclusions(request, form, status_code=status)

    return await submit(request, PRESS, do=do, show=show, notice="It is lifted.")


async def _step_back(
    request: AnyRequest, survivor_id: UUID, form: FormView, *, status_code: int = 200
) -> Template:
    frame = survivor_frame(await opened(request, survivor_id), "")
    return page(request, "survivors/step_back.html", status_code=status_code, **frame, form=form)


async def _exclusions(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    now = now_of(request)
    found = await exclusions(actor_of(request))
    return page(
        request,
        "survivors/exclusions.html",
        status_code=status_code,
        form=form,
        standing=[
            (one, label(one.why), PRESS.blank(new_id(now))) for one in found if one.until_on is None
        ],
        lifted=[
            [
                one.reference,
                one.name,
                label(one.why),
                present.short_date(one.from_on),
                present.short_date(one.until_on),
            ]
            for one in found
            if one.until_on is not None
        ],
    )


async def _choices(request: AnyRequest) -> Choices:
    actor = actor_of(request)
    return {
        "account": [worker_choice(one) for one in await accounts_of_side(actor)],
        "to": [worker_choice(one) for one in await workers(actor)],
    }
