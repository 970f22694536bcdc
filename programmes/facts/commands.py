"""Writing facts, within the transaction of the command that makes them true."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from programmes.common.db import execute
from programmes.common.ids import new_id
from programmes.facts.words import FactKind


class NewFact(NamedTuple):
    """`step` tells two facts about one row apart, as the days left of an order."""

    person_id: UUID
    kind: FactKind
    about_id: UUID
    happened_at: datetime
    step: str = ""


async def record_facts(facts: Iterable[NewFact], *, now: datetime) -> int:
    """How many were news: a fact that is on record already is no news and changes nothing."""
    return sum([await _record(fact, now) for fact in facts])


async def _record(fact: NewFact, now: datetime) -> int:
    return await execute(
        "INSERT INTO fact (id, person_id, kind, about_id, step, happened_at, recorded_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        new_id(now),
        fact.person_id,
        fact.kind,
        fact.about_id,
        fact.step,
        fact.happened_at,
        now,
    )
