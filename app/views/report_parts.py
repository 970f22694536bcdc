"""The further parts of the management report in words, and what of them can be drawn."""

from collections.abc import Sequence

from msgspec import Struct

from app.report_reading import PartRead
from app.views.report import name_of
from app.web.components import Header, NavItem
from outcomes.reports.detail_words import FigureTable, Part, Value

TITLES = {
    Part.PROGRESS: "Drop-out and endings",
    Part.NEED: "Waits, capacity and unmet need",
    Part.ORDERS: "Deadlines and breaches",
    Part.COSTS: "Cost of each completion",
    Part.PEOPLE: "People and children",
    Part.QUALITY: "What is missing",
}
HELPS = {
    Part.PROGRESS: "How far those came who started in the period, and why places ended early.",
    Part.NEED: "How long people waited, who still waits, and whom no programme here could take.",
    Part.ORDERS: "Deadlines of the law, and when breaches fell. More recorded can mean that more "
    "are reported.",
    Part.COSTS: "What was entered, spread over its days, for each person who completed.",
    Part.PEOPLE: "Who was referred, reached and completed, each person counted once.",
    Part.QUALITY: "Records of the period without a field that they should have, and for how long.",
}
DRAWN = {
    "drop-out": Part.PROGRESS,
    "endings": Part.PROGRESS,
    "waits": Part.NEED,
    "unmet-need": Part.NEED,
    "landmark": Part.ORDERS,
    "quality": Part.QUALITY,
}
"""The tables that have a picture, by the part in which they stand."""


CAPTIONS = {
    "drop-out": "Share still coming after each session",
    "endings": "Places, by reason",
    "waits": "Days by which half had started",
    "unmet-need": "People, by reason",
    "landmark": "Share without a recorded breach, by week",
    "quality": "Records without it, by field",
}
"""What each picture shows, under the heading of its table."""


class ShownFigures(Struct, frozen=True, kw_only=True):
    """`picture` is the address of its drawing, or empty where nothing could be drawn."""

    code: str
    title: str
    headers: list[Header | str]
    rows: list[list[str]]
    said: str
    picture: str
    caption: str


def shown_figures(found: PartRead) -> list[ShownFigures]:
    return [_shown(table, found.asked.code) for table in found.tables]


def title_of(table: FigureTable) -> str:
    return f"{name_of(table.about)}: {table.title}" if table.about else table.title


def _shown(table: FigureTable, period: str) -> ShownFigures:
    numeric = [
        any(isinstance(row[column], int | float) for row in table.rows)
        for column in range(len(table.headings))
    ]
    return ShownFigures(
        code=table.code,
        title=title_of(table),
        headers=[
            Header(head, is_numeric=True) if is_numeric else head
            for head, is_numeric in zip(table.headings, numeric, strict=True)
        ],
        rows=[[in_words(value) for value in row] for row in table.rows],
        said=table.said,
        picture=_picture(table, period) if is_drawn(table) else "",
        caption=CAPTIONS.get(table.code, table.title),
    )


def is_drawn(table: FigureTable) -> bool:
    """Whether it has a picture in which anything would stand."""
    column = 1
    return table.code in DRAWN and any(
        isinstance(row[column], int | float) and row[column] for row in table.rows
    )


def _picture(table: FigureTable, period: str) -> str:
    of = f"&of={table.about}" if table.about else ""
    return f"/report/{table.code}.svg?period={period.replace(' ', '+')}{of}"


def in_words(value: Value) -> str:
    match value:
        case None:
            return "–"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.1f}"
        case _:
            return value


def description_of(table: FigureTable) -> str:
    """The whole table in words, for somebody who cannot see the picture."""
    if table.said:
        return f"{title_of(table)}. {table.said}"
    rows = (f"{in_words(row[0])}: {in_words(row[1])}" for row in table.rows)
    return f"{title_of(table)}, {table.headings[1].lower()}. {'; '.join(rows)}."


def parts_of(parts: Sequence[Part], period: str, *, here: Part | None = None) -> list[NavItem]:
    asked = f"?period={period.replace(' ', '+')}"
    first = NavItem("Overview", f"/report{asked}", is_current=here is None)
    rest = (NavItem(TITLES[part], f"/report/{part}{asked}", part is here) for part in parts)
    return [first, *rest, NavItem("What participants said", "/feedback")]
