"""What is published: tables of whole numbers in fives, with markers where a figure is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from outcomes.disclosure.periods import Period, Span
from programmes.common.per_cent import per_cent

TOTAL = "total"

Key = tuple[str, ...]
Where = tuple[tuple[str, str], ...]


class Profile(StrEnum):
    """Who reads a release: board members under the sharing agreement, or everybody."""

    PARTNERSHIP = "partnership"
    PUBLIC = "public"


class Marker(StrEnum):
    """What stands where no number does, as the Government Statistical Service writes it."""

    CONFIDENTIAL = "[c]"
    NOT_APPLICABLE = "[z]"


MARKERS_IN_WORDS = {
    Marker.CONFIDENTIAL: "hidden, so that nobody can be recognised",
    Marker.NOT_APPLICABLE: "does not apply",
}


@dataclass(frozen=True, slots=True)
class Category:
    """One answer of a variable; `of` names the answers that a coarser one joins."""

    code: str
    label: str
    of: tuple[str, ...] = ()

    @property
    def base(self) -> tuple[str, ...]:
        return self.of or (self.code,)


@dataclass(frozen=True, slots=True)
class Variable:
    """What a table splits people by.

    `coarser` are broader groupings to fall back on, finest first. A variable that `repeats`
    is asked of everybody under each of its categories (six themes, the same people in each).
    """

    code: str
    label: str
    categories: tuple[Category, ...]
    coarser: tuple[tuple[Category, ...], ...] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One whole-service figure: everybody of a population, or those of them `where` holds.

    `share_of` names the line that is its denominator. What does not `add_up` counts somebody
    in two quarters once in the year (children, people reached).
    """

    code: str
    label: str
    population: str
    where: Where = ()
    share_of: str | None = None
    adds_up: bool = True


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of the fixed catalogue: lines, or one population split by one or two variables."""

    code: str
    title: str
    unit: str
    definition: str
    spans: tuple[Span, ...]
    population: str = ""
    variables: tuple[Variable, ...] = ()
    lines: tuple[Line, ...] = ()
    profiles: tuple[Profile, ...] = (Profile.PARTNERSHIP, Profile.PUBLIC)
    exact_for_partners: bool = False
    cannot_be: tuple[Key, ...] = ()
    version: int = 1

    def is_exact(self, profile: Profile) -> bool:
        return self.exact_for_partners and profile is Profile.PARTNERSHIP


@dataclass(frozen=True, slots=True)
class RawTable:
    """The counted records of one table before any control: who stands in each cell.

    Keys name the records (an enrolment, a survivor, an order); they never leave the
    computation. A cell that is absent holds nobody.
    """

    code: str
    period: Period
    records: Mapping[Key, frozenset[str]] = field(repr=False)
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A released number, or the marker that stands in its place; exact or in fives."""

    value: int | None = None
    marker: Marker | None = None
    exact: bool = False

    @property
    def text(self) -> str:
        return f"{self.value:,}" if self.value is not None else str(self.marker or "")


CONFIDENTIAL = Cell(marker=Marker.CONFIDENTIAL)
NOT_APPLICABLE = Cell(marker=Marker.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class PartnerSaid:
    """A figure that a partner published and supplied: frozen beside ours, never among them."""

    measure: str
    what: str
    value: str
    from_on: date
    until_on: date
    source: str
    supplied_on: date


@dataclass(frozen=True, slots=True)
class Share:
    """A released percentage and the limits of its 95% interval, in whole per cent."""

    percent: int
    low: int
    high: int

    @property
    def text(self) -> str:
        return per_cent(self.percent / 100, places=0)


@dataclass(frozen=True)
class ReleasedTable:
    """A table as published. Pages, pictures, sheets and sentences are made from this alone."""

    code: str
    title: str
    unit: str
    definition: str
    version: int
    period: Period
    revision: int
    profile: Profile
    population: str
    variables: tuple[Variable, ...]
    lines: tuple[Line, ...]
    cells: tuple[tuple[Key, Cell], ...]

    @cached_property
    def _by_key(self) -> dict[Key, Cell]:
        return dict(self.cells)

    def cell(self, *key: str) -> Cell:
        """The cell of these categories; `total` stands for all of a variable."""
        return self._by_key[key]

    def has(self, *key: str) -> bool:
        return key in self._by_key

    @property
    def is_exact(self) -> bool:
        return all(cell.exact for _key, cell in self.cells)

    @property
    def rows(self) -> tuple[tuple[Key, tuple[Key, ...]], ...]:
        """Each row: its total's key, and the keys of the cells that the total is split into."""
        if self.lines:
            return ()
        return rows_of(self.variables)


def rows_of(variables: tuple[Variable, ...]) -> tuple[tuple[Key, tuple[Key, ...]], ...]:
    """The rows of a table over these variables, the row of all last where there is one."""
    last = variables[-1]
    starts: tuple[Key, ...] = ((),)
    if len(variables) == 2:
        starts = tuple((category.code,) for category in variables[0].categories)
        starts += () if variables[0].repeats else ((TOTAL,),)
    return tuple(((*s, TOTAL), tuple((*s, c.code) for c in last.categories)) for s in starts)
