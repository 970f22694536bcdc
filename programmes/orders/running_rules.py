"""Which clocks run on an order and on the arrests for its breaches, and how each stands."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from programmes.common.wall_time import end_of_day, midnight
from programmes.orders.clock_laws import ASSAULT_LIMIT_OF_2022, ASSAULT_STATEMENT_LAW
from programmes.orders.clocks import Deadline, clock_state, deadline
from programmes.orders.lengths import clock_law
from programmes.orders.prosecution import domestic_assault_limit
from programmes.orders.words import (
    BINDING,
    BreachStage,
    ClockLaw,
    ClockState,
    ClockStop,
    KindVersion,
    OrderStatus,
    RunsFrom,
    Unit,
)

ENDED_WITHOUT_COURT = frozenset({BreachStage.WITHDRAWN})
PASSED_WITHIN = timedelta(days=28)
"""How long a limit that has passed still stands among the clocks; afterwards nobody can act on it,
and it stands on the order alone (editable)."""
_SLOW = frozenset({ClockStop.END, ClockStop.PROSECUTION})


class Arrest(msgspec.Struct, frozen=True, kw_only=True):
    """An arrest for a breach: what the way to court is reckoned from."""

    breach_id: UUID
    reference: str
    arrested_at: datetime
    court_at: datetime | None
    stage: BreachStage


class ClockedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the clocks of one order run from, and what has stopped them."""

    law: KindVersion
    made_on: date
    status: OrderStatus
    ends_on: date | None = None
    served_at: datetime | None = None
    hearing_at: datetime | None = None
    arrested_at: datetime | None = None
    offence_on: date | None = None
    assault_statement_on: date | None = None
    notified_at: datetime | None = None
    succeeded_on: date | None = None
    arrests: tuple[Arrest, ...] = ()


class RunningClock(msgspec.Struct, frozen=True, kw_only=True):
    """One clock: what it waits for, when it runs out, and how it stands.

    `calendar` is empty where only an end date is meant; `listed_at` a hearing still to come.
    """

    stops: ClockStop
    name: str
    due_at: datetime
    started_at: datetime
    state: ClockState
    source: str
    calendar: str = ""
    left_out: tuple[date, ...] = ()
    doubtful: tuple[date, ...] = ()
    later_due_at: datetime | None = None
    listed_at: datetime | None = None
    breach_id: UUID | None = None
    breach_reference: str = ""


def clocks_of(order: ClockedOrder, *, now: datetime) -> tuple[RunningClock, ...]:
    """Every clock of one order, the soonest due first; also those that were met or missed."""
    found = (
        *_hearing(order, now),
        *_courts(order, now),
        *_notification(order, now),
        *_prosecution(order, now),
        *_end(order, now),
    )
    return tuple(sorted(found, key=lambda clock: clock.due_at))


def is_open(clock: RunningClock) -> bool:
    """Somebody still has to see to it."""
    return clock.state in (ClockState.RUNNING, ClockState.OVERDUE)


def is_to_see_to(clock: RunningClock, *, now: datetime, ends_within: timedelta) -> bool:
    """Open; and where it takes months, neither far ahead nor long over."""
    if clock.stops not in _SLOW:
        return is_open(clock)
    return is_open(clock) and now - PASSED_WITHIN <= clock.due_at <= now + ends_within


def _hearing(order: ClockedOrder, now: datetime) -> Iterator[RunningClock]:
    """A hearing that has come, a refusal, or the order that follows, stops it."""
    law = clock_law(order.law, ClockStop.HEARING)
    if law is None or order.served_at is None or not _is_law(law, order.served_at):
        return
    heard_at = order.hearing_at if order.hearing_at and order.hearing_at <= now else None
    if heard_at is None and order.succeeded_on is not None:
        heard_at = max(order.served_at, midnight(order.succeeded_on))
    if heard_at is None and order.status not in BINDING:
        return
    due = deadline(law, order.served_at)
    clock = _clock(law, due, order.served_at, stopped_at=heard_at, now=now)
    yield msgspec.structs.replace(clock, listed_at=None if heard_at else order.hearing_at)


def _courts(order: ClockedOrder, now: datetime) -> Iterator[RunningClock]:
    law = clock_law(order.law, ClockStop.COURT_AFTER_ARREST)
    if law is None:
        return
    for arrest in order.arrests:
        came = arrest.court_at if arrest.court_at and arrest.court_at <= now else None
        if not _is_law(law, arrest.arrested_at):
            continue
        if came is None and arrest.stage in ENDED_WITHOUT_COURT:
            continue
        due = deadline(law, arrest.arrested_at)
        clock = _clock(law, due, arrest.arrested_at, stopped_at=came, now=now)
        yield msgspec.structs.replace(
            clock,
            listed_at=None if came else arrest.court_at,
            breach_id=arrest.breach_id,
            breach_reference=arrest.reference,
        )


def _notification(order: ClockedOrder, now: datetime) -> Iterator[RunningClock]:
    law = clock_law(order.law, ClockStop.NOTIFICATION)
    if law is None:
        return
    started = order.served_at if law.runs_from is RunsFrom.SERVICE else midnight(order.made_on)
    if started is None or not _is_law(law, started):
        return
    if order.notified_at is None and order.status not in BINDING:
        return
    due = deadline(law, started)
    yield _clock(law, due, started, stopped_at=order.notified_at, now=now)


def _prosecution(order: ClockedOrder, now: datetime) -> Iterator[RunningClock]:
    law = clock_law(order.law, ClockStop.PROSECUTION)
    if law is None or order.offence_on is None or order.status not in BINDING:
        return
    started, statement_on = midnight(order.offence_on), order.assault_statement_on
    if statement_on and order.offence_on >= ASSAULT_LIMIT_OF_2022:
        due = domestic_assault_limit(order.offence_on, statement_on=statement_on)
        yield _clock(ASSAULT_STATEMENT_LAW, due, started, stopped_at=None, now=now)
    elif _is_law(law, started):
        yield _clock(law, deadline(law, started), started, stopped_at=None, now=now)


def _end(order: ClockedOrder, now: datetime) -> Iterator[RunningClock]:
    """The end of an order is never overdue: it ends by itself, and is then met."""
    if order.ends_on is None or order.status not in BINDING:
        return
    law = clock_law(order.law, ClockStop.END)
    due_at = end_of_day(order.ends_on)
    yield RunningClock(
        stops=ClockStop.END,
        name=f"{order.law.short_name} ends",
        due_at=due_at,
        started_at=midnight(order.made_on),
        state=ClockState.RUNNING if now < due_at else ClockState.MET,
        source=law.source if law else order.law.source,
    )


def _is_law(law: ClockLaw, started: datetime) -> bool:
    return midnight(law.valid_from) <= started


def _clock(
    law: ClockLaw, due: Deadline, started: datetime, *, stopped_at: datetime | None, now: datetime
) -> RunningClock:
    state = clock_state(due, stopped_at=stopped_at, now=now)
    return RunningClock(
        stops=law.stops,
        name=law.name,
        due_at=due.due_at,
        started_at=started,
        state=state,
        source=due.source,
        calendar=due.calendar if law.unit is Unit.HOURS else "",
        left_out=due.left_out,
        doubtful=due.doubtful,
        later_due_at=due.later_due_at,
    )


def share_left(clock: RunningClock, now: datetime) -> float:
    """From 1 at its start to 0 when it is due."""
    length = clock.due_at - clock.started_at
    return max(0.0, min(1.0, (clock.due_at - now) / length)) if length > timedelta() else 0.0
