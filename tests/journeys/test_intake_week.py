"""From a referral to a place, and what goes on around it: each step as the role that does it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from programmes.common.clock import SystemClock, london_date
from tests.journeys.conftest import Walk, assert_finished
from tests.journeys.test_cohort_journey import choose_room, fill_day, wednesday

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WANTED = {
    "father": "yes",
    "contact_with_child": "yes",
    "child_sexual_abuse": "no",
    "professional_engaged": "yes",
    "proceedings_will_end_contact": "no",
}


def _open_referral(page: Page, name: str) -> None:
    page.goto("/referrals?status=received")
    page.get_by_role("link", name=re.compile(name)).first.click()
    assert_finished(page)


def _press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()


def test_a_manager_decides_by_the_criteria_tells_the_referrer_and_offers_a_place(
    walk: Walk,
) -> None:
    page = walk.as_("manager")
    _open_referral(page, "Achterberg")
    page.get_by_role("button", name="Decide on suitability").click()
    assert_finished(page)
    page.locator('input[name="outcome"][value="suitable"]').check()
    _press(page, "Record the decision")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_finished(page)
    for name, answer in WANTED.items():
        page.locator(f'input[name="{name}"][value="{answer}"]').check()
    _press(page, "Record the decision")
    expect(page.get_by_text("An e-mail goes to rhodri@youth-justice.example.org")).to_be_visible()
    page.get_by_text("Record that you told them by telephone").click()
    assert_finished(page)
    page.get_by_label("Who did you speak to?").fill("Rhodri Invented")
    _press(page, "They are told")
    expect(page.get_by_text("Told by telephone: Rhodri Invented")).to_be_visible()
    page.get_by_text("Move it by hand").click()
    page.get_by_label("Offered").check()
    _press(page, "Change the status")
    expect(page.get_by_role("alert")).to_contain_text("status is changed")
    assert_finished(page)
    page.goto("/waiting-list/caring-dads")
    assert_finished(page)
    page.go_back()
    _press(page, "Find them a place")
    assert_finished(page)
    _take_the_first_place(page)
    expect(page.get_by_text(re.compile("Achterberg")).first).to_be_visible()


def _take_the_first_place(page: Page) -> None:
    page.locator('input[name="cohort"]').first.check()
    _press(page, "Give them this place")
    expect(page.get_by_role("alert")).to_contain_text("They have a place")


def test_a_second_person_agrees_that_somebody_is_suitable_all_the_same(walk: Walk) -> None:
    page = walk.as_("manager")
    _open_referral(page, "Ferndale")
    expect(page.get_by_role("heading", name="A second person is asked")).to_be_visible()
    _press(page, "Agree: they are suitable")
    expect(page.get_by_role("alert")).to_contain_text("waiting list")
    expect(page.get_by_text("Suitable all the same because")).to_be_visible()
    expect(page.get_by_text("An e-mail goes to ines@police.example.org")).to_be_visible()
    page.get_by_text("They withdraw their consent").click()
    assert_finished(page)
    _press(page, "Record that consent is withdrawn")
    expect(page.get_by_role("alert")).to_contain_text("Consent is withdrawn")
    expect(page.get_by_text("Not to be told: they withdrew their consent")).to_be_visible()
    assert_finished(page)


def test_a_list_from_a_partner_is_decided_row_by_row_approved_and_undone(walk: Walk) -> None:
    page = walk.as_("manager")
    page.goto("/referral-lists")
    assert_finished(page)
    page.get_by_role("link", name="youth-justice-november.csv").click()
    assert_finished(page)
    page.get_by_label("Decision for row 3").select_option(label="Leave out")
    page.get_by_role("button", name="Save row 3").click()
    expect(page.get_by_role("alert")).to_contain_text("Decided")
    _press(page, "Approve and take in")
    expect(page.get_by_role("alert")).to_contain_text("are in")
    assert_finished(page)
    _press(page, "Undo the list")
    expect(page.get_by_role("alert")).to_contain_text("undone")
    assert_finished(page)


def test_two_records_are_joined_and_taken_apart_again(walk: Walk) -> None:
    page = walk.as_("manager")
    page.goto("/people?q=fairbank+adam")
    page.get_by_role("link", name=re.compile("Fairbank(?!s)")).first.click()
    page.get_by_role("link", name="Is this the same person as somebody else?").click()
    assert_finished(page)
    page.get_by_label(re.compile("Fairbanks")).check()
    page.get_by_label("How do you know?").fill(
        "The same date of birth, and the names the other way round"
    )
    _press(page, "Join that record to this one")
    expect(page.get_by_role("alert")).to_contain_text("joined")
    page.goto("/people?q=fairbanks")
    page.get_by_role("link", name=re.compile("Fairbanks")).first.click()
    page.get_by_role("link", name="Take the records apart").click()
    assert_finished(page)
    page.get_by_label("Why are they two people after all?").fill("Cousins, it turned out")
    _press(page, "Take the records apart")
    expect(page.get_by_role("alert")).to_contain_text("apart")


def test_need_that_nobody_meets_is_counted_and_drawn(walk: Walk) -> None:
    page = walk.as_("manager")
    page.goto("/unmet-need")
    assert_finished(page)
    picture = page.get_by_role("img", name=re.compile("People by quarter and reason"))
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    row = page.get_by_role("row", name=re.compile("Woman causing harm"))
    expect(row.first).to_be_visible()


def test_a_case_owner_finds_what_they_typed_after_the_time_is_out(walk: Walk) -> None:
    page = walk.as_("case-owner")
    page.goto("/referrals/new")
    page.get_by_role("button", name="Begin a referral").click()
    page.get_by_role("link", name="The person").click()
    page.get_by_label("First name").fill("Half-typed")
    with page.expect_response("**/person/typed") as kept:
        page.get_by_label("Last name").press_sequentially("Unsaved")
    assert kept.value.status == 204
    step = page.url
    page.context.clear_cookies()
    page.goto(step)
    expect(page.locator("h1")).to_contain_text("Sign in")
    page.locator('button[name="role"][value="case-owner"]').click()
    page.wait_for_url(step)
    expect(page.get_by_label("First name")).to_have_value("Half-typed")
    expect(page.get_by_label("Last name")).to_have_value("Unsaved")
    assert_finished(page)


NAME, CODE = "Invented Change", "invented-change"


def test_a_programme_made_by_form_takes_need_opens_and_runs_a_group_of_26_weeks(
    walk: Walk,
) -> None:
    page = walk.as_("manager")
    _plan_the_programme(page)
    referral = _refer(page)
    page.goto(f"/referrals/{referral}/decide")
    page.locator('input[name="outcome"][value="suitable"]').check()
    _press(page, "Record the decision")
    page.goto(f"/programmes/{CODE}")
    page.locator('input[name="after"][value="open"]').check()
    _press(page, "Change the status")
    expect(page.get_by_role("alert")).to_contain_text("status is changed")
    _plan_a_group(page)
    page.goto(f"/referrals/{referral}/place")
    _take_the_first_place(page)
    expect(page.get_by_text("Newly-Planned").first).to_be_visible()
    assert_finished(page)


def _plan_the_programme(page: Page) -> None:
    page.goto("/programmes/new")
    _press(page, "Plan the programme")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_finished(page)
    fill_day(page, "valid_from", london_date(SystemClock().now()))
    typed = {
        "name": NAME,
        "sessions": "26",
        "modules": "1-10 Safety\n11-26 Respect",
        "minutes": "120",
        "slots_a_week": "1",
        "size_least": "4",
        "size_most": "12",
        "facilitators": "1",
        "percent_attended": "80",
        "referrer_contacts": "3",
        "source": "Board paper 12",
    }
    chosen = {
        "mixed_pair": "not asked",
        "risk_levels": "medium",
        "joining": "rolling",
        "completion": "share",
        "late": "there",
        "deadline": "none",
    }
    for name, value in chosen.items():
        page.locator(f'input[name="{name}"][value="{value}"]').check()
    for name, words in typed.items():
        page.locator(f'[name="{name}"]').fill(words)
    _press(page, "Plan the programme")
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page.get_by_text("At any session")).to_be_visible()
    assert_finished(page)


def _refer(page: Page) -> str:
    """As a partner's system does: the form has its own journey. The referral's id."""
    agency = page.request.get("/api/v1/agencies").json()["agencies"][0]["id"]
    body = {
        "person": {
            "first_name": "Ansel",
            "last_name": "Newly-Planned",
            "date_of_birth": "1990-01-02",
            "sex": "male",
        },
        "referral": {
            "programme": CODE,
            "agency": agency,
            "received_on": "2026-10-01",
            "route": "voluntary",
            "risk_level": "medium",
        },
        "children": {"contact_with_child": True},
        "needs": {"interpreter": False},
        "equality": {},
        "times": {"free_times": ["thursday morning"]},
        "law": {
            "legal_regime": "uk gdpr",
            "controller": "Leeds Invented Service",
            "lawful_basis": "public task",
        },
    }
    headers = {"Idempotency-Key": uuid4().hex}
    sent = page.request.post("/api/v1/referrals", data=body, headers=headers)
    assert sent.status == 201, sent.text()
    return str(sent.json()["id"])


def _plan_a_group(page: Page) -> None:
    page.goto("/cohorts/plan")
    page.get_by_label(NAME).check()
    fill_day(page, "first_day", wednesday() + timedelta(days=1))
    page.locator("#weekday").select_option(label="Thursday")
    page.locator("#starts").fill("10am")
    choose_room(page, "Moorview House, Large room")
    page.locator("input[name=facilitators]").first.check()
    page.locator("#capacity").fill("10")
    page.locator("input[name=sex][value=male]").check()
    _press(page, "Show the plan")
    expect(page.get_by_text("26").first).to_be_visible()
    assert_finished(page)
    _press(page, "Plan it")
    expect(page.locator("main")).to_contain_text(NAME)
    group = page.request.get(page.url.replace("/cohorts/", "/api/v1/cohorts/")).json()
    assert [one["number"] for one in group["sessions"]] == list(range(1, 27))


def test_other_help_a_consultation_and_an_accreditation_that_ends_soon(walk: Walk) -> None:
    today = london_date(SystemClock().now())
    page = walk.as_("probation")
    page.goto("/people")
    page.locator("main tbody a").first.click()
    page.get_by_role("link", name="Other help: onward referrals").click()
    page.locator("#kind").select_option(label="Housing")
    page.get_by_label("Service").fill("Invented Housing")
    fill_day(page, "referred_on", today - timedelta(days=1))
    _press(page, "Enter it")
    page.get_by_text("What became of Invented Housing?").click()
    page.get_by_label("Taken up", exact=True).check()
    assert_finished(page)
    _press(page, "Save what became of it")
    row = page.get_by_role("row", name=re.compile("Invented Housing"))
    expect(row).to_contain_text("Taken up")
    _give_a_consultation(walk.as_("facilitator"))
    page = walk.as_("manager")
    page.goto("/around")
    page.get_by_text("Enter an accreditation").click()
    page.locator("#accreditation-programme").select_option(label="CARA")
    page.get_by_label("Accredited by").fill("Invented Body")
    fill_day(page, "accreditation-awarded_on", today - timedelta(days=900))
    fill_day(page, "accreditation-expires_on", today + timedelta(days=100))
    _press(page, "Enter the accreditation")
    row = page.get_by_role("row", name=re.compile("Invented Body"))
    expect(row).to_contain_text("Renew soon")
    assert_finished(page)


def _give_a_consultation(page: Page) -> None:
    page.goto("/around")
    page.get_by_text("Enter a consultation").click()
    _press(page, "Enter the consultation")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_finished(page)
    page.locator("#consultation-agency").select_option(index=1)
    fill_day(page, "consultation-held_on", london_date(SystemClock().now()) - timedelta(days=1))
    page.get_by_label("Minutes").fill("45")
    page.get_by_label("Topic").fill("Words for a first visit")
    _press(page, "Enter the consultation")
    expect(page.get_by_role("row", name=re.compile("Words for a first visit"))).to_be_visible()
