"""What survivors are asked is the survivor lead's to change; each answer keeps its questions."""

from datetime import date, timedelta
from typing import Any

import pytest

from outcomes.survivors.check_in_commands import NewCheckIn, record_check_in
from outcomes.survivors.words import Timepoint
from programmes.common.db import Side
from programmes.common.errors import Invalid
from programmes.common.staff import Role
from tests.cast import Company
from tests.survivor_case import LEAD, WORKER, now, sealing, submission, survivor, today

WHY = "Workers asked for it"


async def _latest(company: Company) -> dict[str, Any]:
    async with await company.as_(WORKER) as browser:
        answer = await browser.get("/api/v1/questionnaires")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()[-1]["questionnaire"])


def _asks(version: dict[str, Any]) -> dict[str, str]:
    return {one["code"]: one["asks"] for one in version["questions"]}


async def _next_day(company: Company) -> date:
    """Far from any day on which the other tests ask somebody."""
    latest = date.fromisoformat((await _latest(company))["valid_from"])
    return max(latest, date(2090, 1, 1)) + timedelta(days=1)


async def _added(company: Company, **asks: str) -> str:
    """By program; answers the code of the version."""
    sent = {
        "valid_from": str(await _next_day(company)),
        "based_on": "Plainer words",
        "asks": {**_asks(await _latest(company)), **asks},
    }
    async with await company.as_(LEAD) as browser:
        answer = await browser.post("/api/v1/questionnaires", json=sent)
    assert answer.status_code == 201, answer.text
    return str((await _latest(company))["code"])


async def test_the_lead_adds_a_version_on_a_page_and_the_old_one_stands(company: Company) -> None:
    day, words = await _next_day(company), f"Do they own up? {now().timestamp()}"
    async with await company.as_(LEAD) as browser:
        before = (await browser.get("/questionnaires")).text
        blank = (await browser.get("/questionnaires/new")).text
        assert "How safe from violence and abuse do you feel?" in blank
        form = {
            **submission(blank),
            **_asks(await _latest(company)),
            "his_awareness": words,
            "valid_from-day": str(day.day),
            "valid_from-month": str(day.month),
            "valid_from-year": str(day.year),
            "based_on": WHY,
        }
        refused = await browser.post("/questionnaires/new", data={**form, "feels_safe": ""})
        assert refused.status_code == 422
        saved = await browser.post("/questionnaires/new", data=form)
        assert saved.status_code == 303, saved.text
        after = (await browser.get("/questionnaires")).text
    assert words in after
    assert words not in before
    assert "Do they see what their behaviour does to you and the children?" in after
    async with company.owner(Side.SURVIVOR) as owner:
        reason = await owner.fetchval(
            "SELECT reason FROM audit.entry WHERE act = 'add-questionnaire' AND reason = $1", WHY
        )
    assert reason == WHY


async def test_an_answer_belongs_to_the_version_that_was_shown(company: Company) -> None:
    """A version that does not ask about stalking refuses the answer, whatever is asked today."""
    code, case = await _added(company, stalking=""), await survivor(company)
    new = NewCheckIn(
        link_id=case.link_id,
        timepoint=Timepoint.START,
        asked_on=today(),
        answers={"feels_safe": 2, "stalking": 1},
        questionnaire=code,
    )
    with pytest.raises(Invalid) as refused:
        async with company.acting(WORKER) as actor:
            await record_check_in(
                case.survivor_id, new, sealing=sealing(company), actor=actor, now=now()
            )
    assert set(refused.value.errors) == {"stalking"}
    async with await company.as_(WORKER) as browser:
        shown = (await browser.get(f"{case.page}/check-ins/new")).text
        assert "check-ins/new?questions=six%20themes%201" in shown
        sent = {
            **submission(shown),
            "link": str(case.link_id),
            "timepoint": "start",
            "asked_on-day": str(today().day),
            "asked_on-month": str(today().month),
            "asked_on-year": str(today().year),
            "feels_safe": "4",
            "police_called": "no",
        }
        path = f"{case.page}/check-ins/new?questions={code.replace(' ', '+')}"
        saved = await browser.post(path, data=sent)
        assert saved.status_code == 303, saved.text
        (kept,) = (await browser.get(f"/api/v1{case.page}/check-ins")).json()
        assert (kept["questionnaire"], kept["answers"]) == (code, {"feels_safe": 4})
        nowhere = await browser.post(f"{case.page}/check-ins/new?questions=none", data=sent)
        assert nowhere.status_code == 404


async def test_no_check_in_is_older_than_what_was_asked_first(company: Company) -> None:
    case = await survivor(company)
    before_anything = {
        "link_id": str(case.link_id),
        "timepoint": "middle",
        "asked_on": "2017-12-31",
        "answers": {"feels_safe": 4},
    }
    async with await company.as_(WORKER) as browser:
        too_early = await browser.post(f"/api/v1{case.page}/check-ins", json=before_anything)
    assert too_early.status_code == 422, too_early.text
    assert "Nothing was asked before 1 January 2018" in too_early.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": "2020-01-01"},
        {"asks": {"feels_safe": "?", "shoe_size": "?"}},
        {"asks": {"stalking": "?"}},
        {"based_on": ""},
    ],
)
async def test_a_version_that_cannot_be_is_refused(company: Company, wrong: dict[str, Any]) -> None:
    sent = {
        "valid_from": str(await _next_day(company)),
        "based_on": "Because",
        "asks": {"feels_safe": "How safe?"},
    }
    async with await company.as_(LEAD) as browser:
        answer = await browser.post("/api/v1/questionnaires", json=sent | wrong)
    assert answer.status_code in (400, 422), answer.text


async def test_a_worker_reads_what_is_asked_and_nobody_else_changes_it(company: Company) -> None:
    async with await company.as_(WORKER) as browser:
        page = (await browser.get("/questionnaires")).text
        assert "Six themes 1" in page
        assert "Add a version" not in page
        assert (await browser.get("/questionnaires/new")).status_code == 404
        assert (await browser.post("/api/v1/questionnaires", json={})).status_code == 404
    async with await company.as_(Role.MANAGER) as browser:
        assert (await browser.get("/questionnaires")).status_code == 404
