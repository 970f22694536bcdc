"""How many deadlines of the law were met, counted in PostgreSQL however many orders there are."""

from datetime import date, datetime
from typing import Final

import msgspec

from programmes.common.db import fetch
from programmes.common.permissions import must
from programmes.common.staff import Actor
from programmes.common.wall_time import midnight
from programmes.orders.counting_rules import COUNTED, SHIFT, ClockRows, clock_rows, micros
from programmes.orders.kind_queries import order_kinds
from programmes.orders.queries import READ_ORDERS
from programmes.orders.words import ClockStop


class ClockFigures(msgspec.Struct, frozen=True):
    """How many clocks of one sort were met. Overdue ones are missed already."""

    stops: ClockStop
    met: int
    in_doubt: int
    missed: int
    running: int


async def clock_figures(
    actor: Actor, *, since: date, until: date, now: datetime
) -> list[ClockFigures]:
    """Clocks that began in [since, until), by what they wait for. The end of an order is none:
    it comes by itself.

    The law goes into the statement as lists (`counting_rules`), and each end is one look into a
    sorted list. They are arguments and not tables: joined to orders, they were copied for each.
    """
    must(actor, READ_ORDERS)
    kinds = [(kind.id, kind.law) for kind in await order_kinds()]
    rows = clock_rows(kinds, since, until)
    period = (midnight(since), midnight(until), now, micros(now))
    counted = {row["stops"]: row for row in await fetch(_COUNTED, *period, *_columns(rows))}
    return [
        ClockFigures(stop, **{name: int(counted[stop][name]) for name in _STATES})
        if stop in counted
        else ClockFigures(stop, 0, 0, 0, 0)
        for stop in ClockStop
        if stop in COUNTED
    ]


def _columns(rows: ClockRows) -> tuple[list[object], ...]:
    by_law = zip(*(msgspec.structs.astuple(one) for one in rows.laws), strict=True)
    return (*(list(column) for column in by_law), rows.begins, rows.run, rows.due, rows.later_due)


_STATES: Final = ("met", "in_doubt", "missed", "running")
_LAWS: Final = """
law AS MATERIALIZED (
    SELECT * FROM unnest($5::uuid[], $6::text[], $7::boolean[], $8::timestamptz[],
                         $9::bigint[], $10::bigint[], $11::int[], $12::date[])
        AS l(kind_id, stops, is_from_service, valid_at, span, shift, dated_at, first_on)
)"""
_LONDON: Final = "AT TIME ZONE 'Europe/London'"
_BINDS: Final = "o.status IN ('live', 'varied')"
_BEGUN: Final = f"""
begun AS (
    SELECT l.stops, l.span, l.shift, l.dated_at, l.first_on, o.served_at AS started_at,
           ended.stopped_at
    FROM protective_order o JOIN law l ON l.kind_id = o.kind_id AND l.stops = 'hearing'
    CROSS JOIN LATERAL (SELECT coalesce(
        CASE WHEN o.hearing_at <= $3 THEN o.hearing_at END,
        (SELECT greatest(o.served_at, min(s.made_on)::timestamp {_LONDON})
         FROM protective_order s WHERE s.follows_id = o.id HAVING min(s.made_on) IS NOT NULL)
    ) AS stopped_at) ended
    WHERE o.served_at >= $1 AND o.served_at < $2 AND o.served_at >= l.valid_at
      AND (ended.stopped_at IS NOT NULL OR {_BINDS})
    UNION ALL
    SELECT l.stops, l.span, l.shift, l.dated_at, l.first_on, b.arrested_at,
           CASE WHEN b.court_at <= $3 THEN b.court_at END
    FROM breach b JOIN protective_order o ON o.id = b.order_id
    JOIN law l ON l.kind_id = o.kind_id AND l.stops = 'court after arrest'
    WHERE b.arrested_at >= $1 AND b.arrested_at < $2 AND b.arrested_at >= l.valid_at
      AND (b.court_at <= $3 OR b.stage <> 'withdrawn')
    UNION ALL
    SELECT l.stops, l.span, l.shift, l.dated_at, l.first_on, began.started_at, o.notified_at
    FROM protective_order o JOIN law l ON l.kind_id = o.kind_id AND l.stops = 'notification'
    CROSS JOIN LATERAL (SELECT CASE WHEN l.is_from_service THEN o.served_at
        ELSE o.made_on::timestamp {_LONDON} END AS started_at) began
    WHERE began.started_at >= $1 AND began.started_at < $2 AND began.started_at >= l.valid_at
      AND (o.notified_at IS NOT NULL OR {_BINDS})
)"""


_BEGINS, _RUN, _DATED, _LATER_DATED = (f"(${place}::bigint[])" for place in (13, 14, 15, 16))


def _ends(part: str, shift: str) -> tuple[str, str, str, str]:
    """Hours run on from what had counted when the clock began; a day left out adds nothing.

    The day on which it began, what will have counted when it ends, that day, and that instant.
    """
    day, last, goal = f"day.{part}n", f"last.{part}n", f"goal.{part}goal"
    had_run = f"{_RUN}[{day}] + b.started + {shift} - {_BEGINS}[{day}]"
    return (
        f"width_bucket(b.started + {shift}, {_BEGINS}) AS {part}n",
        f"least({had_run}, {_RUN}[{day} + 1]) + b.span AS {part}goal",
        f"width_bucket({goal} - 1, {_RUN}) AS {part}n",
        f"{_BEGINS}[{last}] - ({shift}) + {goal} - {_RUN}[{last}]",
    )


_DAY, _GOAL, _LAST, _DUE = _ends("", "b.shift")
_LATE_DAY, _LATE_GOAL, _LATE_LAST, _LATE_DUE = _ends("late_", f"b.shift + {SHIFT}")
_COUNTED: Final = f"""
WITH {_LAWS}, {_BEGUN},
timed AS MATERIALIZED (
    SELECT stops, span, shift, dated_at + ((started_at {_LONDON})::date - first_on) AS dated_at,
           (extract(epoch FROM started_at) * 1000000)::bigint AS started,
           (extract(epoch FROM stopped_at) * 1000000)::bigint AS stopped
    FROM begun
),
due AS MATERIALIZED (
    SELECT b.stops, b.stopped, coalesce({_DUE}, {_DATED}[b.dated_at]) AS due,
           coalesce({_LATE_DUE}, {_LATER_DATED}[b.dated_at]) AS later_due
    FROM timed b
    CROSS JOIN LATERAL (SELECT {_DAY}, {_LATE_DAY}) day
    CROSS JOIN LATERAL (SELECT {_GOAL}, {_LATE_GOAL}) goal
    CROSS JOIN LATERAL (SELECT {_LAST}, {_LATE_LAST}) last
)
SELECT stops, count(*) FILTER (WHERE stopped <= due) AS met,
       count(*) FILTER (WHERE stopped > due AND stopped <= later_due) AS in_doubt,
       count(*) FILTER (WHERE coalesce(stopped > later_due, due < $4)) AS missed,
       count(*) FILTER (WHERE stopped IS NULL AND due >= $4) AS running
FROM due GROUP BY stops
"""
