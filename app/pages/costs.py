"""What each completion cost, and the manager's dated entries that it is counted from."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.report import (
    ENTER_COST_FORM,
    WITHDRAW_COST_FORM,
    EnterCost,
    WithdrawCost,
)
from app.forms.view import FormView
from app.pages.report_period import mistaken_page
from app.report_reading import part_for, parts_for
from app.views.report_parts import HELPS, TITLES, parts_of, shown_figures
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.reports.cost_commands import NewCost, enter_cost, withdraw_cost
from outcomes.reports.cost_queries import costs
from outcomes.reports.cost_rules import Cost
from outcomes.reports.detail_words import Part
from programmes.catalogue.queries import StoredProgramme, programmes
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on(Resource.MANAGEMENT_REPORT, Verb.READ)
_ENTER: dict[str, Any] = on(Resource.CATALOGUE, Verb.WRITE)
_DAY = timedelta(days=1)


@get("/report/costs", **_READ)
async def costs_page(request: AnyRequest, period: FromQuery[str] = "") -> Template:
    return await _page(request, period)


@post("/report/cost-entries", status_code=303, **_ENTER)
async def enter(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[EnterCost]) -> str:
        now = request.app.state.clock.now()
        await enter_cost(new_cost(sent.values), actor=actor_of(request), now=now)
        return f"/report/costs?period={sent.values.from_on.year}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, "", form=form, status_code=status)

    return await submit(
        request,
        ENTER_COST_FORM,
        do=do,
        show=show,
        notice="The cost is entered.",
        choices=_choices(await programmes()),
    )


@post("/report/cost-entries/{cost_id:uuid}/withdraw", status_code=303, **_ENTER)
async def withdraw(request: AnyRequest, cost_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[WithdrawCost]) -> str:
        now = request.app.state.clock.now()
        await withdraw_cost(cost_id, actor=actor_of(request), now=now)
        return "/report/costs"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, "", status_code=status)

    return await submit(
        request, WITHDRAW_COST_FORM, do=do, show=show, notice="The cost counts no longer."
    )


def new_cost(asked: EnterCost) -> NewCost:
    """Days as people say them, the last one included, become half open."""
    return NewCost(
        programme=asked.programme,
        cohort=asked.cohort,
        from_on=asked.from_on,
        until_on=asked.last_on + _DAY,
        pence=round(asked.pounds * 100),
        source=asked.source,
    )


async def _page(
    request: AnyRequest, period: str, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    if Part.COSTS not in parts_for(request):
        raise NotFound
    if mistaken := mistaken_page(request, period):
        return mistaken
    found = await part_for(request, Part.COSTS, period)
    submission = new_id(request.app.state.clock.now())
    names = {one.code: one.name for one in found.programmes}
    return page(
        request,
        "report/costs.html",
        status_code=status_code,
        title=TITLES[Part.COSTS],
        help=HELPS[Part.COSTS],
        path="/report/costs",
        asked=found.asked,
        parts=parts_of(parts_for(request), found.asked.code, here=Part.COSTS),
        is_own=False,
        tables=shown_figures(found),
        entries=[_entry(cost, names) for cost in await costs()],
        form=form or ENTER_COST_FORM.blank(submission, choices=_choices(found.programmes)),
        withdraw=WITHDRAW_COST_FORM.blank(submission),
    )


def _choices(among: Iterable[StoredProgramme]) -> dict[str, list[Choice]]:
    return {"programme": [Choice(one.code, one.name) for one in among]}


def _entry(cost: Cost, names: dict[str, str]) -> dict[str, str]:
    programme = names.get(cost.programme, cost.programme)
    what = f"{programme}, group {cost.cohort}" if cost.cohort else programme
    last_on = cost.until_on - _DAY
    days = f"{present.long_date(cost.from_on)} to {present.long_date(last_on)}"
    pounds = f"£{cost.pence / 100:,.2f}"
    entered = present.date_and_time(cost.entered_at)
    return {
        "id": str(cost.id),
        "title": f"{what}: {pounds}",
        "said": f"{days}. {cost.source}. Entered {entered}.",
    }
