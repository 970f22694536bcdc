"""Those who lead sessions: what a manager enters of each, so that planning can mind it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.rooms import WITHDRAW, Withdraw
from app.forms.staff import ACCREDIT, LEAVE, PROFILE, Accredit, AddLeave, StaffProfile
from app.forms.view import FormView
from app.labels import label
from app.web.components import Cell, Tag
from app.web.guard import actor_of, on, who_and_when
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from scheduling.cohorts.staff_queries import (
    AccreditationRow,
    StaffWhole,
    accreditations_asked,
    one_who_leads,
    staff_who_lead,
)
from scheduling.cohorts.venue_commands import (
    accredit,
    add_leave,
    end_accreditation,
    set_staff_profile,
    withdraw_leave,
)
from scheduling.cohorts.words import StaffAway

AnyRequest = Request[Any, Any, Any]
_WRITES = on(Resource.CATALOGUE, Verb.WRITE)
SOON_DAYS = 60
_SEX_WORDS = {"male": "Man", "female": "Woman"}


@get("/staff", **_WRITES)
async def staff_page(request: AnyRequest) -> Template:
    today = london_date(request.app.state.clock.now())
    found = await staff_who_lead(actor_of(request), today=today)
    names = dict(await accreditations_asked())
    rows = [_row(one, today, names) for one in found]
    return page(request, "cohorts/staff.html", rows=rows)


@get("/staff/{account_id:uuid}", **_WRITES)
async def one_page(request: AnyRequest, account_id: FromPath[UUID]) -> Template:
    return await _page(request, account_id)


@post("/staff/{account_id:uuid}/profile", status_code=303, **_WRITES)
async def save_profile(request: AnyRequest, account_id: FromPath[UUID]) -> Response[Any]:
    await _must_lead(request, account_id)

    async def do(sent: Submitted[StaffProfile]) -> str:
        languages = languages_in(sent.values.languages)
        await set_staff_profile(
            account_id, sex=sent.values.sex, languages=languages, **who_and_when(request)
        )
        return f"/staff/{account_id}"

    show = _shown(request, account_id, "profile")
    return await submit(request, PROFILE, do=do, show=show, notice="Saved.")


@post("/staff/{account_id:uuid}/accreditations", status_code=303, **_WRITES)
async def new_accreditation(request: AnyRequest, account_id: FromPath[UUID]) -> Response[Any]:
    await _must_lead(request, account_id)

    async def do(sent: Submitted[Accredit]) -> str:
        asked = sent.values
        await accredit(
            account_id, code=asked.code, until_on=asked.until_on, **who_and_when(request)
        )
        return f"/staff/{account_id}"

    return await submit(
        request,
        ACCREDIT,
        do=do,
        show=_shown(request, account_id, "accredit"),
        notice="The accreditation is entered.",
        choices={"code": await _codes()},
    )


@post("/staff/{account_id:uuid}/leave", status_code=303, **_WRITES)
async def new_leave(request: AnyRequest, account_id: FromPath[UUID]) -> Response[Any]:
    await _must_lead(request, account_id)

    async def do(sent: Submitted[AddLeave]) -> str:
        asked = sent.values
        await add_leave(
            account_id,
            from_on=asked.from_on,
            until_on=asked.until_on,
            why=StaffAway(asked.why),
            **who_and_when(request),
        )
        return f"/staff/{account_id}"

    return await submit(
        request,
        LEAVE,
        do=do,
        show=_shown(request, account_id, "leave"),
        notice="Entered. No session was changed: look at those that they lead then.",
    )


@post("/staff/{account_id:uuid}/leave/{leave_id:uuid}/withdraw", status_code=303, **_WRITES)
async def end_leave(
    request: AnyRequest, account_id: FromPath[UUID], leave_id: FromPath[UUID]
) -> Response[Any]:
    async def do(sent: Submitted[Withdraw]) -> str:
        await withdraw_leave(leave_id, **who_and_when(request))
        return f"/staff/{account_id}"

    show = _shown(request, account_id, "")
    return await submit(request, WITHDRAW, do=do, show=show, notice="They are there after all.")


@post(
    "/staff/{account_id:uuid}/accreditations/{accreditation_id:uuid}/end",
    status_code=303,
    **_WRITES,
)
async def end_one(
    request: AnyRequest, account_id: FromPath[UUID], accreditation_id: FromPath[UUID]
) -> Response[Any]:
    async def do(sent: Submitted[Withdraw]) -> str:
        await end_accreditation(accreditation_id, **who_and_when(request))
        return f"/staff/{account_id}"

    show = _shown(request, account_id, "")
    return await submit(request, WITHDRAW, do=do, show=show, notice="The accreditation is ended.")


def languages_in(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


async def _must_lead(request: AnyRequest, account_id: UUID) -> None:
    today = london_date(request.app.state.clock.now())
    await one_who_leads(actor_of(request), account_id, today=today)


def _shown(request: AnyRequest, account_id: UUID, which: str) -> Any:
    async def show(form: FormView, status: int) -> Template:
        return await _page(request, account_id, refused={which: form}, status_code=status)

    return show


async def _codes() -> list[Choice]:
    return [Choice(code, name) for code, name in await accreditations_asked()]


async def _page(
    request: AnyRequest,
    account_id: UUID,
    *,
    refused: dict[str, FormView] | None = None,
    status_code: int = 200,
) -> Template:
    now = request.app.state.clock.now()
    today = london_date(now)
    found = await one_who_leads(actor_of(request), account_id, today=today)
    codes = await _codes()
    names = {choice.value: choice.text for choice in codes}
    profile = StaffProfile(sex=found.staff.sex, languages=", ".join(found.staff.languages) or None)
    forms = {
        "profile": PROFILE.filled(profile, new_id(now)),
        "accredit": ACCREDIT.blank(new_id(now), choices={"code": codes}),
        "leave": LEAVE.blank(new_id(now)),
    } | (refused or {})
    return page(
        request,
        "cohorts/staff_member.html",
        status_code=status_code,
        staff=found.staff,
        accreditations=[
            (_held(one, names.get(one.code, one.code), today), one.id)
            for one in found.accreditations
        ],
        leave=[
            (
                present.date_span(one.from_on, one.until_on),
                (one.why or "leave").capitalize(),
                one.id,
            )
            for one in found.leave
        ],
        forms=forms,
        withdraw=WITHDRAW.blank(new_id(now)),
        form=next(iter((refused or {}).values()), None),
    )


def _row(one: StaffWhole, today: date, names: Mapping[str, str]) -> list[Any]:
    away = [present.date_span(leave.from_on, leave.until_on) for leave in one.leave[:2]]
    uncovered = one.staff.uncovered
    note = f"{present.count(uncovered, 'session')} to cover" if uncovered else ""
    return [
        Cell(one.staff.name, f"/staff/{one.staff.id}", note=label(one.staff.role)),
        _SEX_WORDS.get(one.staff.sex or "", "Not said"),
        present.listed([held_words(held, today, names) for held in one.accreditations]) or "None",
        Cell(present.listed(away) or "Nothing entered", note=note),
    ]


def held_words(one: AccreditationRow, today: date, names: Mapping[str, str]) -> str:
    """The programme's own name; the code of one that no version asks for any longer."""
    name = names.get(one.code, one.code)
    if one.until_on is None:
        return name
    if one.until_on < today:
        return f"{name} (ended {present.short_date(one.until_on)})"
    return f"{name} (until {present.short_date(one.until_on)})"


def _held(one: AccreditationRow, name: str, today: date) -> Cell:
    if one.until_on is None:
        return Cell(name, tag=Tag("No end", "green"))
    days = (one.until_on - today).days
    until = f"Until {present.long_date(one.until_on)}"
    if days < 0:
        return Cell(name, tag=Tag("Ended", "red"), note=until)
    return Cell(name, tag=Tag("Ends soon", "orange") if days < SOON_DAYS else None, note=until)
