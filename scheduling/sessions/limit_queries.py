"""What bears on when and where somebody may come: kinds, dates and times, never wording."""

from collections.abc import Iterable
from datetime import time
from typing import Any
from uuid import UUID

from programmes.common.db import fetch
from programmes.orders.criminal_kinds import CAUTIONS, COMMUNITY_ORDER, LICENCE
from scheduling.sessions.words import Curfew, PersonLimits, Weekday

_LASTS = (*CAUTIONS, LICENCE, COMMUNITY_ORDER)
"""Kinds under which a programme is done; any order that requires attendance counts too."""


async def limits_of_people(people: Iterable[UUID]) -> dict[UUID, PersonLimits]:
    """Of everybody asked for whom the asking person may see.

    That the wording of an order names a venue is known here, and nothing else of the wording.
    """
    asked = list(people)
    rows = await fetch(_LIMITS, asked, sorted(CAUTIONS), sorted(_LASTS))
    named: dict[UUID, set[UUID]] = {one: set() for one in asked}
    for row in await fetch("SELECT person_id, venue_id FROM auth.venues_named($1)", asked):
        named[row["person_id"]].add(row["venue_id"])
    return {row["id"]: _limits(row, frozenset(named[row["id"]])) for row in rows}


def _limits(row: Any, venues: frozenset[UUID]) -> PersonLimits:
    by_caution = row["caution_ends_on"] is not None
    return PersonLimits(
        shown_as=row["name"],
        ends_on=row["caution_ends_on"] if by_caution else row["order_ends_on"],
        ends_with="caution" if by_caution else "order",
        curfews=tuple(_curfew(one) for one in row["curfews"] or ()),
        forbidden_venue_ids=venues,
        needs_language=row["language"],
    )


def _curfew(text: str) -> Curfew:
    begins, until, days = text.split("|")
    weekdays = tuple(day for day in Weekday if day.name[:3].lower() in days.lower())
    return Curfew(time.fromisoformat(begins), time.fromisoformat(until), weekdays)


_LIMITS = """
SELECT p.id, p.first_name || ' ' || p.last_name AS name,
       CASE WHEN p.interpreter_needed THEN p.first_language END AS language,
       (SELECT max(o.ends_on) FROM protective_order o WHERE o.person_id = p.id
        AND o.kind = ANY($2) AND o.status IN ('live', 'varied')) AS caution_ends_on,
       (SELECT max(o.ends_on) FROM protective_order o WHERE o.person_id = p.id
        AND o.status IN ('live', 'varied') AND (o.kind = ANY($3) OR EXISTS (
            SELECT FROM order_condition c WHERE c.order_id = o.id
            AND c.kind = 'programme attendance'))) AS order_ends_on,
       (SELECT array_agg(concat_ws('|', c.from_time, c.until_time, coalesce(c.weekdays, ''))
                         ORDER BY o.made_on, c.number)
        FROM order_condition c JOIN protective_order o ON o.id = c.order_id
        WHERE c.person_id = p.id AND c.kind IN ('curfew', 'electronic monitoring')
        AND c.from_time IS NOT NULL AND c.until_time IS NOT NULL
        AND o.status IN ('live', 'varied')
        AND coalesce(c.ends_on, o.ends_on, 'infinity') >= (SELECT auth.today())) AS curfews
FROM person p WHERE p.id = ANY($1) ORDER BY p.name_key COLLATE "C", p.id
"""
