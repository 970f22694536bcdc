"""Small tables for the tests of disclosure control."""

from collections.abc import Mapping, Sequence
from itertools import count

from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.noise import Noise
from outcomes.disclosure.periods import Period, Span
from outcomes.disclosure.release import Release, release
from outcomes.disclosure.words import (
    Category,
    Key,
    Line,
    Profile,
    RawTable,
    ReleasedTable,
    TableSpec,
    Variable,
)

QUARTER = Period(2026, 1)
NOISE = Noise(bytes(range(32)))
COLOUR = Variable(
    "colour", "Colour", tuple(Category(c, c.title()) for c in ("red", "blue", "grey"))
)
SHAPE = Variable("shape", "Shape", tuple(Category(c, c.title()) for c in ("round", "square")))
COLOURS = TableSpec(
    "colours",
    "Colours",
    "marbles",
    "Every marble.",
    spans=(Span.QUARTER,),
    population="marbles",
    variables=(COLOUR,),
)
MARBLES = TableSpec(
    "marbles",
    "Marbles",
    "marbles",
    "Every marble.",
    spans=(Span.QUARTER, Span.YEAR),
    lines=(Line("marbles", "Marbles", "marbles"),),
    exact_for_partners=True,
)
KINDS = TableSpec(
    "kinds",
    "Kinds",
    "marbles",
    "Every marble.",
    spans=(Span.YEAR,),
    population="marbles",
    variables=(COLOUR, SHAPE),
)


def records(counts: Mapping[Key, int]) -> dict[Key, frozenset[str]]:
    """So many records of their own for each cell."""
    numbers = count(1)
    return {
        key: frozenset(f"m{next(numbers)}" for _record in range(size))
        for key, size in counts.items()
    }


def colours(*sizes: int, period: Period = QUARTER, code: str = "colours") -> RawTable:
    cells = {(c.code,): size for c, size in zip(COLOUR.categories, sizes, strict=True)}
    return RawTable(code, period, records(cells))


def all_of(raw: RawTable) -> RawTable:
    """The line that counts the same marbles."""
    everybody = frozenset[str]().union(*raw.records.values())
    return RawTable("marbles", raw.period, {("marbles",): everybody})


def released(
    *raws: RawTable,
    catalogue: Sequence[TableSpec] = (MARBLES, COLOURS, KINDS),
    profile: Profile = Profile.PARTNERSHIP,
    earlier: Sequence[ReleasedTable] = (),
    noise: Noise = NOISE,
) -> Release:
    return release(raws, profile=profile, catalogue=catalogue, earlier=earlier, noise=noise)


def spec_of(code: str) -> TableSpec:
    return next(spec for spec in CATALOGUE if spec.code == code)


def texts(table: ReleasedTable) -> dict[Key, str]:
    return {key: cell.text for key, cell in table.cells}
