"""Orders made in a period and the breaches that occurred in it, counted in the database."""

from collections.abc import Sequence

from outcomes.reports.figures import OrderFigures, Period
from programmes.common.db import Row, fetch
from programmes.orders.words import ESTABLISHED, BreachStage


async def order_figures(period: Period) -> dict[str, OrderFigures]:
    """By kind of order, for the kinds of which any was ever entered."""
    made = await fetch(
        "SELECT kind, count(*) FILTER (WHERE made_on >= $1 AND made_on < $2 "
        "AND status <> 'refused') AS made FROM protective_order GROUP BY kind",
        period.from_on,
        period.until_on,
    )
    breaches = {row["kind"]: row for row in await _breaches(period)}
    stages = await _stages(period)
    return {
        row["kind"]: _figures(row["made"], breaches.get(row["kind"]), stages.get(row["kind"], {}))
        for row in made
    }


async def _breaches(period: Period) -> Sequence[Row]:
    """Events and orders, recorded and established: withdrawn ones are no record of a breach."""
    return await fetch(
        """
        SELECT o.kind, count(DISTINCT b.event_id) AS events, count(DISTINCT b.order_id) AS orders,
               count(DISTINCT b.order_id) FILTER (WHERE b.stage = ANY($3)) AS established
        FROM breach b JOIN protective_order o ON o.id = b.order_id
        WHERE b.occurred_at >= $1 AND b.occurred_at < $2 AND b.stage <> 'withdrawn'
        GROUP BY o.kind
        """,
        period.starts_at,
        period.ends_at,
        list(ESTABLISHED),
    )


async def _stages(period: Period) -> dict[str, dict[str, int]]:
    rows = await fetch(
        """
        SELECT o.kind, b.stage, count(DISTINCT b.event_id) AS events
        FROM breach b JOIN protective_order o ON o.id = b.order_id
        WHERE b.occurred_at >= $1 AND b.occurred_at < $2
        GROUP BY o.kind, b.stage
        """,
        period.starts_at,
        period.ends_at,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["kind"], {})[row["stage"]] = row["events"]
    return found


def _figures(made: int, breaches: Row | None, stages: dict[str, int]) -> OrderFigures:
    return OrderFigures(
        made=made,
        breach_events_recorded=breaches["events"] if breaches else 0,
        orders_with_breach_recorded=breaches["orders"] if breaches else 0,
        orders_breach_established=breaches["established"] if breaches else 0,
        by_stage={stage: stages.get(stage, 0) for stage in BreachStage},
    )
