"""Kinds of order: every version of their law, and the form of a new one."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.field import Choice
from app.forms.form import Choices, Submitted
from app.forms.order_kinds import NEW_VERSION, NewVersion
from app.forms.view import FormView
from app.labels import label, tag
from app.web.components import Cell, Fact
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.orders.kind_commands import ADD_KIND, add_kind_version
from programmes.orders.kind_queries import StoredKind, order_kinds
from programmes.orders.version_rules import LawChange
from programmes.orders.words import (
    AUTHORITY_NAMES,
    ClockLaw,
    ClockStop,
    KindVersion,
    Tier,
)

AnyRequest = Request[Any, Any, Any]


@get("/order-kinds", **on(Resource.CATALOGUE, Verb.READ))
async def kinds_page(request: AnyRequest) -> Template:
    latest: dict[tuple[str, str], StoredKind] = {}
    for kind in await order_kinds():
        latest[kind.law.code, kind.law.area] = kind
    rows = [
        [
            Cell(kind.law.name, f"/order-kinds/{kind.id}", note=kind.law.area),
            present.sentence(length_words(kind.law)),
            present.sentence(kind.law.breach),
            kind.law.source,
            Cell(
                tag=tag(kind.law.in_force), note=f"from {present.short_date(kind.law.valid_from)}"
            ),
        ]
        for kind in sorted(latest.values(), key=lambda kind: (kind.law.name, kind.law.area))
    ]
    may_open = may(actor_of(request), Permission(Resource.ORDERS, Verb.READ))
    return page(request, "order_kinds/list.html", rows=rows, may_open_orders=may_open)


@get("/order-kinds/{kind_id:uuid}", **on(Resource.CATALOGUE, Verb.READ))
async def kind_page(request: AnyRequest, kind_id: FromPath[UUID]) -> Template:
    found = await _kind(kind_id)
    versions = [
        kind
        for kind in await order_kinds()
        if (kind.law.code, kind.law.area) == (found.law.code, found.law.area)
    ]
    return page(
        request,
        "order_kinds/kind.html",
        law=found.law,
        kind_id=kind_id,
        facts=_facts(found.law),
        clocks=[_clock_cells(clock) for clock in found.law.clocks],
        versions=[
            [
                Cell(f"Version {kind.law.number}", f"/order-kinds/{kind.id}"),
                present.short_date(kind.law.valid_from),
                kind.law.source,
                Cell(tag=tag(kind.law.in_force)),
            ]
            for kind in reversed(versions)
        ],
        may_add=may(actor_of(request), ADD_KIND),
    )


@get("/order-kinds/{kind_id:uuid}/new-version", **on(Resource.CATALOGUE, Verb.CREATE))
async def new_version_page(request: AnyRequest, kind_id: FromPath[UUID]) -> Template:
    law = (await _kind(kind_id)).law
    initial = {
        "area": law.area,
        "in_force": law.in_force,
        "can_be_extended": "yes" if law.can_be_extended else "no",
        "breach": law.breach,
        "breach_source": law.breach_source,
        "conditions": law.conditions,
    }
    now = request.app.state.clock.now()
    form = NEW_VERSION.blank(new_id(now), choices=_choices(law), initial=initial)
    return _form_page(request, kind_id, law, form)


@post(
    "/order-kinds/{kind_id:uuid}/new-version",
    status_code=303,
    **on(Resource.CATALOGUE, Verb.CREATE),
)
async def add_version(request: AnyRequest, kind_id: FromPath[UUID]) -> Response[Any]:
    law = (await _kind(kind_id)).law

    async def do(sent: Submitted[NewVersion]) -> str:
        change = _change_of(sent.values)
        made = await add_kind_version(
            kind_id, change, actor=actor_of(request), now=request.app.state.clock.now()
        )
        stored = next(kind for kind in await order_kinds() if kind.law == made)
        return f"/order-kinds/{stored.id}"

    async def show(form: FormView, status: int) -> Template:
        return _form_page(request, kind_id, law, form, status_code=status)

    return await submit(
        request,
        NEW_VERSION,
        do=do,
        show=show,
        notice="The version is added. Orders entered before keep the one they were checked by.",
        choices=_choices(law),
    )


def length_words(law: KindVersion) -> str:
    """How long it may last: 14 to 28 days, up to 3 months by a custody officer, …"""
    clock = next((clock for clock in law.clocks if clock.stops is ClockStop.END), None)
    if clock is None:
        return law.ends.value
    return "; ".join(_tier_words(tier, clock) for tier in clock.tiers)


def _tier_words(tier: Tier, clock: ClockLaw) -> str:
    if tier.shortest and tier.longest:
        words = f"{tier.shortest} to {tier.longest} {clock.unit}"
    elif tier.longest:
        words = f"up to {tier.longest} {clock.unit}"
    else:
        words = f"{tier.shortest or 1} {clock.unit} or more"
    return f"{words} by {AUTHORITY_NAMES[tier.authority]}" if tier.authority else words


def _change_of(values: NewVersion) -> LawChange:
    return LawChange(
        area=values.area,
        valid_from=values.valid_from,
        source=values.source,
        in_force=values.in_force,
        breach=values.breach,
        breach_source=values.breach_source,
        conditions=values.conditions,
        can_be_extended=values.can_be_extended == "yes",
        shortest=values.shortest,
        longest=values.longest,
        rank=values.rank,
        name=values.name or "",
        short_name=values.short_name or "",
    )


async def _kind(kind_id: UUID) -> StoredKind:
    found = next((kind for kind in await order_kinds() if kind.id == kind_id), None)
    if found is None:
        raise NotFound
    return found


def _choices(law: KindVersion) -> Choices:
    return {"rank": [Choice(one, label(one)) for one in law.authorised_by]}


def _facts(law: KindVersion) -> list[Fact]:
    able = present.listed([AUTHORITY_NAMES[one] for one in law.authorised_by])
    sanctions = [
        f"{label(limit.sanction)}{f', {limit.at_most}' if limit.at_most else ''}"
        for limit in law.sanctions
    ]
    return [
        Fact("Area", law.area),
        Fact("In force", f"{label(law.in_force)}, from {present.full_date(law.valid_from)}"),
        Fact("Given by", present.sentence(able)),
        Fact("Lasts", present.sentence(length_words(law))),
        Fact("Can be extended", present.yes_or_no(law.can_be_extended)),
        Fact("A breach is", f"{present.sentence(law.breach)} ({law.breach_source})"),
        Fact("It can bring", sanctions or "Nothing"),
        Fact("May carry", [label(one) for one in law.conditions] or "No conditions"),
        Fact("Source", law.source),
        Fact("How far it is known", "Checked" if law.basis == "V" else "Common practice, editable"),
    ]


def _clock_cells(clock: ClockLaw) -> list[str]:
    return [clock.name, present.sentence(clock.runs_from), clock.calendar, clock.source]


def _form_page(
    request: AnyRequest, kind_id: UUID, law: KindVersion, form: FormView, *, status_code: int = 200
) -> Template:
    return page(
        request,
        "order_kinds/new_version.html",
        status_code=status_code,
        form=form,
        law=law,
        kind_id=kind_id,
    )
