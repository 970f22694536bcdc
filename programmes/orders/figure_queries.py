"""Figures of orders and breaches by kind, area and month, for the management report."""

from datetime import date

import msgspec

from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_REPORT = Permission(Resource.MANAGEMENT_REPORT, Verb.READ)


class OrderFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One kind in one area and one month. Counts of different things, never added up.

    `made` and `ended` by the month of the day; breaches by the month in which they happened:
    `recorded` and `established` are breaches, `events` acts, `orders_breached` orders. What was
    withdrawn is no record of a breach and is in none of them.
    """

    kind: str
    kind_name: str
    area: str
    month: date
    made: int
    ended: int
    recorded: int
    established: int
    events: int
    orders_breached: int


class OrderTotals(msgspec.Struct, frozen=True, kw_only=True):
    """The whole period. What was withdrawn is counted as such and nowhere else.

    `notices_with_order` is how many notices an order followed from.

    Hours are medians; None where nothing was measured.
    """

    made: int
    live_at_end: int
    recorded: int
    withdrawn: int
    established: int
    events: int
    events_established: int
    orders_breached: int
    orders_established: int
    notices: int
    notices_with_order: int
    arrests: int
    arrests_before_court: int
    hours_breach_to_arrest: float | None
    hours_arrest_to_court: float | None


async def order_figures(
    actor: Actor, *, since: date, until: date, today: date
) -> list[OrderFigures]:
    """By kind, area and month of [since, until), London days; rows without anything left out.

    An order whose last day is still to come has not ended.
    """
    must(actor, READ_REPORT)
    return await fetch_as(OrderFigures, _BY_MONTH, since, until, today)


async def order_totals(actor: Actor, *, since: date, until: date) -> OrderTotals:
    """Of [since, until). Alleged is never counted as established."""
    must(actor, READ_REPORT)
    found = await fetch_one_as(OrderTotals, _TOTALS, since, until)
    assert found is not None
    return found


_DAY = "(b.occurred_at AT TIME ZONE 'Europe/London')::date"
_RECORDED = "stage <> 'withdrawn'"
_BY_MONTH = f"""
WITH counted AS (
    SELECT o.kind_id, date_trunc('month', o.made_on)::date AS month, 1 AS made, 0 AS ended,
           NULL::uuid AS breach_id, NULL::uuid AS event_id, NULL::uuid AS order_id,
           false AS established
    FROM protective_order o WHERE o.made_on >= $1 AND o.made_on < $2
    UNION ALL
    SELECT o.kind_id, date_trunc('month', o.ends_on)::date, 0, 1, NULL, NULL, NULL, false
    FROM protective_order o WHERE o.ends_on >= $1 AND o.ends_on < least($2, $3)
    UNION ALL
    SELECT o.kind_id, date_trunc('month', {_DAY})::date, 0, 0, b.id, b.event_id, b.order_id,
           b.stage IN ('admitted', 'proved')
    FROM breach b JOIN protective_order o ON o.id = b.order_id
    WHERE {_DAY} >= $1 AND {_DAY} < $2 AND b.stage <> 'withdrawn'
)
SELECT k.code AS kind, k.law->>'short_name' AS kind_name, k.area, c.month,
       sum(c.made)::int AS made, sum(c.ended)::int AS ended, count(c.breach_id)::int AS recorded,
       count(c.breach_id) FILTER (WHERE c.established)::int AS established,
       count(DISTINCT c.event_id)::int AS events,
       count(DISTINCT c.order_id)::int AS orders_breached
FROM counted c JOIN order_kind k ON k.id = c.kind_id
GROUP BY k.code, k.law->>'short_name', k.area, c.month ORDER BY k.code, k.area, c.month
"""
_TOTALS = f"""
SELECT m.*, b.*, n.* FROM
(SELECT count(*) FILTER (WHERE made_on >= $1)::int AS made,
        count(*) FILTER (WHERE ends_on IS NULL OR ends_on >= $2)::int AS live_at_end
 FROM protective_order WHERE made_on < $2) m,
(SELECT count(*) FILTER (WHERE {_RECORDED})::int AS recorded,
        count(*) FILTER (WHERE stage = 'withdrawn')::int AS withdrawn,
        count(*) FILTER (WHERE stage IN ('admitted', 'proved'))::int AS established,
        count(DISTINCT event_id) FILTER (WHERE {_RECORDED})::int AS events,
        count(DISTINCT event_id) FILTER (WHERE stage IN ('admitted', 'proved'))::int
            AS events_established,
        count(DISTINCT order_id) FILTER (WHERE {_RECORDED})::int AS orders_breached,
        count(DISTINCT order_id) FILTER (WHERE stage IN ('admitted', 'proved'))::int
            AS orders_established,
        count(arrested_at)::int AS arrests,
        count(court_at) FILTER (WHERE arrested_at IS NOT NULL)::int AS arrests_before_court,
        percentile_cont(0.5) WITHIN GROUP (
            ORDER BY extract(epoch FROM arrested_at - occurred_at) / 3600)
            AS hours_breach_to_arrest,
        percentile_cont(0.5) WITHIN GROUP (
            ORDER BY extract(epoch FROM court_at - arrested_at) / 3600) AS hours_arrest_to_court
 FROM breach b WHERE {_DAY} >= $1 AND {_DAY} < $2) b,
(SELECT count(*)::int AS notices,
        count(*) FILTER (WHERE EXISTS (SELECT FROM protective_order s
            WHERE s.follows_id = o.id))::int AS notices_with_order
 FROM protective_order o WHERE kind IN ('dvpn', 'dapn') AND made_on >= $1 AND made_on < $2) n
"""
