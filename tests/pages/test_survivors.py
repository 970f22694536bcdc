"""The survivor worker's pages: her own survivors, opened with care, and nobody else's."""

import re
from datetime import timedelta

from outcomes.survivors.words import ConsentKind
from programmes.common.db import Side
from tests.cast import Company
from tests.survivor_case import (
    NAME,
    NUMBER,
    OTHER_WORKER,
    WORDS,
    WORKER,
    Case,
    person,
    submission,
    survivor,
    today,
)

CALLED = re.compile(r'name="channel"[^>]*value="call"[^>]*checked')
OPEN_FORM = '<details class="govuk-details" open>'
CHECK_IN = {
    "timepoint": "start",
    "asked_on-day": "1",
    "asked_on-month": "1",
    "asked_on-year": "2026",
    "reached_by": "call",
    "respectful_communication": "2",
    "freedom_to_act": "1",
    "feels_safe": "3",
    "shared_parenting": "none",
    "his_awareness": "none",
    "children_feel_safe": "4",
    "physical_abuse": "0",
    "sexual_abuse": "none",
    "controlling_behaviour": "4",
    "stalking": "none",
    "economic_abuse": "2",
    "police_called": "no",
    "words": WORDS,
    "may_quote": "yes",
}


def day(name: str, on: object) -> dict[str, str]:
    return dict(
        zip((f"{name}-year", f"{name}-month", f"{name}-day"), str(on).split("-"), strict=True)
    )


async def record(company: Company, case: Case, **changed: str) -> tuple[int, str]:
    async with await company.as_(WORKER) as browser:
        form = await browser.get(f"{case.page}/check-ins/new")
        assert form.status_code == 200, form.text
        sent = {
            **submission(form.text),
            **CHECK_IN,
            **day("asked_on", today()),
            "link": str(case.link_id),
            **changed,
        }
        answer = await browser.post(f"{case.page}/check-ins/new", data=sent)
        return answer.status_code, answer.headers.get("location") or answer.text


