"""Attacks many invented services and stores what came of it, for docs/disclosure.md.

python -m tests.rules.simulation_record 1000 1879          # the seeds, both ends included
python -m tests.rules.simulation_record and 1880 1999      # beside what is stored already
python -m tests.rules.simulation_record                    # writes the page from the record again
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, process_time

from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.words import TableSpec, Variable
from tests.rules.simulation import Found, attacked, summary

ROOT = Path(__file__).resolve().parents[2]
RECORD = Path(__file__).with_name("simulation_record.json")
PAGE = ROOT / "docs" / "disclosure.md"
STORED_EVERY = 20
Run = dict[str, object]
"""What one run found: `summary`, with its seeds and what it was a run of."""


def shape_of_catalogue() -> str:
    """What the result is a result of: which tables are released, for how long, and how split."""
    return hashlib.sha256(repr([*map(_shape, CATALOGUE)]).encode()).hexdigest()


def _shape(spec: TableSpec) -> object:
    spans, profiles = [*map(str, spec.spans)], [*map(str, spec.profiles)]
    lines = [(line.code, line.population, line.where, line.adds_up) for line in spec.lines]
    split = [_groupings(variable) for variable in spec.variables]
    return spec.code, spans, profiles, spec.population, lines, split, spec.exact_for_partners


def _groupings(variable: Variable) -> object:
    ways = (variable.categories, *variable.coarser)
    return variable.code, variable.repeats, [[(c.code, c.base) for c in way] for way in ways]


def run(first: int, last: int, *, beside: list[Run]) -> None:
    began, worked, found = monotonic(), process_time(), list[Found]()
    for seed in range(first, last + 1):
        found.append(attacked(seed))
        if seed == last or len(found) % STORED_EVERY == 0:
            took = {
                "hours": round((monotonic() - began) / 3600, 2),
                "processor seconds": round(process_time() - worked),
            }
            store([*beside, named({"seeds": [first, seed]} | took | summary(found))])


def named(found: Run) -> Run:
    of = {"run on": f"{datetime.now(UTC):%Y-%m-%d}", "commit": commit()}
    return of | {"shape of the catalogue": shape_of_catalogue()} | found


def store(runs: list[Run]) -> None:
    RECORD.write_text(json.dumps(runs, indent=1) + "\n")


def stored() -> list[Run]:
    runs: list[Run] = json.loads(RECORD.read_text())
    return runs


def commit() -> str:
    return subprocess.check_output(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        text=True,
    ).strip()


HEAD = """# What an intruder gets out of the releases

Services made up at random, of 40 to 900 people and mostly on one or two answers, each over twelve
quarters: every quarter, year and block of three years is released in both profiles, and attacked
by somebody who has all of them and knows every rule (`tests/rules/intruder.py`). Of the public
releases they know besides every record but one person's. Three services are attacked in every run
of the tests, fifty in the deep form; this is the stored record of many, made by
`python -m tests.rules.simulation_record`. Nothing in it is written by hand.

- *Under four values*: hidden figures with a true value of 1 to 7 that the partnership's tables,
  read together, narrow to fewer than four numbers. *Exact recoveries* are narrowed to one.
- *Mean absolute error*: how far a printed figure lies from the true one.
- *Advantage*: how much better than a coin the reader of the public tables guesses whether the one
  person is in a cell, from that cell alone; *joint*, from all the cells that the person can be in.
  *Certain* counts people of whom some printed figure leaves no doubt.

"""

ALLOWED = {
    "exact recoveries": "0",
    "under four values": "0",
    "mean absolute error": "3",
    "mean advantage": "0.20",
    "largest advantage": "0.50",
    "certain": "0",
}


def page(runs: list[Run]) -> str:
    """One column for each run: means of different runs are not added up."""
    services = sum(int(str(one["services"])) for one in runs)
    heads = "".join(f" {_shown(one['seeds'])} |" for one in runs)
    said = f"{services:,} services in all, by the seeds that they were made from.\n"
    lines = f"\n| Seeds |{heads} Allowed |\n|---|{'---|' * len(runs)}---|\n"
    return HEAD + said + lines + "".join(rows(runs))


def rows(runs: list[Run]) -> Iterator[str]:
    for name in runs[0]:
        if name not in ("shape of the catalogue", "seeds"):
            found = "".join(f" {_shown(one[name])} |" for one in runs)
            yield f"| {name[0].upper()}{name[1:]} |{found} {ALLOWED.get(name, '')} |\n"


def _shown(value: object) -> str:
    return " to ".join(map(str, value)) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    *also, first, last = sys.argv[1:] or ("", "", "")
    if first:
        run(int(first), int(last), beside=stored() if also == ["and"] else [])
    PAGE.write_text(page(stored()))
