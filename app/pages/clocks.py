"""Clocks: those that run now, and one that is reckoned on the spot and stored nowhere."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from litestar import Request, get
from litestar.response import Template

from app import present
from app.forms.clocks import RECKON, Reckon
from app.forms.view import FormView
from app.forms.wall_clock import instant
from app.views.orders import named_clock
from app.web.components import Clock, Fact
from app.web.guard import actor_of, on
from app.web.shell import page
from programmes.common.errors import DomainError, Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.common.working_days import CALENDARS, why_left_out
from programmes.orders.clock_laws import CLOCK_LAWS
from programmes.orders.clock_queries import ClockRow, running_clocks
from programmes.orders.clocks import Deadline, deadline
from programmes.orders.words import AUTHORITY_NAMES, ClockKind, ClockStop

AnyRequest = Request[Any, Any, Any]


@get("/clocks", **on(Resource.ORDERS, Verb.READ))
async def clocks_page(request: AnyRequest) -> Template:
    now = request.app.state.clock.now()
    rows = await running_clocks(actor_of(request), now=now)
    ends = [row for row in rows if row.clock.stops is ClockStop.END]
    waits = [row for row in rows if row.clock.stops is not ClockStop.END]
    return page(
        request,
        "clocks/running.html",
        waits=_shown(waits, now),
        ends=_shown(ends, now),
        as_at=present.date_and_time(now),
    )


@get("/clocks/reckon", **on(Resource.ORDERS, Verb.READ))
async def reckon_page(request: AnyRequest) -> Template:
    """Everything stands in the address, nothing in the database."""
    now = request.app.state.clock.now()
    names = dict.fromkeys(request.query_params)
    typed = {name: tuple(request.query_params.getall(name)) for name in names}
    if not typed:
        return _reckon_template(request, RECKON.blank(new_id(now)))
    sent = {**typed, "submission": (str(new_id(now)),)}
    try:
        values = RECKON.parse(sent).values
        start, due = reckoned(values)
    except (Invalid, Refused) as refusal:
        return _reckon_template(request, RECKON.refused(sent, _placed(refusal)), status_code=422)
    form = RECKON.filled(values, new_id(now))
    return _reckon_template(request, form, due=due, facts=_facts(values, start, due), now=now)


def reckoned(values: Reckon) -> tuple[datetime | date, Deadline]:
    """Raises Invalid and Refused as the law has it."""
    law = CLOCK_LAWS[ClockKind(values.kind)]
    start: datetime | date = values.from_on
    if values.from_time:
        at = instant(values.from_on, values.from_time, name="from", called="the start")
        start = at or start
    return start, deadline(law, start, amount=values.length, authority=values.rank)


def _placed(refusal: DomainError) -> DomainError:
    if not isinstance(refusal, Invalid):
        return refusal
    fields = {"from": "from_time", "days": "length", "months": "length", "hours": "length"}
    return Invalid({fields.get(name, name): words for name, words in refusal.errors.items()})


def _shown(rows: Sequence[ClockRow], now: datetime) -> list[tuple[ClockRow, Clock]]:
    return [(row, named_clock(row, now)) for row in rows]


def _facts(values: Reckon, start: datetime | date, due: Deadline) -> list[Fact]:
    law = CLOCK_LAWS[ClockKind(values.kind)]
    calendar = CALENDARS[due.calendar]
    began = (
        present.date_and_time(start) if isinstance(start, datetime) else present.full_date(start)
    )
    length = f"{due.amount} {due.unit}"
    if due.authority:
        length = f"{length}, {AUTHORITY_NAMES[due.authority]}"
    facts = [
        Fact("From", f"{began}, {law.runs_from}"),
        Fact("Length", length),
        Fact("Calendar", calendar.name),
        Fact(
            "Left out",
            [f"{present.full_date(day)} ({why_left_out(day, calendar)})" for day in due.left_out]
            or "No day",
        ),
    ]
    if due.doubtful and due.later_due_at:
        doubtful = present.listed([present.full_date(day) for day in due.doubtful])
        other = present.deadline(due.later_due_at)
        facts.append(Fact("Doubtful", f"{doubtful}. The other reading is {other}"))
    return [*facts, Fact("Source", due.source)]


def _reckon_template(
    request: AnyRequest,
    form: FormView,
    *,
    due: Deadline | None = None,
    facts: Sequence[Fact] = (),
    now: datetime | None = None,
    status_code: int = 200,
) -> Template:
    return page(
        request,
        "clocks/reckon.html",
        status_code=status_code,
        form=form,
        due=present.deadline(due.due_at) if due else "",
        remaining=present.remaining(due.due_at, now) if due and now else "",
        facts=list(facts),
    )
