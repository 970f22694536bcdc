"""Pictures of released tables, drawn from what is printed in them and from nothing else."""

from outcomes.disclosure.describe import describe, line_in_words, line_share
from outcomes.disclosure.words import Line, ReleasedTable, Share
from outcomes.reports.pictures import Bar, Part, bars_with_intervals, funnel
from outcomes.reports.svg import Picture
from outcomes.reports.words import Rate

FUNNEL_LINES = ("referred", "suitable", "started", "completed")


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


def funnel_picture(table: ReleasedTable) -> Picture | None:
    """From referred to completed, as far as the table has these lines' figures."""
    lines = {line.code: line for line in table.lines}
    stages = [Part(lines[c].label, table.cell(c).value, table.cell(c).text) for c in FUNNEL_LINES]
    if not any(stage.size for stage in stages):
        return None
    return funnel(_title(table), stages, description=describe(table))


def _title(table: ReleasedTable) -> str:
    return f"{table.title}, {table.period.label}"
