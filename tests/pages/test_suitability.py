"""Suitability: every criterion answered, all reasons at once, two people where one is not met."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest

from programmes.common.db import Side
from tests.cast import Company
from tests.referral_case import a_referral, send

MET = {
    "father": {"answer": "yes"},
    "contact-with-child": {"answer": "yes"},
    "child-sexual-abuse": {"answer": "no"},
    "professional-engaged": {"answer": "yes"},
    "proceedings-will-end-contact": {"answer": "no"},
}
SECOND = "manager.two@waymark.example"


async def _received(company: Company, **changes: Any) -> str:
    async with await company.as_("probation") as browser:
        answer = await send(browser, await a_referral(company, changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _decide(browser: httpx.AsyncClient, referral: str, **said: Any) -> httpx.Response:
    body = {"outcome": "suitable", "version": 1, "answers": MET, **said}
    return await browser.post(f"/api/v1/referrals/{referral}/decide", json=body)


async def test_the_form_asks_every_criterion_and_the_referrer_is_told_no_more_than_the_outcome(
    company: Company,
) -> None:
    referral = await _received(company)
    async with await company.as_("manager") as browser:
        form = await browser.get(f"/referrals/{referral}/decide")
        names = re.findall(r'<input class="govuk-radios__input" id="(\w+)"', form.text)
        assert {"father", "contact_with_child", "child_sexual_abuse", "outcome"} <= set(names)
        carried = {
            name: re.search(rf'name="{name}" value="([^"]*)"', form.text)[1]  # type: ignore[index]
            for name in ("submission", "version")
        }
        answers = {name.replace("-", "_"): said["answer"] for name, said in MET.items()}
        sent = {**carried, **answers, "father_note": "Two children, clinical-word"}
        done = await browser.post(
            f"/referrals/{referral}/decide",
            data={**sent, "outcome": "suitable", "note": "clinical-note"},
        )
        assert done.status_code == 303, done.text
        seen = (await browser.get(f"/referrals/{referral}")).text
        assert "clinical-word" in seen
        assert "Version 1" in seen
    async with await company.as_("probation") as browser:
        page = await browser.get(f"/referrals/{referral}")
        twin = await browser.get(f"/api/v1/referrals/{referral}/suitability")
        timeline = await browser.get(f"/people/{twin_person(page)}/timeline")
    assert "found suitable and are on the waiting list" in page.text
    assert twin.json()["decisions"] == []
    assert "clinical" not in page.text + twin.text + timeline.text


def twin_person(page: httpx.Response) -> str:
    found = re.search(r"/people/([0-9a-f-]{36})", page.text)
    assert found
    return found[1]


async def test_everything_that_stands_against_is_told_at_once(company: Company) -> None:
    referral = await _received(company, referral={"risk_level": "standard"})
    wrong = {**MET, "father": {"answer": "no"}, "child-sexual-abuse": {"answer": "yes"}}
    del wrong["professional-engaged"]
    async with await company.as_("manager") as browser:
        answer = await _decide(browser, referral, answers=wrong)
        after = (await browser.get(f"/api/v1/referrals/{referral}")).json()
    assert answer.status_code == 422
    for words in ("father", "sexual", "risk", "Not known yet", "second person"):
        assert words.lower() in answer.text.lower(), words
    assert after["status"] == "received"


async def test_an_override_needs_its_reason_and_somebody_else(company: Company) -> None:
    referral = await _received(company)
    wrong = {**MET, "professional-engaged": {"answer": "no"}}
    path = f"/api/v1/referrals/{referral}/override"
    async with await company.as_("manager") as browser:
        asked = await _decide(browser, referral, answers=wrong, override_reason="Joint plan")
        assert asked.json()["override"]["reason"] == "Joint plan"
        twice = await _decide(browser, referral, answers=wrong, override_reason="Again")
        own = await browser.post(path, json={"is_agreed": True})
        waits = (await browser.get(f"/api/v1/referrals/{referral}")).json()
        assert "Somebody else" in own.text
        assert "already" in twice.text
        assert waits["status"] == "received"
        assert "somebody else has to agree" in (await browser.get(f"/referrals/{referral}")).text
    async with await company.as_("probation") as browser:
        assert (await browser.post(path, json={"is_agreed": True})).status_code == 404
    async with await company.as_(SECOND) as browser:
        assert "Joint plan" in (await browser.get(f"/referrals/{referral}")).text
        agreed = await browser.post(path, json={"is_agreed": True})
        again = await browser.post(path, json={"is_agreed": True})
        after = (await browser.get(f"/api/v1/referrals/{referral}")).json()
    assert after["status"] == "waiting"
    assert agreed.json()["decisions"][0]["override_reason"] == "Joint plan"
    assert again.status_code == 409


async def test_who_is_not_suitable_has_a_coded_reason(company: Company) -> None:
    referral = await _received(company)
    async with await company.as_("manager") as browser:
        bare = await _decide(browser, referral, outcome="not suitable", answers={})
        assert list(bare.json()["errors"]) == ["reason_code"]
        done = await _decide(
            browser, referral, outcome="not suitable", reason_code="language", answers={}
        )
        stale = await _decide(browser, referral)
        same = await _decide(browser, referral, outcome="not suitable", reason_code="other")
    assert done.json()["decisions"][0]["reason_code"] == "language"
    assert stale.status_code == 409, "somebody decided meanwhile"
    assert len(same.json()["decisions"]) == 1, "a repeat is no change"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE referral SET status = 'enrolled' WHERE id = $1",
        "UPDATE referral SET status = 'offered' WHERE id = $1",
        "INSERT INTO referral_move (id, referral_id, person_id, before, after, moved_at, moved_by) "
        "SELECT gen_random_uuid(), id, person_id, 'received', 'enrolled', now(), created_by "
        "FROM referral WHERE id = $1",
        "INSERT INTO referral_move (id, referral_id, person_id, before, after, moved_at, moved_by) "
        "SELECT gen_random_uuid(), id, person_id, 'received', 'closed', now(), created_by "
        "FROM referral WHERE id = $1",
        "UPDATE referral SET status = 'checked' WHERE id = $1",
    ],
)
async def test_the_database_itself_refuses_other_moves(company: Company, statement: str) -> None:
    """Also as the tables' owner; the last is allowed by the table but has no history."""
    import asyncpg

    referral = await _received(company)
    async with company.owner(Side.WORK) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', false)")
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute(statement, referral)


async def test_a_made_up_referral_is_absent(company: Company) -> None:
    async with await company.as_("manager") as browser:
        assert (await browser.get(f"/referrals/{uuid4()}/decide")).status_code == 404
        assert (await _decide(browser, str(uuid4()))).status_code == 404
