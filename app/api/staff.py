"""Those who lead sessions, as JSON."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Line
from app.forms.field import Choice
from app.forms.staff import ACCREDIT, Accredit
from app.web.guard import actor_of, on
from programmes.common.clock import london_date
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.staff_queries import (
    StaffWhole,
    accreditations_asked,
    one_who_leads,
    staff_who_lead,
)
from scheduling.cohorts.venue_commands import accredit, add_leave, set_staff_profile
from scheduling.cohorts.words import StaffAway

AnyRequest = Request[Any, Any, Any]
_WRITES = on(Resource.CATALOGUE, Verb.WRITE)


class ProfileSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sex: Literal["male", "female"] | None = None
    languages: Annotated[
        list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]],
        msgspec.Meta(max_length=10),
    ] = []


class AccreditationSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: Line
    until_on: date | None = None


class LeaveSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    from_on: date
    until_on: date
    why: StaffAway = StaffAway.LEAVE


@get("/staff", **_WRITES)
async def api_staff(request: AnyRequest) -> list[StaffWhole]:
    return await staff_who_lead(actor_of(request), today=_today(request))


@get("/staff/{account_id:uuid}", **_WRITES)
async def api_one(request: AnyRequest, account_id: FromPath[UUID]) -> StaffWhole:
    return await one_who_leads(actor_of(request), account_id, today=_today(request))


@post("/staff/{account_id:uuid}/profile", status_code=200, **_WRITES)
async def api_save_profile(
    request: AnyRequest, account_id: FromPath[UUID], data: JSONBody[ProfileSent]
) -> StaffWhole:
    actor, now = actor_of(request), request.app.state.clock.now()
    await one_who_leads(actor, account_id, today=_today(request))
    await set_staff_profile(
        account_id, sex=data.sex, languages=tuple(data.languages), actor=actor, now=now
    )
    return await one_who_leads(actor, account_id, today=_today(request))


@post("/staff/{account_id:uuid}/accreditations", status_code=201, **_WRITES)
async def api_accredit(
    request: AnyRequest, account_id: FromPath[UUID], data: JSONBody[AccreditationSent]
) -> StaffWhole:
    actor, now = actor_of(request), request.app.state.clock.now()
    await one_who_leads(actor, account_id, today=_today(request))
    codes = [Choice(code, name) for code, name in await accreditations_asked()]
    sent = Accredit(code=data.code, until_on=data.until_on)
    asked = ACCREDIT.checked(sent, choices={"code": codes})
    await accredit(account_id, code=asked.code, until_on=asked.until_on, actor=actor, now=now)
    return await one_who_leads(actor, account_id, today=_today(request))


@post("/staff/{account_id:uuid}/leave", status_code=201, **_WRITES)
async def api_leave(
    request: AnyRequest, account_id: FromPath[UUID], data: JSONBody[LeaveSent]
) -> StaffWhole:
    actor, now = actor_of(request), request.app.state.clock.now()
    await one_who_leads(actor, account_id, today=_today(request))
    await add_leave(
        account_id,
        from_on=data.from_on,
        until_on=data.until_on,
        why=data.why,
        actor=actor,
        now=now,
    )
    return await one_who_leads(actor, account_id, today=_today(request))


def _today(request: AnyRequest) -> date:
    return london_date(request.app.state.clock.now())
