"""Placement instances of any size, drawn from a seed: the shape of a city, no real person in it."""

import argparse
import json
import random
import sys
from typing import Any

RISKS = (("standard", 32, 500), ("medium", 38, 1400), ("high", 22, 2600), ("very high", 8, 5000))
LANGUAGES = (("ar", 5), ("pl", 2), ("ur", 1), ("ro", 1), ("fa", 1))
EVENINGS = 5
PROGRAMMES = 3


def placement_instance(people: int, cohorts: int, *, seed: int) -> dict[str, Any]:
    """About five people for every four places, as in the example of 200 people and 15 cohorts."""
    chance = random.Random(seed)  # noqa: S311 - an instance to solve, no secret
    groups = [_cohort(number, chance) for number in range(cohorts)]
    waiting = [_person(number, groups, chance) for number in range(people)]
    return {
        "rules": {
            "smallest_cohort": 6,
            "most_very_high_risk": 4,
            "cost_of_running_a_cohort": 1500,
            "cost_of_an_interpreter": 600,
        },
        "cohorts": [group["shown"] for group in groups],
        "people": waiting,
        "apart": _apart(people, chance),
    }


def _cohort(number: int, chance: random.Random) -> dict[str, Any]:
    language = _language(chance) if chance.random() < 0.12 else None
    shown = {"id": f"c{number}", "capacity": chance.choice((8, 10, 12)), "language": language}
    return {
        "shown": shown,
        "place": (chance.random(), chance.random()),
        "evening": chance.randrange(EVENINGS),
        "programme": chance.randrange(PROGRAMMES),
        "starts_in_weeks": chance.randrange(1, 20),
    }


def _person(number: int, groups: list[dict[str, Any]], chance: random.Random) -> dict[str, Any]:
    risk, _, need = chance.choices(RISKS, weights=[row[1] for row in RISKS])[0]
    free = set(chance.sample(range(EVENINGS), chance.randint(1, 4)))
    worth = need + chance.randrange(0, 2600)
    home, programme = (chance.random(), chance.random()), chance.randrange(PROGRAMMES)
    language = _language(chance) if chance.random() < 0.09 else None
    within = chance.randrange(3, 40)
    fits = [
        {"cohort": group["shown"]["id"], "value": _value(worth, home, group)}
        for group in groups
        if group["programme"] == programme
        and group["evening"] in free
        and group["starts_in_weeks"] <= within
        and group["shown"]["language"] in (None, language)
    ]
    nearest = sorted(fits, key=lambda option: -option["value"])[:12]
    return {
        "id": f"p{number}",
        "risk": risk,
        "needs_interpreter": language,
        "options": [option for option in nearest if option["value"] > 0],
    }


def _value(worth: int, home: tuple[float, float], group: dict[str, Any]) -> int:
    across, along = home[0] - group["place"][0], home[1] - group["place"][1]
    travel = int(900 * (across**2 + along**2) ** 0.5)
    return int(worth) - travel - 45 * int(group["starts_in_weeks"])


def _language(chance: random.Random) -> str:
    return chance.choices([row[0] for row in LANGUAGES], weights=[row[1] for row in LANGUAGES])[0]


def _apart(people: int, chance: random.Random) -> list[list[str]]:
    if people < 2:
        return []
    pairs = {tuple(sorted(chance.sample(range(people), 2))) for _ in range(people // 9)}
    return [[f"p{one}", f"p{other}"] for one, other in sorted(pairs)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Write one placement instance as JSON.")
    parser.add_argument("people", type=int)
    parser.add_argument("cohorts", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    json.dump(placement_instance(given.people, given.cohorts, seed=given.seed), sys.stdout)


if __name__ == "__main__":
    main()
