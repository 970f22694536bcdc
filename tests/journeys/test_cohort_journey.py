"""A manager's sitting with one group: planned, moved about in every way, taken back, and filled.

The group is the journey's own, in a room and on an evening of its own.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, ViewportSize

from programmes.common.clock import SystemClock, london_date
from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE: ViewportSize = {"width": 320, "height": 900}
ROOM, OTHER_ROOM = "Moorview House, Large room", "Beckside Centre, Room 2"


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def fill_day(page: Page, name: str, day: date) -> None:
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#{name}-{part}").fill(str(number))


def choose_room(page: Page, name: str) -> None:
    found = page.locator("#room option").filter(has_text=name).get_attribute("value")
    page.locator("#room").select_option(value=found)


def choose(page: Page, name: str, number: int = 1) -> None:
    page.locator(f"#{name}").select_option(index=number)


def wednesday(weeks: int = 0) -> date:
    """So many weeks after the group begins, which is in six weeks or later; never at midwinter,
    when the service is closed."""
    today = london_date(SystemClock().now())
    first = today + timedelta(days=(2 - today.weekday()) % 7, weeks=6)
    return _past_midwinter(_past_midwinter(first) + timedelta(weeks=weeks))


def _past_midwinter(day: date) -> date:
    is_winter = (day.month, day.day) > (12, 18) or (day.month, day.day) < (1, 7)
    return day + timedelta(weeks=3) if is_winter else day


def test_every_move_of_a_series_and_everybody_in_it(walk: Walk) -> None:
    page = walk.as_("manager")
    group = _plan(page)
    for kind, fill in MOVES:
        _change(page, group, kind, fill)
    _undo_the_last(page, group)
    _move_somebody_here(page, group)
    _book_an_individual_session(page, group)
    _make_up_a_session(page)
    page.set_viewport_size(PHONE)
    for address in (group, f"{group}/change/cancel", "/catch-up"):
        page.goto(address)
        assert_finished(page)


def _plan(page: Page) -> str:
    page.goto("/cohorts/plan")
    page.get_by_label("Caring Dads").check()
    fill_day(page, "first_day", wednesday())
    page.locator("#weekday").select_option(label="Wednesday")
    page.locator("#starts").fill("10am")
    choose_room(page, ROOM)
    page.locator("input[name=facilitators]").first.check()
    page.locator("#capacity").fill("10")
    page.locator("input[name=sex][value=male]").check()
    press(page, "Show the plan")
    assert_finished(page)
    press(page, "Plan it")
    assert "/cohorts/" in page.url
    return page.url.partition("?")[0]


def _change(page: Page, group: str, kind: str, fill: Callable[[Page], None]) -> None:
    """What would be different is shown; one press writes it, and the group's page says so."""
    page.goto(f"{group}/change/{kind}")
    fill(page)
    press(page, "Show what would be different")
    assert page.locator("h1").inner_text() == "What would be different", kind
    if kind == "move-following":
        assert_finished(page)
    press(page, "Change it")
    assert page.url.startswith(group), kind
    assert (
        "The group is changed"
        in page.locator("main, .govuk-notification-banner").all_inner_texts()[0]
    )


def _move_one(page: Page) -> None:
    choose(page, "session")
    fill_day(page, "day", wednesday() + timedelta(days=1))
    page.locator("#starts").fill("2pm")


def _move_following(page: Page) -> None:
    choose(page, "session", 3)
    fill_day(page, "first_day", wednesday(4))
    page.locator("#weekday").select_option(label="Wednesday")
    page.locator("#starts").fill("11am")


def _cancel(page: Page) -> None:
    choose(page, "session", 3)
    page.locator("#reason").fill("The heating has failed.")
    page.locator("input[name=how][value=owe]").check()


def _cancel_and_shift(page: Page) -> None:
    choose(page, "session", 4)
    page.locator("#reason").fill("Both facilitators are ill.")
    page.locator("input[name=how][value=next]").check()


def _extra(page: Page) -> None:
    page.locator("#number").fill("3")
    fill_day(page, "day", wednesday(40))
    page.locator("#starts").fill("10am")
    choose_room(page, ROOM)


def _room(page: Page) -> None:
    choose(page, "session", 2)
    page.locator("input[name=reach]").first.check()
    choose_room(page, OTHER_ROOM)


def _facilitator(page: Page) -> None:
    choose(page, "session", 2)
    page.locator("input[name=reach]").nth(1).check()
    leads = page.locator("#leaves option").all_inner_texts()
    page.locator("#leaves").select_option(label=leads[1])
    page.locator("#comes").select_option(label=leads[2])


def _pause(page: Page) -> None:
    fill_day(page, "pause_from", wednesday(8))
    fill_day(page, "resume_on", wednesday(8) + timedelta(weeks=5))
    page.locator("#reason").fill("The venue is painted.")


MOVES: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("move-one", _move_one),
    ("move-following", _move_following),
    ("cancel", _cancel),
    ("cancel", _cancel_and_shift),
    ("add-extra", _extra),
    ("swap-room", _room),
    ("swap-facilitator", _facilitator),
    ("pause", _pause),
)


def _undo_the_last(page: Page, group: str) -> None:
    page.goto(f"{group}/change")
    assert_finished(page)
    made = page.locator("main table tbody tr")
    before = made.count()
    page.get_by_role("link", name="Undo").first.click()
    assert page.locator("h1").inner_text() == "Take this change back"
    press(page, "Take it back")
    page.goto(f"{group}/change")
    assert made.count() == before - 1


def _move_somebody_here(page: Page, group: str) -> None:
    """Somebody of the group that is to begin goes on in this one instead."""
    groups = {one["id"]: one for one in page.request.get("/api/v1/cohorts").json()}
    mine = groups.pop(group.rpartition("/")[2])
    to_come = [one for one in groups.values() if one["status"] == "planned" and one["taken"]]
    left = next(one for one in to_come if one["programme_code"] == "caring-dads")
    page.goto(f"/cohorts/{left['id']}")
    page.get_by_role("link", name="Another group").last.click()
    assert_finished(page)
    page.get_by_label(re.compile(rf"^{mine['reference']},")).check()
    page.locator("#reason").fill("Mornings suit them better.")
    press(page, "Move their place")
    assert page.url.startswith(group)


def _book_an_individual_session(page: Page, group: str) -> None:
    page.goto(group)
    page.get_by_role("link", name="Individual sessions").first.click()
    assert_finished(page)
    sessions = page.request.get(page.url.replace("/places/", "/api/v1/places/")).json()
    page.get_by_role("link", name=re.compile("^Book")).first.click()
    fill_day(page, "day", date.fromisoformat(sessions[0]["week_at"][:10]))
    choose_room(page, ROOM)
    choose(page, "facilitator")
    page.locator("#starts").fill("3pm")
    assert_finished(page)
    press(page, "Book it")
    if page.locator("h1").inner_text() == "Before you book it":
        press(page, "Book it all the same")
    assert page.get_by_role("button", name="Cancel it").count() == 1


def _make_up_a_session(page: Page) -> None:
    page.goto("/catch-up")
    offers = page.get_by_role("button", name=re.compile("^Book: "))
    before = offers.count()
    offers.first.click()
    page.wait_for_load_state()
    page.goto("/catch-up")
    assert offers.count() < before
