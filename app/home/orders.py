"""Clocks that run out, orders that end, breaches that wait: for those who keep orders."""

from datetime import datetime, timedelta

from app import present
from app.web.components import Tag, Task
from programmes.common.clock import london_date
from programmes.common.permissions import may
from programmes.common.staff import Actor, Role
from programmes.orders.breach_queries import breaches
from programmes.orders.change_commands import CHANGE_ORDER
from programmes.orders.clock_queries import ClockRow, running_clocks
from programmes.orders.queries import OrdersView, orders
from programmes.orders.words import ClockState, ClockStop

_NAMED = 4
_KEEPERS = (Role.IOM, Role.PROBATION)


async def needs(actor: Actor, now: datetime) -> list[Task]:
    if actor.role not in _KEEPERS or not may(actor, CHANGE_ORDER):
        return []
    today = london_date(now)
    rows = await running_clocks(actor, now=now, ends_within=timedelta(days=3))
    tasks = [_clock(row, now) for row in rows[:_NAMED]]
    if len(rows) > _NAMED:
        words = f"{present.count(len(rows) - _NAMED, 'more clock')} running"
        tasks.append(Task(text=words, href="/clocks", tag=Tag("Running", "blue")))
    ending = await orders(actor, view=OrdersView.ENDING, today=today)
    if ending.total:
        soon = Tag("Ends soon", "yellow")
        tasks.append(_list("ending within 14 days", ending.total, OrdersView.ENDING, soon))
    lapsed = await orders(actor, view=OrdersView.LAPSED, today=today)
    if lapsed.total:
        ended = Tag("Ended", "orange")
        tasks.append(_list("ended, nothing follows", lapsed.total, OrdersView.LAPSED, ended))
    waiting = (await breaches(actor)).total
    if waiting:
        words = f"{present.count(waiting, 'breach', 'breaches')} without an outcome"
        tasks.append(Task(text=words, href="/breaches", tag=Tag("Open", "yellow")))
    return tasks


def _clock(row: ClockRow, now: datetime) -> Task:
    is_end = row.clock.stops is ClockStop.END
    href = f"/breaches/{row.clock.breach_id}" if row.clock.breach_id else f"/orders/{row.order_id}"
    is_over = row.clock.state is ClockState.OVERDUE
    return Task(
        text=f"{row.person_name}: {row.kind_name} ends" if is_end else _what(row),
        href=href,
        tag=Tag("Overdue", "red") if is_over else Tag("Due", "orange"),
        hint=f"{present.sentence(present.deadline(row.clock.due_at))}, "
        f"{present.remaining(row.clock.due_at, now)}",
    )


def _what(row: ClockRow) -> str:
    words = {
        ClockStop.HEARING: "hearing due",
        ClockStop.COURT_AFTER_ARREST: "before court after arrest",
        ClockStop.NOTIFICATION: "address to be notified",
        ClockStop.PROSECUTION: "prosecution time limit",
    }
    return f"{row.person_name}: {words[row.clock.stops]}"


def _list(words: str, total: int, view: OrdersView, tag: Tag) -> Task:
    return Task(
        text=f"{present.count(total, 'order')} {words}", href=f"/orders?view={view}", tag=tag
    )
