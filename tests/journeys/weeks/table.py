"""docs/weeks.md, made from the scripts: python -m tests.journeys.weeks.table > docs/weeks.md"""

from collections.abc import Iterator, Mapping

from tests.journeys.weeks import WEEKS
from tests.journeys.weeks.scripts import Task

HEAD = """# A week in each role

Made from the scripts in `tests/journeys/weeks`, walked in a browser with axe on every kind
of page state: the first task of each day in every run, all of them with `--deep`. A click is a link
or a button; what is typed or ticked is not counted. None takes more than four.
"""


def whole(weeks: Mapping[str, tuple[Task, ...]]) -> str:
    return "\n".join((HEAD, *_sums(weeks), *_tasks(weeks)))


def _sums(weeks: Mapping[str, tuple[Task, ...]]) -> Iterator[str]:
    yield "| Role | Tasks | Clicks | Most for one |\n|---|---|---|---|"
    for role, tasks in weeks.items():
        clicks = [task.clicks for task in tasks]
        yield f"| {role} | {len(tasks)} | {sum(clicks)} | {max(clicks)} |"


def _tasks(weeks: Mapping[str, tuple[Task, ...]]) -> Iterator[str]:
    for role, tasks in weeks.items():
        yield f"\n## {role}\n\n| Day | Task | Clicks |\n|---|---|---|"
        for task in tasks:
            yield f"| {task.day} | {task.wants} | {task.clicks} |"


if __name__ == "__main__":
    print(whole(WEEKS))
