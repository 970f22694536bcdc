"""The survivor lead's own report: counts over everybody, without a name on it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.day_queries import Bridge
from outcomes.survivors.his_side_queries import HisSide, his_side
from outcomes.survivors.report_rules import (
    Answered,
    Coverage,
    PairedChange,
    SafetyRow,
    coverage,
    his_outcome,
    paired_changes,
    safety_rows,
)
from outcomes.survivors.words import Timepoint
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.db import Row, fetch, fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_REPORT = Permission(Resource.SURVIVOR_REPORT, Verb.READ)


class Reach(Struct, frozen=True):
    """Distinct survivors. `reached`: somebody spoke with them at least once."""

    linked: int
    agree_to_contact: int
    agree_to_questions: int
    reached: int
    answered: int


class SurvivorReport(Struct, frozen=True):
    reach: Reach
    coverage: Sequence[Coverage]
    changes: Sequence[PairedChange]
    safety: Sequence[SafetyRow]


async def survivor_report(actor: Actor, *, bridge: Bridge, now: datetime) -> SurvivorReport:
    must(actor, READ_REPORT)
    (reach,) = await fetch_as(Reach, _REACH)
    rows = await fetch(_LINKS)
    async with bridge():
        theirs = await his_side(sorted({row["person_id"] for row in rows}))
    await note("combine", "survivor-report", resource="person", detail={"people": len(theirs)})
    answers = await _answers()
    today = london_date(now)
    links = [_answered(row, theirs.get(row["person_id"]), answers, now) for row in rows]
    return SurvivorReport(
        reach, coverage(links, today=today), paired_changes(links), safety_rows(links)
    )


async def _answers() -> dict[UUID, dict[Timepoint, dict[str, int]]]:
    """By link; her own answers alone, never the children's worker's."""
    found: dict[UUID, dict[Timepoint, dict[str, int]]] = {}
    for row in await fetch(_ANSWERS):
        of_link = found.setdefault(row["link_id"], {})
        of_point = of_link.setdefault(Timepoint(row["timepoint"]), {})
        if row["question"] is not None:
            of_point[row["question"]] = row["value"]
    return found


def _answered(
    row: Row,
    person: HisSide | None,
    answers: dict[UUID, dict[Timepoint, dict[str, int]]],
    now: datetime,
) -> Answered:
    course = person.course if person else None
    status = person.status if person else None
    return Answered(
        link_id=row["id"],
        linked_on=row["linked_on"],
        course=course,
        outcome=his_outcome(status, course, today=london_date(now)),
        answers=answers.get(row["id"], {}),
    )


_LATEST = """
SELECT DISTINCT ON (c.survivor_id, c.kind) c.survivor_id, c.kind, c.is_given FROM consent c
ORDER BY c.survivor_id, c.kind, c.recorded_at DESC, c.id DESC
"""
_REACH = f"""
WITH latest AS ({_LATEST}),
linked AS (SELECT DISTINCT l.survivor_id FROM link l WHERE l.unlinked_on IS NULL),
spoken AS (SELECT t.survivor_id FROM attempt t WHERE t.outcome = 'answered'
           UNION SELECT k.survivor_id FROM check_in k WHERE k.source = 'survivor')
SELECT (SELECT count(*) FROM linked) AS linked,
       (SELECT count(*) FROM linked JOIN latest USING (survivor_id)
        WHERE kind = 'contact' AND is_given) AS agree_to_contact,
       (SELECT count(*) FROM linked JOIN latest USING (survivor_id)
        WHERE kind = 'outcome questions' AND is_given) AS agree_to_questions,
       (SELECT count(*) FROM linked JOIN spoken USING (survivor_id)) AS reached,
       (SELECT count(*) FROM linked WHERE survivor_id IN
        (SELECT k.survivor_id FROM check_in k WHERE k.source = 'survivor')) AS answered
"""
_LINKS = "SELECT id, person_id, linked_on FROM link WHERE unlinked_on IS NULL ORDER BY id"
_ANSWERS = """
SELECT c.link_id, c.timepoint, a.question, a.value
FROM check_in c LEFT JOIN check_in_answer a ON a.check_in_id = c.id
WHERE c.source = 'survivor'
"""
