"""The directory of agencies and of the workers who refer."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Template

from app import present
from app.forms.directory import ADD_AGENCY, AddAgency
from app.forms.form import Submitted
from app.forms.view import FormView
from app.web.components import Header
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.referrals.directory_commands import ADD_AGENCY as MAY_ADD
from programmes.referrals.directory_commands import add_agency
from programmes.referrals.directory_queries import directory

AnyRequest = Request[Any, Any, Any]


@get("/agencies", **on(Resource.PERSON, Verb.READ))
async def directory_page(request: AnyRequest, q: FromQuery[str] = "") -> Template:
    return await _page(request, q=q)


@post("/agencies", status_code=303, **on(Resource.PERSON, Verb.CREATE))
async def add(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddAgency]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        await add_agency(sent.values.name, kind=sent.values.kind, actor=actor, now=now)
        return "/agencies"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, form=form, status_code=status)

    return await submit(request, ADD_AGENCY, do=do, show=show, notice="The agency is added.")


async def _page(
    request: AnyRequest, *, q: str = "", form: FormView | None = None, status_code: int = 200
) -> Template:
    actor = actor_of(request)
    found = await directory(actor, q=q)
    blank = ADD_AGENCY.blank(new_id(request.app.state.clock.now()))
    return page(
        request,
        "referrals/agencies.html",
        status_code=status_code,
        q=q,
        agencies=[
            [one.name, one.kind.capitalize(), f"{one.referrals:,}"] for one in found.agencies
        ],
        workers=[
            [one.name, one.agency, one.email or "Not recorded", f"{one.referrals:,}",
             present.short_date(one.last_on)]
            for one in found.workers
        ],
        counted=Header("Referrals", is_numeric=True),
        add=(form or blank) if may(actor, MAY_ADD) else None,
        form=form,
    )  # fmt: skip
