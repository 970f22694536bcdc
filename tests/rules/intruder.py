"""An intruder: works the published tables backwards, by arithmetic of their own and not by ours.

Nothing here calls the product's audit. The unknowns are the finest counts of each table; what
is printed bounds sums of them; what they know of the rules is in DESIGN.md §5.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from outcomes.disclosure.words import Cell, Key, ReleasedTable

Name = tuple[object, ...]


class Intruder:
    """Knows every table that was released, and looks for what must stand behind `[c]`."""

    def __init__(self, tables: Iterable[ReleasedTable]) -> None:
        self.tables = list(tables)
        self.unknowns: dict[Name, int] = {}
        self.sums: list[tuple[dict[int, int], float, float]] = []
        for table in self.tables:
            self._read_lines(table) if table.lines else self._read_split(table)
        self._add_up_over_time()
        self.solve()

    def _unknown(self, *name: object) -> int:
        return self.unknowns.setdefault(name, len(self.unknowns))

    def _know(self, terms: dict[int, int], low: float, high: float) -> None:
        self.sums.append((terms, low, high))

    def _read_lines(self, table: ReleasedTable) -> None:
        for line in table.lines:
            figure = self._unknown("figure", line.population, line.where, table.period)
            self._know({figure: 1}, *printed(table, (line.code,)))

    def _read_split(self, table: ReleasedTable) -> None:
        everybody = self._unknown("figure", table.population, (), table.period)
        for key, _cell in table.cells:
            parts = self.parts(table, key)
            self._know(dict.fromkeys(parts, 1), *self._limits(table, key))
            if set(key) == {"total"} or (key[-1] == "total" and table.variables[0].repeats):
                self._know({**dict.fromkeys(parts, 1), everybody: -1}, 0, 0)
        for _total, keys in table.rows:
            if any(table.cell(*key).text.isdigit() and not table.cell(*key).exact for key in keys):
                self._read_that_nothing_dominates(table, keys)
        if table.population == "due_to_finish":
            for outcome in ("completed", "not_completed"):
                where = (("outcome", outcome),)
                figure = self._unknown("figure", table.population, where, table.period)
                parts = self.parts(table, ("total", outcome))
                self._know({**dict.fromkeys(parts, 1), figure: -1}, 0, 0)

    def parts(self, table: ReleasedTable, key: Key) -> list[int]:
        answers = []
        for variable, code in zip(table.variables, key, strict=True):
            taken = [c for c in variable.categories if code in ("total", c.code)]
            answers.append([answer for category in taken for answer in category.base])
        return [
            self._unknown(table.population, table.period, *finest) for finest in product(*answers)
        ]

    def _limits(self, table: ReleasedTable, key: Key) -> tuple[float, float]:
        """A cell of a row, or a margin, that is hidden as a whole may be anything."""
        if table.cell(*key).text != "[c]":
            return printed(table, key)
        siblings = [k for k, _c in table.cells if k[:-1] == key[:-1] and k[-1] != "total"]
        if key[-1] == "total":
            siblings = [k for k, _c in table.cells if k[1:] == key[1:] and k[0] != "total"]
        hidden = all(table.cell(*k).exact or table.cell(*k).value is None for k in siblings)
        grand = table.has("total", "total") and table.cell("total", "total").value is not None
        row = table.cell(*key[:-1], "total").value is not None
        return (0, inf) if hidden and (grand or row) else (0, 7)

    def _read_that_nothing_dominates(self, table: ReleasedTable, keys: Sequence[Key]) -> None:
        whole = [part for key in keys for part in self.parts(table, key)]
        for key in keys:
            mine = set(self.parts(table, key))
            self._know({part: 1 if part in mine else -9 for part in whole}, -inf, -1)

    def _add_up_over_time(self) -> None:
        same: dict[Name, list[tuple[Name, int]]] = defaultdict(list)
        for name, number in self.unknowns.items():
            at = 3 if name[0] == "figure" else 1
            same[name[:at] + name[at + 1 :]].append((name, number))
        for figures in same.values():
            dated = [(n[3] if n[0] == "figure" else n[1], number) for n, number in figures]
            if figures[0][0][1] in ("children", "reached", "orders_breached"):
                continue
            for long, whole in dated:
                for length in (1, 4):
                    inside = [n for p, n in dated if len(p.quarters) == length and long.contains(p)]
                    if len(inside) * length == len(long.quarters) > length:
                        self._know({**dict.fromkeys(inside, 1), whole: -1}, 0, 0)

    def learn(self, places: Iterable[tuple[ReleasedTable, Key]], cell: Cell) -> None:
        """Reads a further cell, the sum of these."""
        parts = [part for table, key in places for part in self.parts(table, key)]
        self._know(dict.fromkeys(parts, 1), *limits(cell))

    def solve(self) -> None:
        """Splits the unknowns into those that hang together, and forgets earlier solutions."""
        count = len(self.unknowns)
        pairs = [(next(iter(terms)), other) for terms, _low, _high in self.sums for other in terms]
        rows, columns = zip(*pairs, strict=True)
        graph = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(count, count))
        _number, self.part_of = connected_components(graph, directed=False)
        self.members: dict[int, list[int]] = defaultdict(list)
        for unknown, part in enumerate(self.part_of):
            self.members[part].append(unknown)
        self.sums_of = defaultdict(list)
        for known in self.sums:
            self.sums_of[self.part_of[next(iter(known[0]))]].append(known)
        self.solutions: dict[int, list[dict[int, int]]] = defaultdict(list)

    def values(self, table: ReleasedTable, key: Key, *, enough: int = 4) -> range:
        """The values that the figure behind a cell can have, or some of them if that is enough."""
        parts = self.parts(table, key)
        part = int(self.part_of[parts[0]])
        seen = [sum(found[p] for p in parts) for found in self.solutions[part]]
        if seen and max(seen) - min(seen) + 1 >= enough:
            return range(min(seen), max(seen) + 1)
        ends = [self._extreme(part, parts, direction) for direction in (1, -1)]
        return range(ends[0], ends[1] + 1)

    def _extreme(self, part: int, wanted: list[int], direction: int) -> int:
        members = self.members[part]
        at = {unknown: i for i, unknown in enumerate(members)}
        entries = [
            (row, at[unknown], factor)
            for row, (terms, _low, _high) in enumerate(self.sums_of[part])
            for unknown, factor in terms.items()
        ]
        rows, columns, factors = zip(*entries, strict=True)
        matrix = csr_array(
            (factors, (rows, columns)), shape=(len(self.sums_of[part]), len(members))
        )
        limits = [(low, high) for _terms, low, high in self.sums_of[part]]
        known = LinearConstraint(matrix, *np.array(limits).T)
        aim = np.zeros(len(members))
        aim[[at[unknown] for unknown in wanted]] = direction
        found = milp(
            aim, integrality=np.ones(len(members)), bounds=Bounds(0, 5000), constraints=known
        )
        assert found.x is not None, found.message
        solution = {unknown: round(found.x[i]) for unknown, i in at.items()}
        self.solutions[part].append(solution)
        return sum(solution[unknown] for unknown in wanted)


def printed(table: ReleasedTable, key: Key) -> tuple[float, float]:
    return limits(table.cell(*key))


def limits(cell: Cell) -> tuple[float, float]:
    """What a printed cell says of the count behind it."""
    if cell.text == "[z]":
        return (0, 0)
    if cell.text == "[c]":
        return (0, 7)
    assert cell.value is not None
    return (cell.value, cell.value) if cell.exact else (max(8, cell.value - 2), cell.value + 2)
