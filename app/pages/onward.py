"""Other help that somebody was referred to, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct, structs

from app import present
from app.forms.around import REFER_ONWARD, SETTLE_ONWARD, ReferOnward, SettleOnward
from app.forms.form import Form, Submitted
from app.forms.view import FormView
from app.labels import label, tag
from app.pages.people import frame
from app.web.components import Cell
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import must_be_shown, submit
from programmes.catalogue.around_commands import (
    REFER_ONWARD as MAY_REFER,
)
from programmes.catalogue.around_commands import NewOnward, refer_onward, settle_onward
from programmes.catalogue.around_queries import OnwardRow, onward_of
from programmes.common.audit import note_reading
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.people.queries import person
from programmes.referrals.queries import referrals_of

AnyRequest = Request[Any, Any, Any]


class Running(Struct, frozen=True):
    """Other help of which nobody has said yet what became of it."""

    id: UUID
    service: str
    form: FormView


@get("/people/{person_id:uuid}/onward", **on(Resource.CONTACT, Verb.READ))
async def onward_page(request: AnyRequest, person_id: FromPath[UUID]) -> Template:
    return await _page(request, person_id)


@post("/people/{person_id:uuid}/onward", status_code=303, **on(Resource.CONTACT, Verb.CREATE))
async def refer(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[ReferOnward]) -> str:
        new = NewOnward(**structs.asdict(sent.values))
        actor, now = actor_of(request), request.app.state.clock.now()
        await refer_onward(person_id, new, actor=actor, now=now)
        return f"/people/{person_id}/onward"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, person_id, form, status_code=status)

    return await submit(request, REFER_ONWARD, do=do, show=show, notice="Entered.")


@post(
    "/people/{person_id:uuid}/onward/{onward_id:uuid}",
    status_code=303,
    **on(Resource.CONTACT, Verb.CREATE),
)
async def settle(
    request: AnyRequest, person_id: FromPath[UUID], onward_id: FromPath[UUID]
) -> Response[Any]:
    async def do(sent: Submitted[SettleOnward]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        whose = await settle_onward(onward_id, sent.values.outcome, actor=actor, now=now)
        return f"/people/{whose}/onward"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, person_id, settled={onward_id: form}, status_code=status)

    return await submit(request, SETTLE_ONWARD, do=do, show=show, notice="Entered.")


async def _page(
    request: AnyRequest,
    person_id: UUID,
    form: FormView | None = None,
    *,
    settled: Mapping[UUID, FormView] | None = None,
    status_code: int = 200,
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    facts = await person(actor, person_id)
    await note_reading("onward-referrals", person_id, person_id=person_id)
    found = await onward_of(actor, person_id)
    must_be_shown(settled or {}, [one.id for one in found])
    may_write = may(actor, MAY_REFER)
    return page(
        request,
        "people/onward.html",
        status_code=status_code,
        **frame(request, actor, facts, await referrals_of(actor, person_id), current=""),
        person_id=person_id,
        rows=[_cells(one) for one in found],
        running=_running(found, settled or {}, now) if may_write else [],
        refer=(form or REFER_ONWARD.blank(new_id(now))) if may_write else None,
        form=form or next(iter((settled or {}).values()), None),
    )


def _running(
    found: Sequence[OnwardRow], settled: Mapping[UUID, FormView], now: datetime
) -> list[Running]:
    """Each with ids of its own on the page, and as it was sent where that was refused."""
    return [
        Running(
            one.id,
            one.service,
            settled.get(one.id) or Form(SettleOnward, prefix=f"settle-{number}").blank(new_id(now)),
        )
        for number, one in enumerate(found)
        if one.outcome is None or one.id in settled
    ]


def _cells(one: OnwardRow) -> list[Any]:
    done = present.short_date(one.outcome_on) if one.outcome_on else ""
    return [
        Cell(one.service, note=label(one.kind)),
        present.short_date(one.referred_on),
        Cell(done, tag=tag(one.outcome)) if one.outcome else "Not known yet",
    ]
