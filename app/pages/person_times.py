"""When and where somebody can come; and, for police and probation, with whom they must not be."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.person_times import ADD_BUSY, KEEP_APART, AddBusy, KeepApart
from app.forms.placement import NOT_OFFERED, NotOffered
from app.forms.rooms import WITHDRAW, Withdraw
from app.forms.view import FormView
from app.pages.people import frame
from app.web.guard import actor_of, on, who_and_when
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.common.staff import Actor
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of
from scheduling.cohorts.queries import cohorts
from scheduling.cohorts.venue_queries import venues
from scheduling.placement.commands import note_not_offered
from scheduling.placement.not_offered_words import NotOfferedHere
from scheduling.placement.times_commands import (
    add_busy_time,
    keep_apart,
    let_meet,
    withdraw_busy_time,
)
from scheduling.placement.times_queries import busy_times, kept_apart_from
from scheduling.sessions.words import Weekday

AnyRequest = Request[Any, Any, Any]
NOT_OFFER = Permission(Resource.PLACEMENT, Verb.CREATE)
_COHORTS = on(Resource.COHORTS, Verb.WRITE)


@get("/people/{person_id:uuid}/times", **_COHORTS)
async def times_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _times(request, person_id)


@post("/people/{person_id:uuid}/times", status_code=303, **_COHORTS)
async def new_time(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[AddBusy]) -> str:
        asked = sent.values
        await add_busy_time(
            person_id,
            weekday=Weekday[asked.weekday.upper()],
            begins=asked.begins,
            until=asked.until,
            **who_and_when(request),
        )
        return f"/people/{person_id}/times"

    show = _shown(request, person_id, "busy")
    return await submit(request, ADD_BUSY, do=do, show=show, notice="Entered.")


@post("/people/{person_id:uuid}/times/{busy_id:uuid}/withdraw", status_code=303, **_COHORTS)
async def end_time(
    request: AnyRequest, person_id: FromPath[UUID], busy_id: FromPath[UUID]
) -> Response[Any]:
    async def do(sent: Submitted[Withdraw]) -> str:
        await withdraw_busy_time(busy_id, **who_and_when(request))
        return f"/people/{person_id}/times"

    show = _shown(request, person_id, "")
    return await submit(request, WITHDRAW, do=do, show=show, notice="They can come then.")


@post(
    "/people/{person_id:uuid}/not-offered",
    status_code=303,
    **on(Resource.PLACEMENT, Verb.CREATE),
)
async def not_offered(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()

    async def do(sent: Submitted[NotOffered]) -> str:
        kind, _, which = sent.values.where.partition(" ")
        here = NotOfferedHere(
            person_id=person_id,
            cohort_id=UUID(which) if kind == "group" else None,
            venue_id=UUID(which) if kind == "venue" else None,
        )
        await note_not_offered(here, actor=actor, now=now)
        return f"/people/{person_id}/times"

    return await submit(
        request,
        NOT_OFFERED,
        do=do,
        show=_shown(request, person_id, "not_offered"),
        notice="It is not offered to them for 90 days.",
        choices={"where": await _places(request)},
    )


async def _places(request: AnyRequest) -> list[Choice]:
    actor, today = actor_of(request), london_date(request.app.state.clock.now())
    return [
        *(
            Choice(f"group {row.id}", f"Group {row.reference}")
            for row in await cohorts(actor, running_on=today)
        ),
        *(Choice(f"venue {one.id}", one.name) for one in await venues(actor)),
    ]


def _shown(request: AnyRequest, person_id: UUID, which: str) -> Any:
    async def show(form: FormView, status: int) -> Template:
        return await _times(request, person_id, refused={which: form}, status_code=status)

    return show


async def _times(
    request: AnyRequest,
    person_id: UUID,
    *,
    refused: dict[str, FormView] | None = None,
    status_code: int = 200,
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await busy_times(actor, person_id)
    places = {"where": await _places(request)} if may(actor, NOT_OFFER) else None
    forms: dict[str, FormView | None] = {
        "busy": ADD_BUSY.blank(new_id(now)),
        "not_offered": NOT_OFFERED.blank(new_id(now), choices=places) if places else None,
    }
    return page(
        request,
        "placement/times.html",
        status_code=status_code,
        **await _frame(request, actor, person_id, current=""),
        person_id=person_id,
        rows=[
            (
                one.weekday.name.capitalize(),
                f"{one.from_time} to {one.until_time}",
                one.id,
            )
            for one in found
        ],
        forms=forms | (refused or {}),
        withdraw=WITHDRAW.blank(new_id(now)),
        form=next(iter((refused or {}).values()), None),
    )


async def _frame(
    request: AnyRequest, actor: Actor, person_id: UUID, *, current: str
) -> dict[str, Any]:
    facts = await person(actor, person_id)
    return frame(request, actor, facts, await referrals_of(actor, person_id), current=current)


@get("/people/{person_id:uuid}/associates", **on(Resource.ASSOCIATES, Verb.READ))
async def apart_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _apart(request, person_id)


@post(
    "/people/{person_id:uuid}/associates", status_code=303, **on(Resource.ASSOCIATES, Verb.CREATE)
)
async def new_pair(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[KeepApart]) -> str:
        asked = sent.values
        await keep_apart(person_id, asked.other, until_on=asked.until_on, **who_and_when(request))
        return f"/people/{person_id}/associates"

    async def show(form: FormView, status: int) -> Template:
        return await _apart(request, person_id, form=form, status_code=status)

    return await submit(
        request, KEEP_APART, do=do, show=show, notice="They will not be offered the same group."
    )


@post(
    "/people/{person_id:uuid}/associates/{pair_id:uuid}/withdraw",
    status_code=303,
    **on(Resource.ASSOCIATES, Verb.CREATE),
)
async def end_pair(
    request: AnyRequest, person_id: FromPath[UUID], pair_id: FromPath[UUID]
) -> Response[Any]:
    async def do(sent: Submitted[Withdraw]) -> str:
        await let_meet(pair_id, **who_and_when(request))
        return f"/people/{person_id}/associates"

    async def show(form: FormView, status: int) -> Template:
        return await _apart(request, person_id, status_code=status)

    return await submit(request, WITHDRAW, do=do, show=show, notice="They may share a group.")


async def _apart(
    request: AnyRequest, person_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    rows = [
        (one.other, present.long_date(one.until_on) if one.until_on else "No end", one.id)
        for one in await kept_apart_from(actor, person_id)
    ]
    return page(
        request,
        "placement/apart.html",
        status_code=status_code,
        **await _frame(request, actor, person_id, current="Not in one group with"),
        person_id=person_id,
        rows=rows,
        form=form or KEEP_APART.blank(new_id(now)),
        withdraw=WITHDRAW.blank(new_id(now)),
    )
