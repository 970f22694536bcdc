"""The DVPO team's night: a notice, its hearing, the order, a breach, the court. And the morning."""

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from programmes.common.clock import LONDON, SystemClock
from tests.journeys.conftest import Walk, assert_finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def now() -> datetime:
    return SystemClock().now().astimezone(LONDON)


def fill_day(page: Page, name: str, day: date) -> None:
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#{name}-{part}").fill(str(number))


def fill_moment(page: Page, name: str, at: datetime) -> None:
    fill_day(page, f"{name}_on", at.date())
    page.locator(f"#{name}_time").fill(f"{at:%H:%M}")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def enter_paper(page: Page, *, kind: str, authority: str, issued_by: str) -> None:
    page.get_by_label("What was it?").select_option(label=kind)
    page.get_by_label("Who made it?").select_option(label=authority)
    page.get_by_label("Court, station or office").fill(issued_by)
    page.get_by_label("Condition 1 (optional)").select_option(label="No contact")
    page.get_by_label("Condition 1, wording").fill("No contact with Petronella Vane at all.")


@pytest.mark.parametrize(("width", "surname"), [(1280, "Nightwell"), (320, "Quarmby")])
def test_the_night_from_notice_to_court(walk: Walk, width: int, surname: str) -> None:
    page = walk.as_("iom", width=width)
    served = now() - timedelta(days=2)
    page.goto(f"{walk.address}/orders/new-person")
    assert_finished(page)
    page.get_by_label("First name").fill("Lucian")
    page.get_by_label("Last name").fill(surname)
    fill_day(page, "date_of_birth", date(1985, 3, 2) + timedelta(days=width))
    page.get_by_label("Male", exact=True).check()
    enter_paper(
        page,
        kind="Domestic violence protection notice",
        authority="A superintendent",
        issued_by="Superintendent, Leeds District",
    )
    fill_day(page, "made_on", served.date())
    fill_moment(page, "served", served)
    press(page, "Enter it")
    assert page.locator("h1").inner_text() == "Domestic violence protection notice"
    assert "Petronella" not in page.content()
    assert page.locator(".waymark-clock__name").first.is_visible()
    assert_finished(page)
    order_that_follows(page, served.date())
    breach_to_court(page, walk)


def order_that_follows(page: Page, first_day: date) -> None:
    """Refused at 29 days with the rule and its source, and entered at 28."""
    made_on = first_day + timedelta(days=1)
    press(page, "Enter what follows")
    enter_paper(
        page,
        kind="Domestic violence protection order",
        authority="A court",
        issued_by="Leeds Magistrates' Court",
    )
    fill_day(page, "made_on", made_on)
    fill_day(page, "ends_on", made_on + timedelta(days=28))
    press(page, "Enter it")
    assert "29 days is not allowed" in page.locator("#ends_on-error").inner_text()
    assert "s.28(10)" in page.locator("#ends_on-error").inner_text()
    assert_finished(page)
    fill_day(page, "ends_on", made_on + timedelta(days=27))
    press(page, "Enter it")
    assert page.locator("h1").inner_text() == "Domestic violence protection order"
    expect(page.locator("main")).to_contain_text("What it follows from, and what follows")


def breach_to_court(page: Page, walk: Walk) -> None:
    page.get_by_role("button", name="Record a breach").click()
    assert_finished(page)
    at = now() - timedelta(hours=5)
    page.get_by_label("1. No contact").check()
    fill_moment(page, "occurred", at)
    fill_moment(page, "reported", at + timedelta(minutes=20))
    fill_moment(page, "arrested", at + timedelta(hours=1))
    page.get_by_label("What happened").fill("Stood at the gate and shouted")
    press(page, "Record the breach")
    expect(page.locator("main")).to_contain_text("Could this be a MARAC repeat?")
    assert_finished(page)
    breach = page.url
    page.goto(f"{walk.address}/clocks")
    assert page.locator(f'a[href="{breach.removeprefix(walk.address)}"]').count() == 1
    assert_finished(page)
    page.goto(breach)
    page.get_by_label("Before court").check()
    fill_moment(page, "happened", at + timedelta(hours=4))
    press(page, "Record this stage")
    page.get_by_label("Proved", exact=True).check()
    page.get_by_label("What it brought").select_option(label="Single sum, £5,000")
    page.get_by_label("In detail").fill("£250")
    press(page, "Record this stage")
    expect(page.locator("main")).to_contain_text("single sum, £250")
    assert_finished(page)


def test_the_morning_reads_what_runs_out_and_opens_the_wording(walk: Walk) -> None:
    page = walk.as_("iom")
    expect(page.locator("main")).to_contain_text("ending within 14 days")
    for path in ("/orders/expiring", "/orders?view=lapsed", "/order-kinds", "/clocks/reckon"):
        page.goto(walk.address + path)
        assert_finished(page)
    page.goto(f"{walk.address}/people?q=Lathom")
    page.get_by_role("link", name="Lathom, Fergus").click()
    page.get_by_role("link", name="Orders and bail").click()
    assert_finished(page)
    page.get_by_role("link", name="DVPO", exact=True).first.click()
    page.wait_for_load_state()
    assert "Rosalind" not in page.content()
    page.get_by_role("button", name="Show the wording").click()
    expect(page.locator("main")).to_contain_text("Rosalind")
    assert_finished(page)
    page.goto(
        f"{walk.address}{page.url.removeprefix(walk.address).removesuffix('/wording')}/change"
    )
    assert_finished(page)


def test_a_clock_is_reckoned_and_nothing_is_stored(walk: Walk) -> None:
    page = walk.as_("iom")
    page.goto(f"{walk.address}/clocks/reckon")
    page.get_by_label("Which clock?").select_option("dvpo-breach-court")
    fill_day(page, "from_on", date(2026, 8, 30))
    page.locator("#from_time").fill("11am")
    press(page, "Work it out")
    expect(page.locator("main")).to_contain_text("Due by the end of Tuesday 1 September 2026")
    expect(page.locator("main")).to_contain_text("s.29")
    assert_finished(page)
    page.locator("#from_time").fill("")
    press(page, "Work it out")
    assert "Give the time of day as well" in page.locator("#from_time-error").inner_text()
    assert_finished(page)
