"""Pictures of released tables, drawn from what is printed in them and from nothing else."""

from outcomes.disclosure.describe import cell_in_words, describe, line_in_words, line_share
from outcomes.disclosure.words import Line, ReleasedTable, Share
from outcomes.reports.pictures import Bar, Part, bars_with_intervals, funnel, whole_in_parts
from outcomes.reports.svg import Picture
from outcomes.reports.words import Rate

FUNNEL_LINES = ("referred", "suitable", "started", "completed")


def picture_of(table: ReleasedTable) -> Picture | None:
    """The picture that suits the table; None where nothing but markers would stand in it."""
    if table.lines:
        return shares_picture(table)
    return parts_picture(table) if len(table.variables) == 1 else None


def shares_picture(table: ReleasedTable) -> Picture | None:
    """Each line that has a denominator, as a bar with its interval."""
    bars = [_bar(table, line) for line in table.lines if line.share_of]
    if not any(bar.share is not None for bar in bars):
        return None
    return bars_with_intervals(_title(table), bars, description=describe(table))


def _bar(table: ReleasedTable, line: Line) -> Bar:
    words, found = line_in_words(table, line), line_share(table, line)
    if isinstance(found, Rate):
        return Bar(line.label, found.share, found.low, found.high, words)
    if isinstance(found, Share):
        shares = (found.percent / 100, found.low / 100, found.high / 100)
        return Bar(line.label, *shares, words)
    return Bar(line.label, None, None, None, words)


def parts_picture(table: ReleasedTable) -> Picture | None:
    """The split of a table by one variable, in the order of its answers: not known first."""
    codes = [category.code for category in table.variables[0].categories]
    parts = [_part(table, code) for code in codes]
    if not any(part.size for part in parts):
        return None
    whole = table.cell(*table.rows[0][0]).value or 0
    return whole_in_parts(_title(table), parts, description=describe(table), whole=whole)


def _part(table: ReleasedTable, code: str) -> Part:
    label = next(c.label for c in table.variables[0].categories if c.code == code)
    words = cell_in_words(table, (code,)).removeprefix(f"{label} ")
    return Part(label, table.cell(code).value, words)


def funnel_picture(table: ReleasedTable, codes: tuple[str, ...] = FUNNEL_LINES) -> Picture | None:
    """These lines of the table as stages, in this order."""
    lines = {line.code: line for line in table.lines}
    stages = [Part(lines[c].label, table.cell(c).value, table.cell(c).text) for c in codes]
    if not any(stage.size for stage in stages):
        return None
    return funnel(_title(table), stages, description=describe(table))


def _title(table: ReleasedTable) -> str:
    return f"{table.title}, {table.period.label}"
