"""Orders, their clocks and their breaches as the parts that pages are made of."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app import present
from app.labels import label, tag
from app.web.components import Cell, Clock, Fact, Tag, Task
from programmes.common.working_days import CALENDARS, why_left_out
from programmes.orders.beside_queries import ExpiringOrder
from programmes.orders.breach_queries import BreachRow
from programmes.orders.clock_queries import ClockRow
from programmes.orders.queries import ConditionRow, OrderRow, OrderWhole
from programmes.orders.running_rules import RunningClock, share_left
from programmes.orders.words import (
    AUTHORITY_NAMES,
    BINDING,
    REQUIREMENTS,
    ClockState,
    ClockStop,
    OrderStatus,
)

ORDER_HEADERS = ["Person", "Order", "Made", "Last day", "Status"]
BREACH_HEADERS = ["Person", "Order", "Happened", "Condition", "Stage"]
_DUE_SOON = timedelta(hours=6)
_ENDS_SOON = timedelta(days=3)
_LAST_CHECKS = 3


def clock_view(running: RunningClock, now: datetime) -> Clock:
    """With its reason: section, calendar and each day left out, to be checked by hand."""
    return Clock(
        name=running.name,
        deadline=present.deadline(running.due_at),
        remaining=_remaining(running, now),
        tag=_clock_tag(running, now),
        share_left=share_left(running, now) if running.state is ClockState.RUNNING else None,
        reason=_reason(running),
        doubt=_doubt(running),
    )


def named_clock(row: ClockRow, now: datetime) -> Clock:
    """A clock among those of others: whose it is goes first."""
    shown = clock_view(row.clock, now)
    return Clock(
        name=f"{row.person_name}: {present.mid_sentence(shown.name)}",
        deadline=shown.deadline,
        remaining=shown.remaining,
        tag=shown.tag,
        share_left=shown.share_left,
        reason=shown.reason,
        doubt=shown.doubt,
    )


def order_cells(row: OrderRow, today: date) -> list[str | Cell]:
    return [
        Cell(row.person_name, f"/people/{row.person_id}/orders"),
        Cell(row.kind_name, f"/orders/{row.id}", note=row.reference),
        present.short_date(row.made_on),
        Cell(_last_day(row), note=_days_left(row, today)),
        Cell(tag=standing(row.status, row.ends_on, today)),
    ]


def standing(status: OrderStatus, ends_on: date | None, today: date) -> Tag:
    """Whether it binds today: that it has run out is told by its last day, not by its status."""
    has_run_out = status in BINDING and ends_on is not None and ends_on < today
    return Tag("Ended", "grey") if has_run_out else tag(status)


def breach_cells(row: BreachRow) -> list[str | Cell]:
    return [
        Cell(row.person_name, f"/people/{row.person_id}/orders"),
        Cell(row.kind_name, f"/breaches/{row.id}", note=row.reference),
        present.short_date_and_time(row.occurred_at),
        label(row.condition) if row.condition else "Not said",
        Cell(tag=tag(row.stage)),
    ]


def expiry_row(one: ExpiringOrder, today: date) -> Task:
    """The question that is due, one press from the order."""
    days = one.task.days_left
    last_day = one.order.ends_on or today
    return Task(
        text=f"{one.order.person_name}: what follows {_the(one.order.kind_name)}?",
        href=f"/orders/{one.order.id}",
        tag=Tag(f"{days}-day check", "orange" if days <= _LAST_CHECKS else "yellow"),
        hint=f"Last day {present.full_date(last_day)}, {present.days_left(last_day, today)}. "
        f"Due since {present.long_date(one.task.due_on)}.",
    )


def order_facts(found: OrderWhole, today: date) -> list[Fact]:
    facts = [
        Fact("Made", present.full_date(found.made_on)),
        Fact("Given by", _given_by(found)),
        Fact("Last day", _last_day_whole(found, today)),
        Fact("Area and law", f"{found.law.area}: {found.law.source}"),
        Fact("A breach is", f"{present.sentence(found.law.breach)} ({found.law.breach_source})"),
    ]
    for name, at in (
        ("Arrested", found.arrested_at),
        ("Served", found.served_at),
        ("Hearing", found.hearing_at),
        ("Address notified", found.notified_at),
    ):
        if at:
            facts.append(Fact(name, present.date_and_time(at)))
    if found.offence_on:
        facts.append(Fact("Offence", present.full_date(found.offence_on)))
    if found.assault_statement_on:
        on = present.full_date(found.assault_statement_on)
        facts.append(Fact("First statement of the assault", on))
    return facts


def condition_lines(condition: ConditionRow) -> str:
    """When it holds, in one line."""
    parts = []
    if condition.from_time and condition.until_time:
        parts.append(f"{condition.from_time} to {condition.until_time}")
    parts.append(condition.weekdays or ("every day" if parts else "at all times"))
    if condition.ends_on:
        parts.append(f"until {present.long_date(condition.ends_on)}")
    if condition.responsible_person:
        parts.append(f"supervised by {condition.responsible_person}")
    return ", ".join(parts)


def condition_sort(condition: ConditionRow) -> str:
    return "Requirement" if condition.kind in REQUIREMENTS else "Prohibition"


def clock_views(rows: Sequence[ClockRow], now: datetime) -> list[Clock]:
    return [clock_view(row.clock, now) for row in rows]


def _the(kind_name: str) -> str:
    return f"the {present.mid_sentence(kind_name)}"


def _remaining(running: RunningClock, now: datetime) -> str:
    if running.state in (ClockState.RUNNING, ClockState.OVERDUE):
        return present.remaining(running.due_at, now)
    return "Ended" if running.stops is ClockStop.END else label(running.state)


def _clock_tag(running: RunningClock, now: datetime) -> Tag:
    if running.state is not ClockState.RUNNING:
        return Tag("Ended") if running.stops is ClockStop.END else tag(running.state)
    soon = _ENDS_SOON if running.stops is ClockStop.END else _DUE_SOON
    return Tag("Due soon", "orange") if running.due_at - now <= soon else Tag("Running", "blue")


def _reason(running: RunningClock) -> str:
    parts = [present.sentence(running.source)]
    if running.calendar:
        calendar = CALENDARS[running.calendar]
        left_out = [_left_out(day, why_left_out(day, calendar)) for day in running.left_out]
        parts.append(f"{present.listed(left_out)} left out" if left_out else "no day left out")
    if running.listed_at:
        parts.append(f"listed for {present.date_and_time(running.listed_at)}")
    return "; ".join(parts)


def _left_out(day: date, why: str | None) -> str:
    """A Sunday says so itself."""
    named = present.day_and_date(day)
    return named if why == "Sunday" else f"{named} ({why})"


def _doubt(running: RunningClock) -> str:
    if not running.doubtful or running.later_due_at is None:
        return ""
    days = present.listed([present.full_date(day) for day in running.doubtful])
    later = present.deadline(running.later_due_at)
    return f"{days}. The earlier reading is shown; the other is {later}"


def _given_by(found: OrderWhole) -> str:
    name = AUTHORITY_NAMES[found.authority] if found.authority else ""
    return ", ".join(part for part in (present.sentence(name), found.issued_by) if part)


def _last_day(row: OrderRow) -> str:
    return present.short_date(row.ends_on) if row.ends_on else "Until decided"


def _days_left(row: OrderRow, today: date) -> str:
    if row.ends_on is None:
        return ""
    words = present.days_left(row.ends_on, today)
    return words if row.ends_on >= today or row.succeeded else f"{words}, nothing follows"


def _last_day_whole(found: OrderWhole, today: date) -> str:
    if found.ends_on is None:
        return present.sentence(found.law.ends)
    return f"{present.full_date(found.ends_on)} ({present.days_left(found.ends_on, today)})"
