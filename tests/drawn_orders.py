"""Orders with clocks, drawn at random where the law is awkward: what they are, and their rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from programmes.common.wall_time import midnight
from programmes.orders.clocks import deadline
from programmes.orders.kind_queries import StoredKind
from programmes.orders.lengths import clock_law
from programmes.orders.running_rules import Arrest, ClockedOrder, clocks_of
from programmes.orders.words import (
    BreachStage,
    ClockLaw,
    ClockState,
    ClockStop,
    OrderStatus,
    RunsFrom,
)

AWKWARD = (
    date(2024, 3, 28),  # before Good Friday, with the clocks going forward on Easter Sunday
    date(2020, 5, 7),  # before a bank holiday on a Friday
    date(2020, 12, 23),  # 26 December on a Saturday: lawyers differ
    date(2021, 12, 23),  # both days of Christmas on a weekend
    date(2022, 6, 1),  # before two bank holidays together
    date(2022, 9, 17),  # a bank holiday proclaimed for a funeral
    date(2024, 10, 26),
)
PERIODS = (
    (date(2020, 1, 1), date(2025, 1, 1)),
    (date(2020, 12, 24), date(2020, 12, 27)),
    (date(2022, 6, 1), date(2022, 9, 19)),
)
NOWS = (
    datetime(2026, 6, 1, tzinfo=UTC),
    datetime(2020, 12, 29, 9, tzinfo=UTC),
    datetime(2022, 6, 7, 12, tzinfo=UTC),
)
Counts = Counter[tuple[ClockStop, str]]


class Drawn:
    """Orders of one person, as the rules know them and as rows of the tables."""

    def __init__(self, kinds: Sequence[StoredKind], person_id: UUID, seed: int) -> None:
        self.random = Random(seed)
        self.kinds = [kind for kind in kinds if _laws(kind)]
        self.common = {"person_id": person_id, "created_by": UUID(int=seed)}
        self.prefix = f"drawn-{seed}-{person_id}"
        self.clocked: list[ClockedOrder] = []
        self.orders: list[dict[str, Any]] = []
        self.breaches: list[dict[str, Any]] = []

    def draw(self, orders: int) -> "Drawn":
        for _order in range(orders):
            self._order(self.random.choice(self.kinds))
        return self

    def counts(self, since: date, until: date, now: datetime) -> Counts:
        """By the rule that the pages of one order use, with its worked answers."""
        began, ended = midnight(since), midnight(until)
        clocks = (one for order in self.clocked for one in clocks_of(order, now=now))
        return Counter(
            (one.stops, _STATE[one.state])
            for one in clocks
            if began <= one.started_at < ended and one.stops in _COUNTED
        )

    def _order(self, kind: StoredKind) -> None:
        laws, start = _laws(kind), self._start()
        made_on, follows = start.date(), self.random.random() < 0.2
        order: dict[str, Any] = {
            "law": kind.law,
            "made_on": made_on,
            "status": self.random.choice(list(OrderStatus)),
            "served_at": start if self.random.random() < 0.9 else None,
        }
        if (law := laws.get(ClockStop.HEARING)) and self.random.random() < 0.8:
            order["hearing_at"] = self._stop(law, start)
        if (law := laws.get(ClockStop.NOTIFICATION)) and self.random.random() < 0.8:
            is_served = law.runs_from is RunsFrom.SERVICE
            order["notified_at"] = self._stop(law, start if is_served else midnight(made_on))
        if follows:
            order["succeeded_on"] = made_on + timedelta(days=self.random.randrange(6))
        arrests = tuple(self._arrests(laws.get(ClockStop.COURT_AFTER_ARREST)))
        self._keep(kind, ClockedOrder(**order, arrests=arrests))

    def _arrests(self, law: ClockLaw | None) -> Iterator[Arrest]:
        for _arrest in range(self.random.randrange(3) if law else 0):
            start = self._start()
            came = self._stop(law, start) if law and self.random.random() < 0.8 else None
            yield Arrest(
                breach_id=UUID(int=self.random.getrandbits(128)),
                reference="",
                arrested_at=start,
                court_at=came,
                stage=self.random.choice(list(BreachStage)),
            )

    def _start(self) -> datetime:
        near = midnight(self.random.choice(AWKWARD)) if self.random.random() < 0.8 else None
        span = 6 * 24 * 60 if near else 6 * 365 * 24 * 60
        first = near or datetime(2019, 12, 1, tzinfo=UTC)
        minutes = self.random.choice((0, 60, self.random.randrange(60)))
        return first + timedelta(minutes=self.random.randrange(0, span, 60) + minutes)

    def _stop(self, law: ClockLaw, start: datetime) -> datetime:
        """Mostly at the very edge of the deadline, or between its two readings."""
        if start < midnight(law.valid_from):
            return start + timedelta(hours=1)
        due = deadline(law, start)
        edge = self.random.choice((due.due_at, due.later_due_at or due.due_at))
        moves = (-3600, -1e-6, 0, 1e-6, 3600, 86400)
        return edge + timedelta(seconds=self.random.choice(moves))

    def _keep(self, kind: StoredKind, order: ClockedOrder) -> None:
        self.clocked.append(order)
        order_id = self._row(kind, order)
        if order.succeeded_on is not None:
            after = ClockedOrder(
                law=kind.law, made_on=order.succeeded_on, status=OrderStatus.REFUSED
            )
            self.clocked.append(after)
            self._row(kind, after, follows_id=order_id)
        for one in order.arrests:
            self.breaches.append(self._breach(one, order_id))

    def _row(self, kind: StoredKind, order: ClockedOrder, follows_id: UUID | None = None) -> UUID:
        order_id = UUID(int=self.random.getrandbits(128))
        self.orders.append(
            {
                **self.common,
                "id": order_id,
                "reference": f"{self.prefix}-{len(self.orders)}",
                "kind_id": kind.id,
                "kind": kind.law.code,
                "made_on": order.made_on,
                "served_at": order.served_at,
                "hearing_at": order.hearing_at,
                "notified_at": order.notified_at,
                "follows_id": follows_id,
                "issued_by": "Police",
                "status": order.status,
                "created_at": midnight(order.made_on),
            }
        )
        return order_id

    def _breach(self, one: Arrest, order_id: UUID) -> dict[str, Any]:
        return {
            **self.common,
            "id": one.breach_id,
            "reference": f"{self.prefix}-b{len(self.breaches)}",
            "order_id": order_id,
            "event_id": one.breach_id,
            "occurred_at": one.arrested_at,
            "reported_at": one.arrested_at,
            "created_at": one.arrested_at,
            "arrested_at": one.arrested_at,
            "court_at": one.court_at,
            "stage": one.stage,
        }


_COUNTED = (ClockStop.HEARING, ClockStop.COURT_AFTER_ARREST, ClockStop.NOTIFICATION)
_STATE = {
    ClockState.MET: "met",
    ClockState.IN_DOUBT: "in_doubt",
    ClockState.MISSED: "missed",
    ClockState.OVERDUE: "missed",
    ClockState.RUNNING: "running",
}


def _laws(kind: StoredKind) -> dict[ClockStop, ClockLaw]:
    return {stop: law for stop in _COUNTED if (law := clock_law(kind.law, stop))}
