"""How long placement takes, and how good it is, at the sizes of docs/performance-placement.md.

python tests/benchmarks/placement_speed.py            200 x 15 and 1,000 x 80
python tests/benchmarks/placement_speed.py --large    5,000 x 400 for 90 seconds as well
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.bench.placement_instances import placement_instance  # noqa: E402
from scheduling.placement.greedy import best_greedy  # noqa: E402
from scheduling.placement.proposals import propose  # noqa: E402
from scheduling.placement.reading import read_instance  # noqa: E402
from scheduling.placement.rules import objective  # noqa: E402
from scheduling.placement.words import Instance  # noqa: E402

EXAMPLE = ROOT / "tests/data/placement/example.json"
COLUMNS = (
    "instance          options   greedy %   objective       bound   gap %  proven  solver s  wall s"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="5,000 x 400 too, 90 seconds each")
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores\n{COLUMNS}")
    measure("example", read_instance(EXAMPLE.read_bytes()), seconds=30)
    for people, cohorts, seeds in ((200, 15, 3), (1000, 80, 3)):
        for seed in range(1, seeds + 1):
            measure(f"{people}x{cohorts} seed {seed}", drawn(people, cohorts, seed), seconds=60)
    for seed in (1, 2) if given.large else ():
        measure(f"5000x400 seed {seed}", drawn(5000, 400, seed), seconds=90)


def drawn(people: int, cohorts: int, seed: int) -> Instance:
    raw = placement_instance(people, cohorts, seed=seed)
    return read_instance(json.dumps(raw).encode())


def measure(name: str, instance: Instance, *, seconds: float) -> None:
    begun = time.monotonic()
    answer = propose(instance, seconds=seconds)
    wall = time.monotonic() - begun
    by_hand = objective(instance, best_greedy(instance))
    options = sum(len(person.options) for person in instance.people)
    print(
        f"{name:<16}{options:>9}{100 * by_hand / answer.objective:>11.1f}{answer.objective:>12}"
        f"{answer.bound:>12}{100 * (answer.bound / answer.objective - 1):>8.4f}"
        f"{'yes' if answer.proven else 'no':>8}{answer.seconds:>10.2f}{wall:>8.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
