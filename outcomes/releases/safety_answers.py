"""Whether partners are safer, and what happened afterwards: said from released tables alone."""

from collections.abc import Iterable

from outcomes.disclosure.describe import cell_in_words
from outcomes.disclosure.periods import Period, Span
from outcomes.disclosure.rules import SMALLEST_DENOMINATOR
from outcomes.disclosure.words import TOTAL, Cell, Key, ReleasedTable
from outcomes.releases.answer_words import ALONE, Answer, Beside, Chart, quoted, too_few
from outcomes.releases.words import FrozenRelease
from outcomes.reports.words import NOT_A_CAUSE

SAFETY_TABLES = ("partner_safety", "partner_safety_3y", "safety_themes")
SAFETY_ROWS = {
    "partner_safety": "completed",
    "partner_safety_3y": "completed",
    "safety_themes": "freedom_from_violence",
}
"""The row of each that answers whether partners are safer."""
_SAFETY_LATER = (
    "Not told by quarter: so few partners answer in one that nothing could be shown. It is told by "
    "year, and for three years together."
)
_AFTERWARDS_LATER = "Told by year: see the release of each year."
_AFTERWARDS_BY_YEAR = (
    "Not told by quarter: so few groups end in three months that most figures would be hidden."
)


def partners_safer(
    tables: dict[str, ReleasedTable], period: Period, beside: Beside = ALONE
) -> Answer:
    """Not known first. Under 20 answers nothing but their released number is said, and whatever
    longer period has enough is quoted."""
    mine, table = _partners_safer(tables, period), safety_table(tables)
    source = None if _has_enough(tables) else _with_more(beside)
    if source is None or (table is not None and not _has_enough(source.figures.by_code)):
        return mine
    why = _SAFETY_LATER if table is None else f"{period.label} alone: {mine.said[0]}"
    return quoted(_partners_safer(source.figures.by_code, source.figures.period), source, why)


def _with_more(beside: Beside) -> FrozenRelease | None:
    """The first beside it that has enough answers to be shown, or else the first."""
    found = [one for one in (beside.year, beside.block) if one]
    enough = (one for one in found if _has_enough(one.figures.by_code))
    return next(enough, found[0] if found else None)


def _has_enough(tables: dict[str, ReleasedTable]) -> bool:
    table = safety_table(tables)
    return table is not None and _is_enough(table.cell(*safety_cells(table)[0]))


def _partners_safer(tables: dict[str, ReleasedTable], period: Period) -> Answer:
    question = "Are partners safer?"
    table = safety_table(tables)
    if table is None:
        none = "Not known: there is no table that could be published."
        return Answer(question, (none if period.quarter is None else _SAFETY_LATER,))
    total, _parts = safety_cells(table)
    whole = table.cell(*total)
    if whole.value is None or whole.value < SMALLEST_DENOMINATOR:
        return Answer(question, (_few(table, total),), table.code)
    return Answer(
        question,
        (
            row_said(table, total),
            *_beside_the_others(table),
            "Each is the partner's own answer, at the start against the end, never that of the "
            "person who caused the harm. It does not show what caused a change.",
        ),
        table.code,
        Chart.SAFETY,
    )


def safety_table(tables: dict[str, ReleasedTable]) -> ReleasedTable | None:
    """The first that has enough answers to be shown, or else the first that there is."""
    found = [tables[code] for code in SAFETY_TABLES if code in tables]
    enough = (one for one in found if _is_enough(one.cell(*safety_cells(one)[0])))
    return next(enough, found[0] if found else None)


def _is_enough(whole: Cell) -> bool:
    return whole.value is not None and whole.value >= SMALLEST_DENOMINATOR


def safety_cells(table: ReleasedTable) -> tuple[Key, tuple[Key, ...]]:
    """The total and the answers: of those who completed, or of the theme that is about safety."""
    return next(row for row in table.rows if row[0][0] == SAFETY_ROWS[table.code])


def row_said(table: ReleasedTable, total: Key) -> str:
    """`Where the person completed, 25 partners: Not known 20 (80%, 61–91); Safer [c]; …`."""
    keys = next(keys for whole, keys in table.rows if whole == total)
    said = "; ".join(cell_in_words(table, key) for key in keys)
    return f"{_lead(total)}{table.cell(*total).text} {_noun(table)}: {said}."


def _few(table: ReleasedTable, total: Key) -> str:
    whole = table.cell(*total)
    if whole.value is None:
        return f"{_lead(total)}{too_few(_noun(table))}"
    return f"{_lead(total)}{whole.text} {_noun(table)} (released value): too few to show."


def _lead(total: Key) -> str:
    leads = {
        "completed": "Where the person completed, ",
        "not_completed": "Where the person did not complete, ",
    }
    return leads.get(total[0], "Of ")


def _noun(table: ReleasedTable) -> str:
    return {"afterwards": "places", "safety_themes": table.unit}.get(table.code, "partners")


def _beside_the_others(table: ReleasedTable) -> Iterable[str]:
    """Those who did not complete, whose partners differ in more than that."""
    total = ("not_completed", TOTAL)
    if not table.has(*total):
        return
    yield row_said(table, total) if _is_enough(table.cell(*total)) else _few(table, total)
    yield NOT_A_CAUSE


def afterwards(
    table: ReleasedTable | None, period: Period, year: FrozenRelease | None = None
) -> Answer:
    question = "What happened in the half year afterwards?"
    if table is None and year is not None:
        theirs = afterwards(year.figures.by_code.get("afterwards"), year.figures.period)
        return quoted(theirs, year, _AFTERWARDS_BY_YEAR)
    if table is None:
        none = "Not known: no table could be published."
        return Answer(question, (none if period.span is Span.YEAR else _AFTERWARDS_LATER,))
    rows = [total for total, _keys in table.rows if total[0] != TOTAL]
    said = [
        row_said(table, total) if _is_enough(table.cell(*total)) else _few(table, total)
        for total in rows
    ]
    counted = "Counted from the day on which the group was due to finish, for both alike."
    return Answer(question, (*said, counted, NOT_A_CAUSE), table.code)
