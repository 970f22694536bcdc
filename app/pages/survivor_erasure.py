"""Erasing a survivor's record, and the legal holds that forbid it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.fields import Text
from app.forms.form import Form, Submitted
from app.forms.survivors import ERASE_SURVIVOR, EraseSurvivor
from app.forms.view import FormView
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import submit
from outcomes.survivors.commands import destroy_data_key
from outcomes.survivors.hold_commands import HoldRow, holds_of, lift_hold, place_hold
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ, _WRITE = on(Resource.SURVIVOR, Verb.READ), on(Resource.SURVIVOR, Verb.WRITE)


class PlaceHold(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    reason: Annotated[
        str,
        Text(
            "Why must the record be kept?",
            called="why the record must be kept",
            hint="The inquiry, inquest or court, and who asked. Kept encrypted.",
        ),
    ]


PLACE_HOLD = Form(PlaceHold, prefix="hold")


@get("/survivors/{survivor_id:uuid}/erase", **_WRITE)
async def erase_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    return await _page_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/erase", status_code=303, **_WRITE)
async def erase(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[EraseSurvivor]) -> str:
        await destroy_data_key(survivor_id, reason=sent.values.reason, **_by(request))
        return f"/survivors/{survivor_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, erasing=form, status_code=status)

    return await submit(request, ERASE_SURVIVOR, do=do, show=show, notice="The record is erased.")


@post("/survivors/{survivor_id:uuid}/holds", status_code=303, **_WRITE)
async def hold(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[PlaceHold]) -> str:
        await place_hold(survivor_id, sent.values.reason, **_by(request))
        return f"/survivors/{survivor_id}/erase"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, holding=form, status_code=status)

    return await submit(request, PLACE_HOLD, do=do, show=show, notice="The hold stands.")


@post("/survivors/{survivor_id:uuid}/holds/{hold_id:uuid}/lift", status_code=303, **_WRITE)
async def lift(
    request: AnyRequest, survivor_id: FromPath[UUID], hold_id: FromPath[UUID]
) -> Response[Any]:
    now = request.app.state.clock.now()
    await lift_hold(survivor_id, hold_id, actor=actor_of(request), now=now)
    return redirect_with_notice(request, f"/survivors/{survivor_id}/erase", "The hold is lifted.")


@get("/survivors/{survivor_id:uuid}/holds", **_READ)
async def api_holds(request: AnyRequest, survivor_id: FromPath[UUID]) -> list[HoldRow]:
    return await _holds(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/holds", **_WRITE)
async def api_place_hold(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[PlaceHold]
) -> list[HoldRow]:
    await place_hold(survivor_id, PLACE_HOLD.checked(data).reason, **_by(request))
    return await _holds(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/holds/{hold_id:uuid}/lift", **_WRITE)
async def api_lift_hold(
    request: AnyRequest, survivor_id: FromPath[UUID], hold_id: FromPath[UUID]
) -> list[HoldRow]:
    now = request.app.state.clock.now()
    await lift_hold(survivor_id, hold_id, actor=actor_of(request), now=now)
    return await _holds(request, survivor_id)


async def _holds(request: AnyRequest, survivor_id: UUID) -> list[HoldRow]:
    one = await opened(request, survivor_id)
    return await holds_of(actor_of(request), survivor_id, key=one.key)


async def _page_of(
    request: AnyRequest,
    survivor_id: UUID,
    *,
    erasing: FormView | None = None,
    holding: FormView | None = None,
    status_code: int = 200,
) -> Template:
    now = request.app.state.clock.now()
    one = await opened(request, survivor_id)
    found = await holds_of(actor_of(request), survivor_id, key=one.key)
    return page(
        request,
        "survivors/erase.html",
        status_code=status_code,
        **survivor_frame(one, ""),
        standing=[
            (row.id, row.reason or "", present.long_date(row.from_on))
            for row in found
            if row.until_on is None
        ],
        erasing=erasing or ERASE_SURVIVOR.blank(new_id(now)),
        holding=holding or PLACE_HOLD.blank(new_id(now)),
        form=erasing or holding,
    )


def _by(request: AnyRequest) -> dict[str, Any]:
    now: datetime = request.app.state.clock.now()
    return {"sealing": her_side(request).sealing, "actor": actor_of(request), "now": now}
