"""What survivors report of their own safety, counted in the survivor database."""

from collections.abc import Mapping

from msgspec import Struct

from outcomes.reports.figures import Period, SafetyFigures
from outcomes.survivors.import_words import THEMES
from outcomes.survivors.questionnaires import SIX_THEMES
from outcomes.survivors.words import Timepoint
from programmes.common.db import fetch, fetch_one

_ALL_THEMES = tuple(dict.fromkeys((*THEMES, *(theme.code for theme in SIX_THEMES.themes))))
"""Those of the workbooks are always named; later ones appear once there are answers."""


class Linked(Struct, frozen=True):
    linked: int
    consenting: int


async def linked(period: Period) -> Linked:
    """Survivors with a link in force in the period; consent as last answered before its end."""
    row = await fetch_one(
        f"""
        SELECT count(*) AS linked, count(*) FILTER (WHERE (
            SELECT c.is_given FROM consent c
            WHERE c.survivor_id = s.survivor_id AND c.kind = 'contact' AND c.answered_on < $2
            ORDER BY c.answered_on DESC, c.recorded_at DESC, c.id DESC LIMIT 1)) AS consenting
        FROM ({_LINKED}) s
        """,
        period.from_on,
        period.until_on,
    )
    return Linked(row["linked"], row["consenting"]) if row else Linked(0, 0)


async def check_ins(period: Period) -> dict[str, int]:
    rows = await fetch(
        "SELECT timepoint, count(*) AS asked FROM check_in "
        "WHERE asked_on >= $1 AND asked_on < $2 AND source = 'survivor' GROUP BY timepoint",
        period.from_on,
        period.until_on,
    )
    asked = {row["timepoint"]: row["asked"] for row in rows}
    return {timepoint: asked.get(timepoint, 0) for timepoint in Timepoint}


async def safety(period: Period, *, of: int) -> Mapping[str, SafetyFigures]:
    """By theme, her first answer beside her answer at the end, where that was in the period."""
    rows = await fetch(
        f"""
        SELECT question, count(*) FILTER (WHERE change > 0) AS safer,
               count(*) FILTER (WHERE change = 0) AS same,
               count(*) FILTER (WHERE change < 0) AS less_safe
        FROM ({_CHANGES}) changes GROUP BY question
        """,
        period.from_on,
        period.until_on,
        list(_ALL_THEMES),
    )
    found = {row["question"]: (row["safer"], row["same"], row["less_safe"]) for row in rows}
    asked = [theme for theme in _ALL_THEMES if theme in THEMES or theme in found]
    return {theme: _figures(*found.get(theme, (0, 0, 0)), of=of) for theme in asked}


def _figures(safer: int, same: int, less_safe: int, *, of: int) -> SafetyFigures:
    paired = safer + same + less_safe
    return SafetyFigures(
        paired=paired, safer=safer, same=same, less_safe=less_safe, missing=of - paired
    )


_LINKED = """
SELECT DISTINCT survivor_id FROM link
WHERE linked_on < $2 AND (unlinked_on IS NULL OR unlinked_on >= $1)
"""
# A survivor with several links is counted once a theme, by the pair that ended last.
_CHANGES = f"""
SELECT DISTINCT ON (e.survivor_id, a.question) a.question, a.value - b.value AS change
FROM check_in e
JOIN check_in_answer a ON a.check_in_id = e.id
JOIN check_in f ON f.link_id = e.link_id AND f.timepoint = 'start' AND f.source = 'survivor'
JOIN check_in_answer b ON b.check_in_id = f.id AND b.question = a.question
WHERE e.timepoint = 'end' AND e.source = 'survivor' AND a.question = ANY($3)
  AND e.asked_on >= $1 AND e.asked_on < $2 AND e.survivor_id IN ({_LINKED})
ORDER BY e.survivor_id, a.question, e.asked_on DESC, e.id
"""
