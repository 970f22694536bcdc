"""The shell in a real browser: axe, small screens, the keyboard, no JavaScript, the time-out."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser import chromium
from tests.pages.gallery import GALLERY, MANAGER
from tests.pages.shell_site import Visitor, serving, site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SEEN_OFTEN = [name for name in GALLERY if not name.startswith("problem-4")]
WIDTHS = (320, 1280)


@dataclass
class Visit:
    """A browser, the gallery's address, and who the site takes us for."""

    browser: Browser
    address: str
    visitor: Visitor

    def open(self, path: str, *, width: int = 1280, has_script: bool = True) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=has_script
        )
        page = context.new_page()
        page.goto(self.address + path)
        if has_script:
            page.wait_for_selector("body.js-enabled")
        return page


@pytest.fixture(scope="module")
def whole_visit() -> Iterator[Visit]:
    visitor = Visitor()
    with serving(site(visitor)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        yield Visit(browser, address, visitor)
        browser.close()


@pytest.fixture
def visit(whole_visit: Visit) -> Iterator[Visit]:
    yield whole_visit
    vars(whole_visit.visitor).clear()
    for context in whole_visit.browser.contexts:
        context.close()


@pytest.mark.parametrize("name", [*SEEN_OFTEN, "problem-404"])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(visit: Visit, name: str) -> None:
    page = visit.open(f"/gallery/{name}", width=WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_page_is_refused_anything_by_its_own_policy(visit: Visit) -> None:
    page = visit.browser.new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name in ("list", "register", "figures", "form-refused"):
        page.goto(f"{visit.address}/gallery/{name}")
        page.wait_for_selector("body.js-enabled")
    assert complaints == []


def test_a_picture_of_a_mark_is_drawn_from_its_own_file(visit: Visit) -> None:
    page = visit.open("/gallery/register")
    drawn = page.locator(".waymark-mark").first.evaluate(
        "mark => mark.firstElementChild.getBoundingClientRect().width"
    )
    assert drawn > 15


@pytest.mark.parametrize("has_script", [True, False])
def test_a_refused_form_comes_back_filled_in_and_leads_to_the_field(
    visit: Visit, has_script: bool
) -> None:
    page = visit.open("/gallery/form", has_script=has_script)
    page.fill("#name", "Zoë")
    page.fill("#missed_on-day", "31")
    page.fill("#missed_on-month", "11")
    page.fill("#missed_on-year", "2026")
    page.fill("#note", "two\nlines")
    page.check("#told-2")
    page.click("text=Record the absence")
    assert page.title().startswith("Error: ")
    assert page.input_value("#name") == "Zoë"
    assert page.input_value("#note") == "two\nlines"
    assert page.is_checked("#told-2")
    page.click("text=The day of the session must be a real date")
    assert page.evaluate("document.activeElement.id") == "missed_on-day" or not has_script
    if not has_script:
        assert page.url.endswith("#missed_on-day")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_field_shows_with_the_choice_that_asks_for_it(visit: Visit, has_script: bool) -> None:
    page = visit.open("/gallery/form", has_script=has_script)
    assert not page.is_visible("#other_reason")
    page.check("text=Something else")
    assert page.is_visible("#other_reason")
    page.check("text=Illness")
    assert not page.is_visible("#other_reason")


def test_what_was_done_is_said_once_and_only_on_its_own_page(visit: Visit) -> None:
    page = visit.open("/gallery/form-reasons")
    page.click("text=Record the absence")
    page.wait_for_url("**/after")
    page.wait_for_selector("text=Absence recorded.")
    page.reload()
    assert not page.is_visible("text=Absence recorded.")


def test_what_is_on_its_way_is_not_sent_again_and_can_be_after_going_back(visit: Visit) -> None:
    sent: list[Route] = []

    def slowly(route: Route) -> None:
        sent.append(route)
        time.sleep(0.6)
        route.continue_()

    page = visit.open("/gallery/form-reasons")
    page.route("**/try", slowly)
    page.evaluate(
        """() => {
            const form = document.querySelector("main form");
            form.requestSubmit();
            setTimeout(() => form.requestSubmit(), 200);
        }"""
    )
    page.wait_for_url("**/after")
    assert len(sent) == 1
    page.go_back()
    page.click("text=Record the absence")
    page.wait_for_url("**/after")
    assert len(sent) == 2


def test_a_file_says_that_it_is_being_made_and_when_it_is_there(visit: Visit) -> None:
    asked: list[Route] = []
    page = visit.open("/gallery/form-reasons")
    page.route("**/figures.csv", lambda route: asked.append(route))
    page.evaluate("document.querySelector('main a').href = '/figures.csv'")
    page.evaluate(
        "document.querySelector('main a').click(); document.querySelector('main a').click()"
    )
    page.wait_for_selector("text=Making the file. Please wait.")
    assert len(asked) == 1
    file = {"Content-Disposition": 'attachment; filename="figures.csv"'}
    with page.expect_download() as taken:
        asked[0].fulfill(body="started,25", headers=file)
    assert taken.value.suggested_filename == "figures.csv"
    page.wait_for_selector("text=The file is in your downloads.")


def test_what_is_no_file_after_all_is_opened_as_a_page(visit: Visit) -> None:
    page = visit.open("/gallery/form-reasons")
    page.route("**/figures.csv", lambda route: route.fulfill(body="<h1>Sign in</h1>", status=401))
    page.evaluate("document.querySelector('main a').href = '/figures.csv'")
    page.evaluate("document.querySelector('main a').click()")
    page.wait_for_url("**/figures.csv")


def test_another_tab_does_not_show_what_was_done_in_this_one(visit: Visit) -> None:
    page = visit.open("/gallery/form-reasons")
    page.route("**/after", lambda route: route.fulfill(body="held"))
    page.click("text=Record the absence")
    other = page.context.new_page()
    other.goto(f"{visit.address}/elsewhere")
    assert not other.is_visible("text=Absence recorded.")


def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Visit) -> None:
    page = visit.open("/gallery/form")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.name"))
    controls = page.eval_on_selector_all(
        "main :is(input:not([type=hidden], [type=radio]), select, textarea)",
        "all => all.filter(one => one.checkVisibility()).map(one => one.id)",
    )
    assert set(controls) <= set(reached)


def test_every_target_is_large_enough_to_press(visit: Visit) -> None:
    for name in ("list", "register", "person", "sign-in"):
        page = visit.open(f"/gallery/{name}", width=320)
        small = page.eval_on_selector_all(
            ".waymark-mark__link, .waymark-filter__tag, .waymark-role, .waymark-header__button,"
            " .govuk-button, .govuk-service-navigation__toggle, .waymark-header__home",
            """all => all.filter(one => one.checkVisibility()).map(one => {
                const box = one.getBoundingClientRect();
                return [one.className, box.width, box.height];
            }).filter(([, width, height]) => width < 24 || height < 24)""",
        )
        assert small == []


def test_a_phone_opens_the_menu_and_a_stranger_to_scripts_sees_it_open(visit: Visit) -> None:
    page = visit.open("/gallery/home", width=320)
    assert not page.is_visible("nav >> text=Groups")
    page.click("text=Menu")
    assert page.is_visible("nav >> text=Groups")
    assert visit.open("/gallery/home", width=320, has_script=False).is_visible("text=Groups")


def test_a_table_on_a_phone_keeps_its_meaning_as_cards(visit: Visit) -> None:
    page = visit.open("/gallery/list", width=320)
    table = page.get_by_role("table", name="People you work with")
    assert table.get_by_role("columnheader").count() == 5
    assert table.get_by_role("row").count() == 11
    assert table.evaluate("table => getComputedStyle(table).display") == "block"


def test_a_person_is_warned_before_the_time_is_out_and_can_stay(visit: Visit) -> None:
    visit.visitor.idle_seconds = 100
    page = visit.open("/gallery/form")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.activeElement.id") == "time-out-title"
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    assert page.is_visible("dialog")
    page.click("text=Stay signed in")
    page.wait_for_selector("dialog:not([open])", state="attached")


def test_a_page_that_timed_out_hides_the_record_and_keeps_what_was_typed(visit: Visit) -> None:
    visit.visitor.idle_seconds = 2
    page = visit.open("/gallery/form")
    page.fill("#name", "half a name")
    page.wait_for_selector("text=You have been signed out")
    assert not page.is_visible("text=Record an absence")
    assert Axe().run(page).response["violations"] == []
    visit.visitor.is_signed_in = False
    page.click("text=I have signed in again")
    page.wait_for_selector("text=You are not signed in yet.")
    visit.visitor.is_signed_in = True
    page.click("text=I have signed in again")
    page.wait_for_selector("body:not(.waymark-locked)")
    assert page.input_value("#name") == "half a name"


def test_a_page_that_timed_out_never_opens_for_somebody_else(visit: Visit) -> None:
    visit.visitor.idle_seconds = 2
    page = visit.open("/gallery/form")
    page.wait_for_selector("text=You have been signed out")
    visit.visitor.account = MANAGER.account.replace("f1", "f2")
    with page.expect_request(lambda request: request.is_navigation_request()):
        page.click("text=I have signed in again")
