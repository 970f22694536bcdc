"""Tasks that are alike stand on one line of the home page; nothing on it is lost."""

from app.home.together import together
from app.web.components import Alike, Each, Tag, Task

NAMES = ("Conrad Brearley", "Suharto", "Zo\u00eb N\u00ed Bhriain")


def _report(name: str, hint: str = "It goes to the referrer.") -> Task:
    return Task(
        text=f"Send the report: {name}",
        href=f"/tasks/{name}",
        tag=Tag("To do", "yellow"),
        hint=hint,
        alike=Alike("tasks: send the report", name, "/tasks"),
    )


OTHER = Task(text="Decide on 6 new referrals", href="/referrals")


def test_three_of_a_kind_become_one_line_with_a_link_to_each() -> None:
    first, second, third = map(_report, NAMES)
    found = together([first, OTHER, second, third])
    assert [one.text for one in found] == ["3 tasks: send the report", OTHER.text]
    line = found[0]
    assert (line.href, line.tag, line.hint) == ("/tasks", first.tag, first.hint)
    assert line.each == tuple(Each("Send the report: ", name, f"/tasks/{name}") for name in NAMES)


def test_two_of_a_kind_and_what_is_like_nothing_else_stay_as_they_are() -> None:
    tasks = [_report(NAMES[0]), OTHER, _report(NAMES[1]), OTHER, OTHER]
    assert together(tasks) == tasks


def test_what_differs_is_said_of_the_first_by_name() -> None:
    line = together([_report(name, hint=f"Due for {name}.") for name in NAMES])[0]
    assert line.hint == "The first, Conrad Brearley: Due for Conrad Brearley."


def test_what_was_put_together_is_not_put_together_again() -> None:
    once = together([_report(name) for name in NAMES])
    assert together(once) == once
