"""A week in each role: its script walked in a browser, at a desk and on a phone.

Every run walks the first task of each day, `--deep` all of them.
"""

import pytest

from tests.journeys.conftest import Walk, assert_finished
from tests.journeys.weeks import WEEKS
from tests.journeys.weeks.scripts import Task, Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEEN: set[str] = set()
"""The kinds of page state that axe has looked at in this run."""


def first_of_each_day(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    found: dict[str, Task] = {}
    for task in tasks:
        found.setdefault(task.day, task)
    return tuple(found.values())


@pytest.mark.parametrize("role", WEEKS)
def test_a_week_is_walked_from_page_to_page(
    walk: Walk, role: str, request: pytest.FixtureRequest
) -> None:
    tasks = WEEKS[role]
    if not request.config.getoption("--deep"):
        tasks = first_of_each_day(tasks)
    walker = Walker(walk.as_(role), SEEN)
    walked = [walker.walk(task) for task in tasks]
    most = max(walked, key=lambda one: one.clicks)
    assert most.clicks <= 4, f"{role}: {most.task.wants} takes {most.clicks} clicks"


@pytest.mark.deep
@pytest.mark.parametrize("role", WEEKS)
def test_the_days_of_a_week_fit_a_phone(walk: Walk, role: str) -> None:
    page = walk.as_(role, width=320)
    walker = Walker(page)
    for task in first_of_each_day(WEEKS[role]):
        if not any(step.startswith("[") for step in task.steps):
            walker.walk(task)


def test_a_first_day_is_finished_and_fits_a_phone(walk: Walk) -> None:
    for width in (1280, 320):
        page = walk.as_("manager", width=width)
        page.get_by_role("main").get_by_role("link", name="Your first day").click()
        page.wait_for_url("**/first-day")
        assert_finished(page)
