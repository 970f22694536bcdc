"""A service made up at random, large or small and skewed, as the counts that its releases need."""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from outcomes.disclosure.periods import Period
from outcomes.disclosure.variables import (
    AFTERWARDS,
    AGE_OF_PERSON,
    ETHNICITY_OF_PERSON,
    OUTCOME,
    PROGRAMME,
    REASON_ENDED,
    REASON_UNMET,
    ROUTE,
    SAFETY,
    THEME,
    THEME_CHANGE,
    WAIT,
)
from outcomes.disclosure.words import Key, RawTable, Variable

QUARTERS = 12
FIRST_YEAR = 2024
SPLITS: dict[str, tuple[Variable, ...]] = {
    "routes": (ROUTE,),
    "waits": (WAIT,),
    "endings": (REASON_ENDED,),
    "unmet_need": (REASON_UNMET,),
    "partner_safety": (OUTCOME, SAFETY),
    "afterwards": (OUTCOME, AFTERWARDS),
    "programme_outcomes": (PROGRAMME, OUTCOME),
    "people_equality": (AGE_OF_PERSON, ETHNICITY_OF_PERSON),
}
Records = dict[Key, set[str]]


@dataclass
class InventedService:
    """Who stands in which cell of which table in which of twelve quarters."""

    random: Random
    people: int
    quarters: list[dict[str, Records]] = field(default_factory=list)
    odds: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.quarters = [defaultdict(lambda: defaultdict(set)) for _quarter in range(QUARTERS)]
        busy = [self.random.gammavariate(2, 1) for _quarter in range(QUARTERS)]
        for number in range(self.people):
            self._person(f"p{number}", self.random.choices(range(QUARTERS), busy)[0])
            if self.random.random() < 0.5:
                self._order(f"o{number}", self.random.randrange(QUARTERS))

    def table(self, code: str, period: Period, without: str = "") -> RawTable:
        """The table's records in the period; `without` leaves out everything of one person."""
        first = 4 * FIRST_YEAR
        records: Records = defaultdict(set)
        for quarter in period.quarters:
            for key, names in self.quarters[quarter - first][code.removesuffix("_3y")].items():
                records[key] |= names
        if without:
            for names in records.values():
                names -= {name for name in names if name.split("/")[0] == without}
        return RawTable(code, period, {key: frozenset(names) for key, names in records.items()})

    def _add(self, quarter: int, code: str, key: Key, name: str) -> None:
        if quarter < QUARTERS:
            self.quarters[quarter][code][key].add(name)

    def _split(self, quarter: int, code: str, name: str, **known: str) -> None:
        key = tuple(known.get(v.code) or self._answer(v) for v in SPLITS[code])
        self._add(quarter, code, key, name)

    def _answer(self, variable: Variable) -> str:
        """An answer by odds that are drawn once a service and mostly lie on one or two."""
        codes = [category.code for category in variable.categories]
        if variable.code not in self.odds:
            self.odds[variable.code] = [self.random.gammavariate(0.7, 1) + 1e-3 for _c in codes]
        return self.random.choices(codes, self.odds[variable.code])[0]

    def _person(self, name: str, quarter: int) -> None:
        self._add(quarter, "activity", ("referred",), name)
        self._split(quarter, "routes", name)
        if self.random.random() < 0.2:
            self._split(quarter, "unmet_need", name)
            return
        self._add(quarter, "activity", ("suitable",), name)
        if self.random.random() < 0.85:
            self._start(name, quarter + self.random.choice((0, 1, 1, 2)))

    def _start(self, name: str, quarter: int) -> None:
        self._add(quarter, "activity", ("started",), name)
        self._add(quarter, "activity", ("reached",), name)
        self._split(quarter, "waits", name)
        self._split(quarter, "people_equality", name)
        self._finish(name, quarter + self.random.choice((1, 1, 2)))
        if self.random.random() < 0.5:
            self._survivor(name + "/survivor", quarter)

    def _finish(self, name: str, due: int) -> None:
        outcome = self._answer(OUTCOME)
        self._add(due, "activity", ("due_to_finish",), name)
        self._add(due, "activity", ("reached",), name)
        self._split(due, "programme_outcomes", name, outcome=outcome)
        self._add(due, "activity", (f"due_and_{outcome}",), name)
        self._split(due + 2, "afterwards", name, outcome=outcome)
        if self.random.random() < 0.9:
            self._split(due, "partner_safety", name + "/partner", outcome=outcome)
        if outcome == "not_completed":
            self._split(due, "endings", name)
            return
        self._add(due, "activity", ("completed",), name)
        for child in range(self.random.choice((0, 1, 2, 3))):
            self._add(due, "activity", ("children",), f"{name}/child{child}")

    def _survivor(self, name: str, quarter: int) -> None:
        for theme in THEME.categories:
            key = (theme.code, self._answer(THEME_CHANGE))
            self._add(quarter, "safety_themes", key, name)

    def _order(self, name: str, quarter: int) -> None:
        self._add(quarter, "orders", ("orders_made",), name)
        for line in ("clocks_due", "clocks_met"):
            self._add(quarter, "orders", (line,), name + "/clock")
        if self.random.random() < 0.3:
            for line in ("orders_breached", "breach_events"):
                self._add(quarter, "orders", (line,), name)
                if self.random.random() < 0.6:
                    self._add(quarter, "orders", (line + "_established",), name)


def invented_service(seed: int) -> InventedService:
    """Between 40 and 900 people, more often few than many."""
    random = Random(seed)
    return InventedService(random, round(40 * (900 / 40) ** random.random()))
