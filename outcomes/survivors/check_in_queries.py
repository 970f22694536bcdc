"""What she said at each check-in, as her own worker may see it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.queries import READ_SURVIVOR
from outcomes.survivors.sealing import HerKey
from outcomes.survivors.words import PoliceCalled, Source, Timepoint
from programmes.common.db import fetch
from programmes.common.permissions import must
from programmes.common.staff import Actor


class CheckInRow(Struct, frozen=True, kw_only=True):
    """`words` are hers, unsealed; None where she said nothing or they are erased."""

    id: UUID
    link_id: UUID
    timepoint: Timepoint
    asked_on: date
    questionnaire: str
    source: Source
    police_called: PoliceCalled
    words: str | None
    may_quote: bool
    answers: Mapping[str, int]


async def check_ins_of(actor: Actor, survivor_id: UUID, *, key: HerKey | None) -> list[CheckInRow]:
    """Oldest first, each with its answers; her words unsealed where there is a key."""
    must(actor, READ_SURVIVOR)
    rows = await fetch(_CHECK_INS, survivor_id)
    return [
        CheckInRow(
            id=row["id"],
            link_id=row["link_id"],
            timepoint=Timepoint(row["timepoint"]),
            asked_on=row["asked_on"],
            questionnaire=row["questionnaire"],
            source=Source(row["source"]),
            police_called=PoliceCalled(row["police_called"]),
            words=key.unseal(row["sealed_words"], row["id"])
            if key and row["sealed_words"]
            else None,
            may_quote=row["may_quote"],
            answers=row["answers"] or {},
        )
        for row in rows
    ]


async def recorded_timepoints(
    actor: Actor, survivor_ids: Sequence[UUID]
) -> dict[UUID, set[Timepoint]]:
    """By link: at which points she herself was asked."""
    must(actor, READ_SURVIVOR)
    rows = await fetch(
        "SELECT link_id, timepoint FROM check_in "
        "WHERE survivor_id = ANY($1) AND source = 'survivor'",
        list(survivor_ids),
    )
    found: dict[UUID, set[Timepoint]] = {}
    for row in rows:
        found.setdefault(row["link_id"], set()).add(Timepoint(row["timepoint"]))
    return found


_CHECK_INS = """
SELECT c.id, c.link_id, c.timepoint, c.asked_on, c.questionnaire, c.source, c.police_called,
       c.sealed_words, c.may_quote,
       (SELECT jsonb_object_agg(a.question, a.value) FROM check_in_answer a
        WHERE a.check_in_id = c.id) AS answers
FROM check_in c WHERE c.survivor_id = $1 ORDER BY c.asked_on, c.recorded_at, c.id
"""
