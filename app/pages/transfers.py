"""Going on in another group: the place moves, and all that was done stays."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.places import TRANSFER_PLACE, TransferPlace
from app.forms.view import FormView
from app.views.places import able, names_venue, refused, transfer_offers
from app.web.components import Fact
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.orders.queries import READ_WORDING
from scheduling.cohorts.queries import cohort, place
from scheduling.cohorts.transfer_commands import transfer

AnyRequest = Request[Any, Any, Any]


@get("/places/{place_id:uuid}/transfer", **on(Resource.COHORTS, Verb.WRITE))
async def transfer_page(request: AnyRequest, place_id: FromPath[UUID]) -> Template:
    return await _page(request, place_id)


@post("/places/{place_id:uuid}/transfer", status_code=303, **on(Resource.COHORTS, Verb.WRITE))
async def move_place(request: AnyRequest, place_id: FromPath[UUID]) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()
    offers = await transfer_offers(actor, await place(actor, place_id), now=now)

    async def do(sent: Submitted[TransferPlace]) -> str:
        asked = sent.values
        into = UUID(asked.into)
        await transfer(place_id, into=into, reason=asked.reason, actor=actor, now=now)
        return f"/cohorts/{into}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, place_id, form=form, status_code=status)

    return await submit(
        request,
        TRANSFER_PLACE,
        do=do,
        show=show,
        notice="They go on in this group. What they have done counts here.",
        choices={"into": [offer.choice for offer in offers]},
    )


async def _page(
    request: AnyRequest, place_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await place(actor, place_id)
    group = await cohort(actor, found.cohort_id)
    offers = await transfer_offers(actor, found, now=now)
    choices = {"into": able(offers)}
    return page(
        request,
        "cohorts/transfer.html",
        status_code=status_code,
        place_id=place_id,
        cohort=group,
        form=form or TRANSFER_PLACE.blank(new_id(now), choices=choices),
        able=choices["into"],
        facts=[
            Fact("Name", found.person_name),
            Fact("In this group since", present.long_date(found.enrolled_on)),
        ],
        refused=refused(offers),
        wording_of=f"/people/{found.person_id}/orders"
        if names_venue(offers) and may(actor, READ_WORDING)
        else None,
    )
