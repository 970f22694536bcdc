"""Referrals: taken in, decided on, moved on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.press import PRESS, Press
from app.forms.referrals import MOVE_ON, MoveOn
from app.forms.told import TOLD_BY_TELEPHONE, ToldByTelephone
from app.forms.view import FormView
from app.labels import label, tag
from app.pages.people import frame
from app.views.path import path_of
from app.views.referrals import clock_facts, override_view, plan_facts, sent_facts, suitability_view
from app.views.told import told_view
from app.web.components import Cell, Event, Fact, Paging
from app.web.guard import actor_of, on
from app.web.paging import PageNumber
from app.web.shell import page
from app.web.submitting import must_be_shown, submit
from outcomes.messages.outcome_commands import told_by_telephone
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.common.staff import Actor
from programmes.people.queries import person
from programmes.referrals.commands import CREATE_REFERRAL, MOVE_REFERRAL, move_referral
from programmes.referrals.consent_commands import WITHDRAW_CONSENT, withdraw_consent
from programmes.referrals.detail_queries import ReferralDetails, details_of
from programmes.referrals.export_commands import EXPORT
from programmes.referrals.import_commands import IMPORT
from programmes.referrals.intake_words import LawfulBasis
from programmes.referrals.queries import (
    MoveRow,
    ReferralFacts,
    ReferralRow,
    moves_of,
    programmes_to_refer_to,
    referral,
    referrals,
    referrals_of,
)
from programmes.referrals.rules import next_statuses
from programmes.referrals.suitability_commands import DECIDE_SUITABILITY
from programmes.referrals.suitability_queries import suitability_of
from programmes.referrals.waiting_queries import clocks_of, standard_on
from programmes.referrals.words import ON_THE_LIST, TO_DECIDE, ReferralStatus, RiskLevel

AnyRequest = Request[Any, Any, Any]
READ_REPORT = Permission(Resource.MANAGEMENT_REPORT, Verb.READ)


@get("/referrals", **on(Resource.PERSON, Verb.READ))
async def referrals_page(
    request: AnyRequest,
    status: FromQuery[str] = "",
    programme: FromQuery[str] = "",
    page_number: PageNumber = 1,
) -> Template:
    found = await referrals(
        actor_of(request), status=status or None, programme=programme or None, page=page_number
    )
    return page(
        request,
        "referrals/list.html",
        rows=[row_cells(row) for row in found.rows],
        statuses=list(ReferralStatus),
        programmes=await programmes_to_refer_to(),
        status=status,
        programme=programme,
        may_add=may(actor_of(request), CREATE_REFERRAL),
        may_import=may(actor_of(request), IMPORT),
        may_export=may(actor_of(request), EXPORT),
        may_report=may(actor_of(request), READ_REPORT),
        paging=Paging(
            page=page_number,
            size=PAGE,
            total=found.total,
            path="/referrals",
            query={"status": status, "programme": programme},
        ),
    )


@get("/referrals/{referral_id:uuid}", **on(Resource.PERSON, Verb.READ))
async def referral_page(request: AnyRequest, referral_id: FromPath[UUID]) -> Template:
    return await _page_of(request, referral_id)


@post("/referrals/{referral_id:uuid}/move", status_code=303, **on(Resource.PERSON, Verb.WRITE))
async def move(request: AnyRequest, referral_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[MoveOn]) -> str:
        await move_referral(
            referral_id,
            sent.values.after,
            version=sent.version or 0,
            reason=sent.values.reason or "",
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/referrals/{referral_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, referral_id, move=form, status_code=status)

    return await submit(request, MOVE_ON, do=do, show=show, notice="The status is changed.")


@post(
    "/referrals/{referral_id:uuid}/told/{told_id:uuid}",
    status_code=303,
    **on(Resource.SUITABILITY, Verb.WRITE),
)
async def told(
    request: AnyRequest, referral_id: FromPath[UUID], told_id: FromPath[UUID]
) -> Response[Any]:
    async def do(sent: Submitted[ToldByTelephone]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        whom = sent.values.whom
        await told_by_telephone(referral_id, told_id, whom=whom, actor=actor, now=now)
        return f"/referrals/{referral_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, referral_id, telephone={told_id: form}, status_code=status)

    return await submit(request, TOLD_BY_TELEPHONE, do=do, show=show, notice="Recorded.")


@post(
    "/referrals/{referral_id:uuid}/consent/withdraw",
    status_code=303,
    **on(Resource.PERSON, Verb.WRITE),
)
async def withdraw(request: AnyRequest, referral_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[Press]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        await withdraw_consent(referral_id, actor=actor, now=now)
        return f"/referrals/{referral_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, referral_id, pressed=form, status_code=status)

    notice = "Consent is withdrawn. Nobody is told the outcome after this."
    return await submit(request, PRESS, do=do, show=show, notice=notice)


async def _page_of(
    request: AnyRequest,
    referral_id: UUID,
    *,
    move: FormView | None = None,
    telephone: Mapping[UUID, FormView] | None = None,
    pressed: FormView | None = None,
    status_code: int = 200,
) -> Template:
    actor = actor_of(request)
    found = await referral(actor, referral_id)
    facts = await person(actor, found.person_id)
    await note_reading("referral", referral_id, person_id=found.person_id)
    others = await referrals_of(actor, found.person_id)
    details, moves = await details_of(actor, referral_id), await moves_of(actor, referral_id)
    now, sent_back = request.app.state.clock.now(), telephone or {}
    nexts = [s for s in next_statuses(found.status, actor.role) if s is not found.status]
    may_move = may(actor, MOVE_REFERRAL) and bool(nexts)
    return page(
        request,
        "referrals/referral.html",
        status_code=status_code,
        **frame(request, actor, facts, others, current=""),
        referral=found,
        path=await path_of(actor, found, moves=moves),
        facts=sent_facts(found, details),
        clocks=await _clocks(actor, found, now=now),
        plan=plan_facts(details) if details else [],
        history=_history(moves),
        **await _decided(found, actor, sent_back),
        telephone=None if sent_back else TOLD_BY_TELEPHONE.blank(new_id(now)),
        press=PRESS.blank(new_id(now)),
        **_consent(actor, details),
        may_enrol=may_move and found.status in (ReferralStatus.WAITING, ReferralStatus.OFFERED),
        move=move or (_moving(found, nexts, now) if may_move else None),
        form=move or next(iter(sent_back.values()), None) or pressed,
    )


def _consent(actor: Actor, details: ReferralDetails | None) -> dict[str, Any]:
    rests = details is not None and details.lawful_basis is LawfulBasis.CONSENT
    is_withdrawn = details is not None and details.consent_withdrawn_at is not None
    may_withdraw = rests and not is_withdrawn and may(actor, WITHDRAW_CONSENT)
    return {"is_withdrawn": is_withdrawn, "may_withdraw": may_withdraw}


async def _decided(
    found: ReferralFacts, actor: Actor, sent_back: Mapping[UUID, FormView]
) -> dict[str, Any]:
    """What was decided and told, each with the form that was sent of it and refused, and what this
    person may decide now."""
    decides = may(actor, DECIDE_SUITABILITY)
    suitability = await suitability_of(actor, found.id)
    must_be_shown(sent_back, [one.id for one in suitability.told])
    return {
        "suitability": suitability_view(suitability),
        "told": [
            (await told_view(one, actor, may_tell=decides), sent_back.get(one.id))
            for one in suitability.told
        ],
        "override": override_view(suitability, actor) if decides else None,
        "may_decide": decides and found.status in (*TO_DECIDE, *ON_THE_LIST),
        "is_on_list": found.status in ON_THE_LIST,
    }


async def _clocks(actor: Actor, found: ReferralFacts, *, now: datetime) -> list[Fact]:
    standard, clocks = await standard_on(london_date(now)), await clocks_of(actor, found.id)
    is_over = found.status in (ReferralStatus.CLOSED, ReferralStatus.NOT_SUITABLE)
    return clock_facts(found, clocks, standard, is_over=is_over, today=london_date(now))


def row_cells(row: ReferralRow) -> list[Any]:
    """One line of a list of referrals."""
    return [
        Cell(row.person_name, f"/referrals/{row.id}", note=row.reference),
        row.programme_name,
        present.short_date(row.received_on),
        row.agency,
        Cell(tag=tag(RiskLevel(row.risk_level))),
        Cell(tag=tag(row.status)),
    ]


def _moving(found: ReferralFacts, nexts: list[ReferralStatus], now: datetime) -> FormView:
    choices = {"after": [Choice(status.value, label(status)) for status in nexts]}
    return MOVE_ON.blank(new_id(now), version=found.version, choices=choices)


def _history(moves: list[MoveRow]) -> list[Event]:
    return [
        Event(
            title=label(move.after),
            when=present.date_and_time(move.moved_at),
            by=move.moved_by or "",
            detail=move.reason or "",
        )
        for move in moves
    ]
