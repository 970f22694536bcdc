"""Twelve quarters of an invented service, released in both profiles and attacked.

`python -m tests.rules.simulation_record` runs many and stores what it found.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp
from random import Random

from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.checks import tables_due
from outcomes.disclosure.noise import Noise
from outcomes.disclosure.periods import Period
from outcomes.disclosure.printing import records_in
from outcomes.disclosure.release import release
from outcomes.disclosure.rules import controlled, where_of
from outcomes.disclosure.words import Key, Profile, RawTable, ReleasedTable
from tests.rules.intruder import Intruder
from tests.rules.invented_service import FIRST_YEAR, InventedService, invented_service

NOISE = Noise(b"a secret that only this simulation knows")
PEOPLE_WATCHED = 12
STEP = exp(-1)
Odds = dict[str, float]
FARTHEST = 40


@dataclass
class Found:
    """What the intruders got out of one service."""

    people: int
    cells: int = 0
    hidden_1_to_7: int = 0
    under_four_values: int = 0
    exact: int = 0
    withheld: int = 0
    errors: list[int] = field(default_factory=list, repr=False)
    advantages: list[float] = field(default_factory=list, repr=False)
    joint_advantages: list[float] = field(default_factory=list, repr=False)
    certain: int = 0

    @property
    def mean_error(self) -> float:
        return sum(self.errors) / max(1, len(self.errors))

    @property
    def mean_advantage(self) -> float:
        return sum(self.advantages) / max(1, len(self.advantages))


def periods() -> Iterator[Period]:
    """Twelve quarters, each year after its last, and the block at the end."""
    for year in range(FIRST_YEAR, FIRST_YEAR + 3):
        yield from (Period(year, quarter) for quarter in range(1, 5))
        yield Period(year)
    yield Period(FIRST_YEAR, years=3)


def released(service: InventedService, profile: Profile) -> tuple[list[ReleasedTable], int]:
    """Every table that the service ever releases in the profile, and how many were withheld."""
    tables: list[ReleasedTable] = []
    withheld = 0
    for period in periods():
        due = tables_due(CATALOGUE, period=period, profile=profile, earlier=tables)
        if not due:
            continue
        found = release(
            [service.table(spec.code, period) for spec in due],
            profile=profile,
            catalogue=CATALOGUE,
            earlier=tables,
            noise=NOISE,
        )
        tables += found.tables
        withheld += len(found.withheld)
    return tables, withheld


def attacked(seed: int) -> Found:
    service = invented_service(seed)
    found = Found(service.people)
    partnership, found.withheld = released(service, Profile.PARTNERSHIP)
    public, withheld = released(service, Profile.PUBLIC)
    found.withheld += withheld
    _solve_back(service, partnership, found)
    _measure_errors(service, [*partnership, *public], found)
    _watch_people(service, public, found)
    return found


def true_records(raw: RawTable, table: ReleasedTable, key: Key) -> frozenset[str]:
    if table.lines:
        return raw.records.get(key, frozenset())
    return records_in(raw, table.variables, key)


def hidden_cells(
    service: InventedService, tables: list[ReleasedTable]
) -> Iterator[tuple[ReleasedTable, Key, int]]:
    """Every released cell that hides a true count of 1 to 7, with that count."""
    for table in tables:
        raw = service.table(table.code, table.period)
        for key, cell in table.cells:
            count = len(true_records(raw, table, key))
            if cell.text == "[c]" and 1 <= count <= 7 and not table.lines:
                yield table, key, count


def _solve_back(service: InventedService, tables: list[ReleasedTable], found: Found) -> None:
    intruder = Intruder(tables)
    for table, key, count in hidden_cells(service, tables):
        values = intruder.values(table, key)
        assert count in values or len(values) >= 4
        found.hidden_1_to_7 += 1
        found.under_four_values += len(values) < 4
        found.exact += len(values) == 1


def _measure_errors(service: InventedService, tables: list[ReleasedTable], found: Found) -> None:
    for table in tables:
        raw = service.table(table.code, table.period)
        found.cells += len(table.cells)
        for key, cell in table.cells:
            if cell.value is not None and not cell.exact:
                found.errors.append(abs(cell.value - len(true_records(raw, table, key))))


def _watch_people(service: InventedService, public: list[ReleasedTable], found: Found) -> None:
    """The intruder knows everybody's records but one person's, and reads the public tables."""
    random = Random(service.people)
    watched = {f"p{random.randrange(service.people)}" for _person in range(PEOPLE_WATCHED)}
    looks: dict[str, dict[object, tuple[Odds, Odds]]] = {name: {} for name in watched}
    for table in public:
        raw = service.table(table.code, table.period)
        for key, _cell in table.cells:
            records = true_records(raw, table, key)
            if records:
                found.advantages.append(advantage(len(records) - 1, len(records)))
            for name in {record.split("/")[0] for record in records} & watched:
                odds = printed_odds(len(records) - 1, len(records))
                looks[name][figure_name(table, key)] = odds
    for figures in looks.values():
        worlds = list(figures.values())
        found.certain += any(min(odds.values()) <= 0 for world in worlds for odds in world)
        found.joint_advantages.append(joint_advantage(worlds, random))


def figure_name(table: ReleasedTable, key: Key) -> object:
    """What is counted; a figure that is printed twice has the same noise and is one look."""
    if table.lines:
        line = next(line for line in table.lines if line.code == key[0])
        return line.population, line.where, table.period
    return table.population, where_of(table.variables, key), table.period


@cache
def printed_odds(without: int, inside: int) -> tuple[Odds, Odds]:
    """How likely each printed text is without the person and with them."""
    near = range(without - FARTHEST, inside + FARTHEST)
    return _odds(without, near), _odds(inside, near)


def _odds(count: int, near: range) -> Odds:
    odds: Odds = defaultdict(float)
    for value in near:
        odds[controlled(value).text] += STEP ** abs(value - count) * (1 - STEP) / (1 + STEP)
    return odds


@cache
def advantage(without: int, inside: int) -> float:
    """How much better than a coin the intruder guesses from one cell, 0 to 1."""
    outside_odds, inside_odds = printed_odds(without, inside)
    return sum(abs(outside_odds[text] - inside_odds[text]) for text in outside_odds) / 2


def joint_advantage(worlds: Sequence[tuple[Odds, Odds]], random: Random, draws: int = 400) -> float:
    """The same from all the person's cells together, estimated by drawing what is printed."""
    total = 0.0
    for _draw in range(draws):
        ratio = 1.0
        for without, inside in worlds:
            text = random.choices(list(inside), list(inside.values()))[0]
            ratio *= without[text] / inside[text]
        total += max(0.0, 1 - ratio)
    return total / draws


def summary(runs: list[Found]) -> dict[str, object]:
    """The figures of many runs, as they are stored."""
    errors = [error for run in runs for error in run.errors]
    advantages = [value for run in runs for value in run.advantages]
    joint = [value for run in runs for value in run.joint_advantages]
    return {
        "services": len(runs),
        "people": [min(run.people for run in runs), max(run.people for run in runs)],
        "released cells": sum(run.cells for run in runs),
        "tables withheld": sum(run.withheld for run in runs),
        "hidden true 1 to 7": sum(run.hidden_1_to_7 for run in runs),
        "exact recoveries": sum(run.exact for run in runs),
        "under four values": sum(run.under_four_values for run in runs),
        "mean absolute error": round(sum(errors) / len(errors), 3),
        "largest mean error of a service": round(max(run.mean_error for run in runs), 3),
        "mean advantage": round(sum(advantages) / len(advantages), 4),
        "largest advantage": round(max(advantages), 4),
        "mean joint advantage": round(sum(joint) / len(joint), 4),
        "largest joint advantage": round(max(joint), 4),
        "certain": sum(run.certain for run in runs),
    }