async def test_a_worker_sees_her_survivor_and_him_behind_the_bridge(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        listed = await browser.get("/survivors")
        opened = await browser.get(case.page)
    assert NAME in listed.text
    assert "Barnaby Oxenholme" in listed.text
    assert NAME in opened.text
    assert case.reference in opened.text


async def test_an_outsider_worker_sees_nothing_at_all(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(OTHER_WORKER) as browser:
        listed = await browser.get("/survivors")
        assert str(case.survivor_id) not in listed.text
        for path in ("", "/check-ins", "/check-ins/new", "/safe-contact", "/consents/contact"):
            assert (await browser.get(f"{case.page}{path}")).status_code == 404, path
        assert (await browser.post(f"{case.page}/show-contact")).status_code == 404
        assert (await browser.get(f"/api/v1{case.page}/check-ins")).status_code == 404


async def test_a_safe_contact_stays_hidden_until_somebody_asks_and_the_asking_is_logged(
    company: Company,
) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        assert NUMBER not in (await browser.get(case.page)).text
        shown = await browser.post(f"{case.page}/show-contact")
    assert NUMBER in shown.text
    async with company.owner(Side.SURVIVOR) as hers:
        logged = await hers.fetchval(
            "SELECT count(*) FROM audit.entry WHERE act = 'show-safe-contact' AND row_id = $1",
            str(case.survivor_id),
        )
    assert logged == 1


async def test_whoever_looked_the_contact_up_logs_what_came_of_it_beside_it(
    company: Company,
) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        hidden = (await browser.get(case.page)).text
        shown = (await browser.post(f"{case.page}/show-contact")).text
    assert CALLED.search(shown)
    assert not CALLED.search(hidden)
    assert OPEN_FORM in shown
    assert OPEN_FORM not in hidden
    assert f'href="{case.page}/check-ins/new"' in shown


async def test_a_contact_reviewed_over_90_days_ago_is_blocked(company: Company) -> None:
    case = await survivor(company, reviewed=timedelta(days=91))
    async with await company.as_(WORKER) as browser:
        opened = await browser.get(case.page)
        shown = await browser.post(f"{case.page}/show-contact")
    assert "Review overdue" in opened.text
    assert shown.status_code == 404
    assert NUMBER not in shown.text


async def test_consent_withdrawn_blocks_contact_and_questions(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        form = await browser.get(f"{case.page}/consents/contact")
        sent = {**submission(form.text), "answer": "no", **day("answered_on", today())}
        assert (await browser.post(f"{case.page}/consents/contact", data=sent)).status_code == 303
        opened = await browser.get(case.page)
        shown = await browser.post(f"{case.page}/show-contact")
    assert "No consent" in opened.text
    assert shown.status_code == 404
    status, text = await record(company, case)
    assert status == 422
    assert "They have not agreed to be contacted." in text


async def test_a_check_in_is_recorded_once_and_shown(company: Company) -> None:
    case = await survivor(company)
    status, went_to = await record(company, case)
    assert (status, went_to) == (303, f"{case.page}/check-ins")
    async with await company.as_(WORKER) as browser:
        shown = await browser.get(went_to)
    assert WORDS in shown.text
    assert "3 of 5" in shown.text
    assert "Always" in shown.text
    status, text = await record(company, case)
    assert status == 422
    assert "recorded already" in text


async def test_the_childrens_worker_answers_on_a_page_of_their_own(company: Company) -> None:
    case = await survivor(company)
    path = f"{case.page}/check-ins/childrens-worker"
    async with await company.as_(WORKER) as browser:
        form = await browser.get(path)
        assert "Physical" not in form.text
        sent = {
            **submission(form.text),
            **day("asked_on", today()),
            "link": str(case.link_id),
            "timepoint": "start",
            "children_feel_safe": "2",
        }
        strange = await browser.post(path, data={**sent, "physical_abuse": "2"})
        assert strange.status_code == 422
        assert (await browser.post(path, data=sent)).status_code == 303
        (row,) = (await browser.get(f"/api/v1{case.page}/check-ins")).json()
        body = {"link_id": str(case.link_id), "timepoint": "end", "asked_on": str(today())}
        of_hers = {**body, "source": "childrens worker", "answers": {"physical_abuse": 2}}
        wrong = await browser.post(f"/api/v1{case.page}/check-ins", json=of_hers)
    assert (row["source"], row["answers"]) == ("childrens worker", {"children_feel_safe": 2})
    assert wrong.status_code == 422
    assert "not asked of the children's worker" in wrong.text


async def test_a_check_in_without_any_answer_is_refused(company: Company) -> None:
    case = await survivor(company)
    none = {
        name: "none" for name, value in CHECK_IN.items() if name[:5] != "asked" and value in "01234"
    }
    status, text = await record(company, case, **none)
    assert status == 422
    assert "Give at least one answer" in text


async def test_taking_a_survivor_on_needs_a_whole_reference(company: Company) -> None:
    _, reference = await person(company)
    values = {
        "name": "Ottoline Brackenbury",
        "relationship": "mother",
        **day("linked_on", today()),
        **dict.fromkeys(("contact", "support", "outcomes"), "yes"),
        "sharing": "not-asked",
    }
    async with await company.as_(WORKER) as browser:
        for said, status in ((reference[:-1], 422), ("Oxenholme", 422), (reference.lower(), 303)):
            form = await browser.get("/survivors/new")
            sent = {**submission(form.text), **values, "person": said}
            answer = await browser.post("/survivors/new", data=sent)
            assert answer.status_code == status, said
        opened = await browser.get(answer.headers["location"])
    assert "Ottoline Brackenbury" in opened.text
    assert "Not asked yet" in opened.text


async def test_attempts_are_facts_and_three_silent_ones_mean_not_engaged(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        for _ in range(3):
            form = await browser.get(case.page)
            hidden = submission(form.text)
            sent = {**hidden, "channel": "call", "outcome": "no answer"}
            answer = await browser.post(f"{case.page}/attempts", data=sent)
            assert answer.status_code == 303, answer.text
        opened = await browser.get(case.page)
    assert "Not engaged" in opened.text


async def test_the_json_twin_says_the_same_and_never_the_contact(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        made = await browser.post(
            f"/api/v1{case.page}/check-ins",
            json={
                "link_id": str(case.link_id),
                "timepoint": "middle",
                "asked_on": str(today()),
                "answers": {"feels_safe": 4, "physical_abuse": 1},
            },
        )
        listed = await browser.get(f"/api/v1{case.page}/check-ins")
        wrong = await browser.post(
            f"/api/v1{case.page}/check-ins",
            json={
                "link_id": str(case.link_id),
                "timepoint": "end",
                "asked_on": str(today()),
                "answers": {"feels_safe": 6},
            },
        )
        whole = await browser.get(f"/api/v1{case.page}")
        everybody = await browser.get("/api/v1/survivors")
    assert made.status_code == 201, made.text
    assert listed.json()[0]["answers"] == {"feels_safe": 4, "physical_abuse": 1}
    assert wrong.status_code == 422
    assert whole.json()["survivor"]["name"] == NAME
    for text in (whole.text, everybody.text):
        assert NUMBER not in text


async def test_not_asked_yet_is_not_agreed(company: Company) -> None:
    case = await survivor(company, consents={ConsentKind.CONTACT: True})
    status, text = await record(company, case)
    assert status == 422
    assert "They have not agreed to outcome questions" in text


async def test_whoever_agrees_in_the_call_is_asked_in_the_call(company: Company) -> None:
    case = await survivor(company, consents={ConsentKind.CONTACT: True})
    async with await company.as_(WORKER) as browser:
        assert (
            "Do they agree to these questions?"
            in (await browser.get(f"{case.page}/check-ins/new")).text
        )
    status, _ = await record(company, case, agrees="yes")
    assert status == 303
    async with await company.as_(WORKER) as browser:
        (given, *_) = (await browser.get(f"/api/v1{case.page}/consents")).json()
        record_now = (await browser.get(f"/api/v1{case.page}")).json()
        assert "Do they agree" not in (await browser.get(f"{case.page}/check-ins/new")).text
    assert (given["kind"], given["is_given"]) == ("outcome questions", True)
    assert [one["outcome"] for one in record_now["attempts"]] == ["answered"]


async def test_whoever_does_not_agree_is_asked_nothing_and_it_is_kept(company: Company) -> None:
    case = await survivor(company, consents={ConsentKind.CONTACT: True})
    status, _ = await record(company, case, agrees="no")
    assert status == 303
    async with await company.as_(WORKER) as browser:
        (given, *_) = (await browser.get(f"/api/v1{case.page}/consents")).json()
        assert (await browser.get(f"/api/v1{case.page}/check-ins")).json() == []
    assert (given["kind"], given["is_given"]) == ("outcome questions", False)
