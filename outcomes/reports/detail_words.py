"""The further tables of a management report: whole numbers and shares, one shape for all."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

Value = str | float | None
"""Words, a count, a share of a hundred or an average; None where there is nothing to say."""


class Part(StrEnum):
    """The pages of the management report after its first."""

    PROGRESS = "progress"
    NEED = "need"
    ORDERS = "orders"
    COSTS = "costs"
    PEOPLE = "people"
    QUALITY = "quality"


class FigureTable(Struct, frozen=True, kw_only=True):
    """`code` names its definition; `about` the programme that it is of, or nothing.

    The first heading is that of the words in front; `said` tells the table in a sentence.
    """

    code: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    about: str = ""
    said: str = ""


NONE_BEFORE: Final = frozenset({"endings", "unmet-need", "people", "children"})
"""Counts of which the period before had none where it has no such row; the rest is not known."""


def beside_before(now: FigureTable, before: FigureTable | None, *, column: int) -> FigureTable:
    """The table with one column more: the same figure of the period before, by the first words."""
    earlier = {row[0]: row[column] for row in before.rows} if before else {}
    otherwise = 0 if now.code in NONE_BEFORE else None
    return FigureTable(
        code=now.code,
        title=now.title,
        about=now.about,
        said=now.said,
        headings=(*now.headings, f"{now.headings[column]}, period before"),
        rows=tuple((*row, earlier.get(row[0], otherwise)) for row in now.rows),
    )
