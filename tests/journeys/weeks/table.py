"""docs/weeks.md, made from the scripts: python -m tests.journeys.weeks.table > docs/weeks.md"""

from collections.abc import Iterator, Mapping
from typing import Final

from tests.journeys.weeks import WEEKS
from tests.journeys.weeks.scripts import Task

HEAD = """# A week in each role

Made from the scripts in `tests/journeys/weeks`, walked in a browser with axe on every kind
of page state: the first task of each day in every run, all of them with `--deep`. A click is a link
or a button; what is typed or ticked is not counted. None takes more than four.

*Before* is known for those tasks alone whose way was changed after it had been counted: the menu
holds ten entries at most (what a manager opens seldom stands behind *More*, one click further, but
for the home page, which leads there under *Less often*), and a call is logged where its number is
looked up. For all others there is no earlier count to compare with.
"""

BEFORE: Final = {
    "facilitator": {"see breaches of people in my group": 1, "see what I did this week": 1},
    "cara-coordinator": {"read the figures": 2, "see what I did": 1},
    "manager": {
        "see who asked what is held": 1,
        "read the figures of the quarter": 2,
        "see what the board reads": 1,
        "see messages that wait": 1,
        "see who read what": 1,
    },
    "survivor-worker": {
        "write down that nobody answered": 5,
        "record five minutes on the phone": 5,
    },
}
"""Clicks in the earlier versions, counted along their pages by the same rule."""


def whole(weeks: Mapping[str, tuple[Task, ...]]) -> str:
    return "\n".join((HEAD, *_sums(weeks), *_tasks(weeks)))


def _sums(weeks: Mapping[str, tuple[Task, ...]]) -> Iterator[str]:
    yield "| Role | Tasks | Clicks | Most for one |\n|---|---|---|---|"
    for role, tasks in weeks.items():
        clicks = [task.clicks for task in tasks]
        yield f"| {role} | {len(tasks)} | {sum(clicks)} | {max(clicks)} |"


def _tasks(weeks: Mapping[str, tuple[Task, ...]]) -> Iterator[str]:
    for role, tasks in weeks.items():
        before = BEFORE.get(role, {})
        yield f"\n## {role}\n\n| Day | Task | Clicks | Before |\n|---|---|---|---|"
        for task in tasks:
            yield f"| {task.day} | {task.wants} | {task.clicks} | {before.get(task.wants, '')} |"


if __name__ == "__main__":
    print(whole(WEEKS))
