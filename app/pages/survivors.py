"""Survivors: whom to call now, everybody of one's own, and taking somebody on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.survivors import TAKE_SURVIVOR_ON, TakeSurvivorOn
from app.forms.view import FormView
from app.labels import label, tag
from app.labels.orders import order_words
from app.safekeeping.her_side import HerSide, her_side
from app.views.news import news_cells
from app.web.components import Alike, Cell, Tag, Task
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.survivors.commands import NewSurvivor, take_on
from outcomes.survivors.day_queries import Day, DayRow, ToOffer, worker_day
from outcomes.survivors.his_side_queries import HisSide, person_called
from outcomes.survivors.news_queries import News
from outcomes.survivors.queries import SurvivorFacts
from outcomes.survivors.words import ConsentKind, Timepoint
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
MAY_BE_CALLED = Tag("May be called now", "green")
UNKNOWN_REFERENCE = "Nobody has this reference. Check it against the referral"


@get("/survivors", **on(Resource.SURVIVOR, Verb.READ))
async def survivors_page(request: AnyRequest) -> Template:
    now = request.app.state.clock.now()
    found = await day_of(request)
    by_id = {row.survivor.id: row for row in found.rows}
    due = [row for row in found.rows if row.due is not None]
    return page(
        request,
        "survivors/list.html",
        call_now=[task_of(row) for row in due if row.may_call_now],
        later=[task_of(row) for row in due if not row.may_call_now],
        to_offer=[offer_task(one) for one in found.to_offer],
        news=[_news(one, by_id.get(one.survivor.id), now) for one in found.news],
        rows=[_cells(row) for row in found.rows],
    )


@get("/survivors/new", **on(Resource.SURVIVOR, Verb.CREATE))
async def new_survivor_page(request: AnyRequest) -> Template:
    now = request.app.state.clock.now()
    form = TAKE_SURVIVOR_ON.blank(new_id(now), initial={"linked_on": london_date(now)})
    return page(request, "survivors/new.html", form=form)


@post("/survivors/new", status_code=303, **on(Resource.SURVIVOR, Verb.CREATE))
async def take_survivor_on(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[TakeSurvivorOn]) -> str:
        values, hers = sent.values, her_side(request)
        new = NewSurvivor(
            name=values.name,
            person_id=await person_behind(hers, values.person),
            relationship=values.relationship,
            linked_on=values.linked_on,
            consents=_consents(values),
        )
        survivor_id = await take_on(
            new,
            sealing=hers.sealing,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/survivors/{survivor_id}"

    async def show(form: FormView, status: int) -> Template:
        return page(request, "survivors/new.html", status_code=status, form=form)

    return await submit(request, TAKE_SURVIVOR_ON, do=do, show=show, notice="The record is opened.")


async def day_of(request: AnyRequest) -> Day:
    hers = her_side(request)
    return await worker_day(
        actor_of(request),
        sealing=hers.sealing,
        bridge=hers.bridge,
        now=request.app.state.clock.now(),
    )


async def person_behind(hers: HerSide, reference: str) -> UUID:
    """Read through the bridge; the looking is written down on this side alone."""
    async with hers.bridge():
        found = await person_called(reference)
    if found is None:
        raise Invalid({"person": UNKNOWN_REFERENCE})
    await note("combine", "look-person-up", resource="person", person_id=found.person_id)
    return found.person_id


def task_of(row: DayRow) -> Task:
    """A check-in that is due, one press from being recorded."""
    assert row.due is not None
    assert row.due_on is not None
    name = name_of(row.survivor)
    return Task(
        text=f"{label(row.due)} check-in with {name}",
        href=f"/survivors/{row.survivor.id}",
        tag=_call_tag(row),
        hint=f"{_about_whom(row)}{_why_due(row)} {_last_try(row)}",
        alike=Alike("check-ins to make", name, "/survivors", tag=MAY_BE_CALLED),
    )


def offer_task(one: ToOffer) -> Task:
    order, name = order_words(one.order.kind), name_of(one.survivor)
    return Task(
        text=f"Offer the support of an adviser: {name}",
        href=f"/survivors/{one.survivor.id}/support",
        tag=Tag("Not offered yet", "orange"),
        hint=f"Beside the {order} of {present.long_date(one.order.made_on)}.",
        alike=Alike("survivors to offer the support of an adviser", name, "/survivors"),
    )


def name_of(survivor: SurvivorFacts) -> str:
    return survivor.name or survivor.reference


def _call_tag(row: DayRow) -> Tag:
    if not row.is_safe_now or row.block is not None:
        return _state(row)
    until = f"until {present.wall_time(row.safe_until)}" if row.safe_until else "now"
    return Tag(f"Safe to call {until}", "green")


def _state(row: DayRow) -> Tag:
    if row.block is not None:
        return tag(row.block)
    if row.is_safe_now is None:
        return Tag("No hours given")
    at = row.next_safe_at
    when = f"{present.day_and_date(london_date(at))}, {present.wall_time(at)}" if at else ""
    return Tag(f"Safe from {when}" if when else "Not a safe hour", "yellow")


def _about_whom(row: DayRow) -> str:
    """She may be linked to two, and have a check-in due beside each."""
    return f"Linked to {row.person.name}. " if row.person else ""


def _why_due(row: DayRow) -> str:
    """Since when, and for the first check-in by when: before he starts."""
    assert row.due_on is not None
    starts = row.person.first_on if row.person else None
    said = f"Due since {present.long_date(row.due_on)}."
    if row.due is Timepoint.START and starts is not None and not row.has_started:
        said += f" The programme starts on {present.long_date(starts)}: ask before."
    return said


def _last_try(row: DayRow) -> str:
    if row.last_attempt is None:
        return "Not tried yet."
    when = present.short_date_and_time(row.last_attempt.made_at)
    return f"Last tried {when}: {present.mid_sentence(label(row.last_attempt.outcome))}."


def _news(one: News, row: DayRow | None, now: datetime) -> list[Any]:
    name = name_of(one.survivor)
    told = Cell(f"Tell {name}", f"/survivors/{one.survivor.id}/news")
    state = _state(row) if row is not None and not row.may_call_now else None
    if state is not None:
        told = Cell(f"Tell {name}", f"/survivors/{one.survivor.id}/news", tag=state)
    return [told, *news_cells(one, now, london_date(now))]


def _cells(row: DayRow) -> list[Any]:
    reviewed = f"Reviewed {present.short_date(row.reviewed_on)}" if row.reviewed_on else ""
    person = row.person
    due = "Nothing due"
    if row.due is not None and row.due_on is not None:
        due = f"{label(row.due)}, since {present.short_date(row.due_on)}"
    contact = Cell("May be called", note=reviewed)
    if row.block is not None:
        contact = Cell(tag=tag(row.block), note=reviewed)
    return [
        Cell(
            row.survivor.name or "No name",
            f"/survivors/{row.survivor.id}",
            note=row.survivor.reference,
        ),
        Cell(person.name, note=person.programme or "No place yet") if person else "Nobody linked",
        _attended(person) if person else "",
        contact,
        due,
    ]


def _attended(person: HisSide) -> str:
    return f"{person.there} of {person.held}" if person.held else "None yet"


def _consents(values: TakeSurvivorOn) -> dict[ConsentKind, bool]:
    asked = {
        ConsentKind.CONTACT: values.contact,
        ConsentKind.SUPPORT: values.support,
        ConsentKind.OUTCOMES: values.outcomes,
        ConsentKind.SHARING: values.sharing,
    }
    return {kind: answer == "yes" for kind, answer in asked.items() if answer != "not-asked"}
