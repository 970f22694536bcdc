"""Figures that partners supply for the board: entered with their source, frozen into releases."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.partners import (
    ENTER_FIGURE_FORM,
    WITHDRAW_FIGURE_FORM,
    EnterFigure,
    WithdrawFigure,
)
from app.forms.view import FormView
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.releases.measures import MEASURES, NOT_HELD, from_partners, measure
from outcomes.releases.partner_commands import (
    NewFigure,
    enter_partner_figure,
    withdraw_partner_figure,
)
from outcomes.releases.partner_queries import PartnerFigureRow, partner_figures
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_ENTER: dict[str, Any] = on(Resource.RELEASE, Verb.CREATE)
_DAY = timedelta(days=1)


@get("/releases/partners", **_ENTER)
async def partners_page(request: AnyRequest) -> Template:
    return await _page(request)


@post("/releases/partners", status_code=303, **_ENTER)
async def enter(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[EnterFigure]) -> str:
        now = request.app.state.clock.now()
        await enter_partner_figure(new_figure(sent.values), actor=actor_of(request), now=now)
        return "/releases/partners"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, form=form, status_code=status)

    return await submit(
        request,
        ENTER_FIGURE_FORM,
        do=do,
        show=show,
        notice="Entered. It stands in releases that are computed from now on.",
        choices=CHOICES,
    )


@post("/releases/partners/{figure_id:uuid}/withdraw", status_code=303, **_ENTER)
async def withdraw(request: AnyRequest, figure_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[WithdrawFigure]) -> str:
        now = request.app.state.clock.now()
        await withdraw_partner_figure(figure_id, actor=actor_of(request), now=now)
        return "/releases/partners"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, status_code=status)

    notice = "Withdrawn. Releases that are frozen keep it."
    return await submit(request, WITHDRAW_FIGURE_FORM, do=do, show=show, notice=notice)


CHOICES = {"measure": [Choice(one.code, one.name) for one in from_partners()]}


def new_figure(asked: EnterFigure) -> NewFigure:
    """Days as people say them, the last one included, become half open."""
    return NewFigure(
        measure=asked.measure,
        what=asked.what,
        value=asked.value,
        from_on=asked.from_on,
        until_on=asked.last_on + _DAY,
        source=asked.source,
        supplied_on=asked.supplied_on,
    )


async def _page(
    request: AnyRequest, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    submission = new_id(request.app.state.clock.now())
    found = await partner_figures()
    held = {one.measure for one in found}
    return page(
        request,
        "releases/partners.html",
        status_code=status_code,
        entries=[_entry(one) for one in found],
        missing=[
            [one.name, NOT_HELD, one.supplier]
            for one in MEASURES
            if not one.table and one.code not in held
        ],
        form=form or ENTER_FIGURE_FORM.blank(submission, choices=CHOICES),
        withdraw=WITHDRAW_FIGURE_FORM.blank(submission),
    )


def _entry(one: PartnerFigureRow) -> dict[str, str]:
    days = f"{present.long_date(one.from_on)} to {present.long_date(one.until_on - _DAY)}"
    return {
        "id": str(one.id),
        "title": measure(one.measure).name,
        "said": f"{one.what}: {one.value}. {days}.",
        "source": f"{one.source}, supplied {present.long_date(one.supplied_on)}. "
        f"Entered {present.date_and_time(one.entered_at)}.",
    }
