"""Survivors and their check-ins as JSON, for the survivor side's own programs."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from app.api.texts import Line, Words
from app.pages.survivor import overview_of
from app.pages.survivor_report import report_of
from app.pages.survivors import day_of, person_behind
from app.safekeeping.her_side import her_side
from app.views.survivor import opened
from app.web.guard import actor_of, on
from outcomes.survivors.check_in_commands import NewCheckIn, record_check_in
from outcomes.survivors.check_in_queries import CheckInRow, check_ins_of
from outcomes.survivors.commands import NewSurvivor, take_on
from outcomes.survivors.day_queries import Day
from outcomes.survivors.overview_queries import Overview
from outcomes.survivors.report_queries import SurvivorReport
from outcomes.survivors.words import Channel, ConsentKind, PoliceCalled, Source, Timepoint
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


class SurvivorSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`person_reference` is whole; `consents` hold only what they were asked."""

    person_reference: Line
    relationship: Line
    linked_on: date
    name: Line | None = None
    consents: Mapping[ConsentKind, bool] = {}


class CheckInSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Themes from 1 to 5, abuse from 0 (never) to 4 (always); what was not answered is left out.

    `agrees_now`: they agreed to the questions in this very call.
    """

    link_id: UUID
    timepoint: Timepoint
    asked_on: date
    answers: Mapping[str, int]
    source: Source = Source.SURVIVOR
    police_called: PoliceCalled = PoliceCalled.NOT_STATED
    words: Words | None = None
    may_quote: bool = False
    agrees_now: bool = False
    reached_by: Channel | None = None


class Added(Struct, frozen=True):
    id: UUID


@get("/survivors", **on(Resource.SURVIVOR, Verb.READ))
async def api_survivors(request: AnyRequest) -> Day:
    """The asking worker's own, with what is due, and what changed on the other side."""
    return await day_of(request)


@post("/survivors", **on(Resource.SURVIVOR, Verb.CREATE))
async def api_take_survivor_on(request: AnyRequest, data: JSONBody[SurvivorSent]) -> Added:
    hers = her_side(request)
    new = NewSurvivor(
        name=data.name,
        person_id=await person_behind(hers, data.person_reference),
        relationship=data.relationship,
        linked_on=data.linked_on,
        consents=data.consents,
    )
    now = request.app.state.clock.now()
    return Added(await take_on(new, sealing=hers.sealing, actor=actor_of(request), now=now))


@get("/survivors/{survivor_id:uuid}", **on(Resource.SURVIVOR, Verb.READ))
async def api_survivor(request: AnyRequest, survivor_id: FromPath[UUID]) -> Overview:
    """Without the safe contact, which is only ever opened on its page."""
    return await overview_of(request, survivor_id)


@get("/survivors/{survivor_id:uuid}/check-ins", **on(Resource.SURVIVOR, Verb.READ))
async def api_check_ins(request: AnyRequest, survivor_id: FromPath[UUID]) -> list[CheckInRow]:
    one = await opened(request, survivor_id)
    await note_reading("check-ins", survivor_id)
    return await check_ins_of(actor_of(request), survivor_id, key=one.key)


@post("/survivors/{survivor_id:uuid}/check-ins", **on(Resource.SURVIVOR, Verb.WRITE))
async def api_record_check_in(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[CheckInSent]
) -> Added:
    new = NewCheckIn(
        link_id=data.link_id,
        timepoint=data.timepoint,
        asked_on=data.asked_on,
        source=data.source,
        police_called=data.police_called,
        words=data.words,
        may_quote=data.may_quote,
        agrees_now=data.agrees_now,
        reached_by=data.reached_by,
        answers=data.answers,
    )
    added = await record_check_in(
        survivor_id,
        new,
        sealing=her_side(request).sealing,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return Added(added)


@get("/survivor-report", **on(Resource.SURVIVOR_REPORT, Verb.READ))
async def api_survivor_report(request: AnyRequest) -> SurvivorReport:
    return await report_of(request)
