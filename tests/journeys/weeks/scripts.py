"""How a week is written, and how it is walked: clicks and pages counted, each state looked at.

One task a line: day | what somebody wants | the steps to it, from the page where they are:

    home            back to the home page, by the name at the top
    Words           the first link that begins with these words
    [Words]         the button
    +Words          the fold is opened
    (Words)         the first choice or box with this label
    Words = text    the field with this label is filled
    "Words"         the page says so
"""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import assert_finished

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


@dataclass(frozen=True)
class Task:
    day: str
    wants: str
    steps: tuple[str, ...]

    @property
    def clicks(self) -> int:
        """Links and buttons; what is typed or ticked is none."""
        return sum(not (step[0] in '"(' or " = " in step) for step in self.steps)


@dataclass
class Walked:
    """What one task took."""

    task: Task
    clicks: int = 0
    pages: int = 0


def week(text: str) -> tuple[Task, ...]:
    found = []
    for line in text.strip().splitlines():
        day, wants, steps = (part.strip() for part in line.split("|"))
        found.append(Task(day, wants, tuple(step.strip() for step in steps.split(">"))))
    return tuple(found)


@dataclass
class Walker:
    """One person's browser. `seen` are the kinds of page state that axe has looked at."""

    page: Page
    seen: set[str] = field(default_factory=set)

    def walk(self, task: Task) -> Walked:
        walked = Walked(task)
        for step in task.steps:
            before = self.page.url
            if self._act(step):
                walked.clicks += 1
                self.page.wait_for_load_state()
                walked.pages += self.page.url != before
                self._look(task, step)
        return walked

    def _act(self, step: str) -> bool:
        """Whether it was a click that leads somewhere."""
        main = self.page.locator("main")
        if step.startswith('"'):
            expect(main).to_contain_text(step.strip('"'))
        elif step.startswith("("):
            main.get_by_label(step.strip("()")).first.check()
        elif " = " in step:
            label, _, text = step.partition(" = ")
            main.get_by_label(label).first.fill(text)
        else:
            self._way(step).click()
            return True
        return False

    def _way(self, step: str) -> Locator:
        if step == "home":
            return self.page.locator(".waymark-header__home")
        if step.startswith("+"):
            return self.page.locator("main summary").filter(has_text=step[1:]).first
        if step.startswith("["):
            name = re.compile(rf"^{re.escape(step.strip('[]'))}")
            return self.page.locator("main").get_by_role("button", name=name).first
        words = re.compile(rf"^\s*{re.escape(step)}")
        found = self.page.locator("main a, nav a, footer a").filter(has_text=words).first
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        if menu.is_visible() and not found.is_visible():
            menu.click()
        return found

    def _look(self, task: Task, step: str) -> None:
        kind = f"{_ID.sub('-', self.page.url)} {self.page.title().partition(':')[0][:5]}"
        if kind not in self.seen:
            self.seen.add(kind)
            assert_finished(self.page)
        assert self.page.locator("h1").count() == 1, (task.wants, step, self.page.url)
