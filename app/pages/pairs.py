"""Miss one workshop, repeat both: ending the place and offering a later pair."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.places import KEEP_WAITING, REPEAT_PAIR, RepeatPair
from app.forms.view import FormView
from app.views.places import able, offers_for, refused
from app.web.components import Fact
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.commands import joiner_of
from scheduling.cohorts.pair_commands import repeat_pair
from scheduling.cohorts.queries import cohort, place

AnyRequest = Request[Any, Any, Any]
_WAIT = Choice(KEEP_WAITING, "None: they wait for another pair")


@get("/places/{place_id:uuid}/repeat", **on(Resource.COHORTS, Verb.WRITE))
async def repeat_page(request: AnyRequest, place_id: FromPath[UUID]) -> Template:
    return await _page(request, place_id)


@post("/places/{place_id:uuid}/repeat", status_code=303, **on(Resource.COHORTS, Verb.WRITE))
async def repeat(request: AnyRequest, place_id: FromPath[UUID]) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await place(actor, place_id)

    async def do(sent: Submitted[RepeatPair]) -> str:
        into = None if sent.values.into == KEEP_WAITING else UUID(sent.values.into)
        await repeat_pair(place_id, into=into, actor=actor, now=now)
        return f"/cohorts/{into or found.cohort_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, place_id, form=form, status_code=status)

    group = await cohort(actor, found.cohort_id)
    offers = await offers_for(actor, found.referral_id, group.programme_code, now=now)
    choices = {"into": [*(offer.choice for offer in offers), _WAIT]}
    return await submit(
        request,
        REPEAT_PAIR,
        do=do,
        show=show,
        notice="Their place has ended. They repeat both workshops.",
        choices=choices,
    )


async def _page(
    request: AnyRequest, place_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await place(actor, place_id)
    group = await cohort(actor, found.cohort_id)
    offers = await offers_for(actor, found.referral_id, group.programme_code, now=now)
    ends = (await joiner_of(found.referral_id)).deadline_on
    choices = {"into": [*able(offers, but=found.cohort_id), _WAIT]}
    return page(
        request,
        "cohorts/repeat.html",
        status_code=status_code,
        place_id=place_id,
        cohort=group,
        form=form or REPEAT_PAIR.blank(new_id(now), choices=choices),
        facts=[
            Fact("Name", found.person_name),
            Fact("Caution ends", present.long_date(ends) if ends else "No date recorded"),
        ],
        refused=[one for one in refused(offers) if not one[0].startswith(group.reference + ",")],
    )
