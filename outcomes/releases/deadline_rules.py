"""Deadlines of the law that fell due in a period, and whether each was met."""

from collections import defaultdict
from datetime import timedelta
from typing import Final
from uuid import UUID

from outcomes.disclosure.periods import Period
from outcomes.releases.counting_words import ClockedFact, WorkFacts
from outcomes.releases.words import People
from programmes.common.wall_time import midnight
from programmes.orders.running_rules import Arrest, ClockedOrder, clocks_of
from programmes.orders.words import ClockState, ClockStop

COUNTED: Final = frozenset({ClockStop.HEARING, ClockStop.COURT_AFTER_ARREST})
"""What somebody must do in time. An order's end comes by itself; he himself notifies."""
_DAY = timedelta(days=1)


def deadlines_due(facts: WorkFacts, period: Period) -> People:
    """Each deadline with `met`, as it stands a day after the period.

    Met on one reading of the law only counts as not met.
    """
    starts_at, ends_at = midnight(period.first_on), midnight(period.until)
    arrests: dict[UUID, list[Arrest]] = defaultdict(list)
    for one in facts.arrests:
        arrests[one.order_id].append(
            Arrest(
                breach_id=one.breach_id,
                reference="",
                arrested_at=one.arrested_at,
                court_at=one.court_at,
                stage=one.stage,
            )
        )
    return {
        f"{order.id} {clock.stops} {clock.breach_id}": {
            "met": "yes" if clock.state is ClockState.MET else "no"
        }
        for order in facts.clocked
        for clock in clocks_of(_clocked(order, arrests[order.id]), now=ends_at + _DAY)
        if clock.stops in COUNTED and starts_at <= clock.due_at < ends_at
    }


def _clocked(order: ClockedFact, arrests: list[Arrest]) -> ClockedOrder:
    return ClockedOrder(
        law=order.law,
        made_on=order.made_on,
        status=order.status,
        ends_on=order.ends_on,
        served_at=order.served_at,
        hearing_at=order.hearing_at,
        arrested_at=order.arrested_at,
        offence_on=order.offence_on,
        notified_at=order.notified_at,
        succeeded_on=order.succeeded_on,
        arrests=tuple(arrests),
    )
