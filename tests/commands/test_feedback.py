"""Participants say what they thought: once, without a name, shown where enough have answered."""

import re
from uuid import UUID

import pytest

from outcomes.feedback.commands import ask_for_feedback, give_feedback
from outcomes.feedback.queries import feedback
from outcomes.feedback.words import LEAST_SHOWN, STATEMENTS
from programmes.common.db import Side, fetch
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.security.policies import Logins
from tests.attendance_case import FACILITATOR, MANAGER, OUTSIDER, Group, make_group
from tests.cast import Company

AGREED = {one.code: 4 for one in STATEMENTS}


@pytest.fixture
async def group(company: Company) -> Group:
    return await make_group(company, size=LEAST_SHOWN + 1)


async def _ask(company: Company, place: UUID, who: str = FACILITATOR) -> str:
    async with company.acting(who) as actor:
        return await ask_for_feedback(place, actor=actor, now=company.clock.now())


async def _give(company: Company, token: str, answers: dict[str, int] = AGREED) -> None:
    async with company.databases.transaction(Logins(Side.WORK).web):
        await give_feedback(token, answers)


async def test_somebody_answers_once_and_nothing_leads_back_to_them(
    company: Company, group: Group
) -> None:
    token = await _ask(company, group.enrolments[0])
    await _give(company, token)
    with pytest.raises(NotFound):
        await _give(company, token)
    with pytest.raises(Refused, match="already"):
        await _ask(company, group.enrolments[0])
    async with company.owner(Side.WORK) as owner:
        columns = await owner.fetch(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'feedback_answers'"
        )
        row = await owner.fetchrow("SELECT id, month FROM feedback_answers LIMIT 1")
    assert {name for (name,) in columns} == {"id", "programme_id", "month", "answers"}
    assert (row["id"].version, row["month"].day) == (4, 1)


async def test_a_later_invitation_ends_the_one_before(company: Company, group: Group) -> None:
    first = await _ask(company, group.enrolments[0])
    second = await _ask(company, group.enrolments[0])
    with pytest.raises(NotFound):
        await _give(company, first)
    await _give(company, second)


async def test_nobody_of_another_group_asks_and_no_token_opens_nothing(
    company: Company, group: Group
) -> None:
    with pytest.raises(NotFound):
        await _ask(company, group.enrolments[0], OUTSIDER)
    for token in ("", "x", "A" * 43):
        with pytest.raises(NotFound):
            await _give(company, token)
    async with company.stranger() as browser:
        assert (await browser.get("/feedback/" + "A" * 43)).status_code == 404


@pytest.mark.parametrize("bad", [{}, {"respect": 5}, {**AGREED, "respect": 6}, {**AGREED, "x": 1}])
async def test_every_statement_is_answered_on_its_scale(
    company: Company, group: Group, bad: dict[str, int]
) -> None:
    token = await _ask(company, group.enrolments[0])
    with pytest.raises(Invalid):
        await _give(company, token, bad)


async def test_answers_are_shown_in_numbers_once_there_are_enough(
    company: Company, group: Group
) -> None:
    for place in group.enrolments:
        await _give(company, await _ask(company, place))
    async with company.acting(MANAGER) as manager:
        (found,) = [one for one in await feedback(manager) if one.programme == "Caring Dads"]
        alone = await fetch("SELECT * FROM auth.feedback_counts($1)", found.answered + 1)
    assert found.answered >= LEAST_SHOWN
    assert all(sum(one.counts) == found.answered for one in found.results)
    assert [row for row in alone if row["programme"] == "Caring Dads"] == []
    async with company.acting(FACILITATOR):
        assert await fetch("SELECT * FROM auth.feedback_counts(1)") == []
    async with await company.as_(FACILITATOR) as browser:
        assert (await browser.get("/feedback")).status_code == 404
    async with await company.as_(MANAGER) as browser:
        page = await browser.get("/feedback")
        assert "I was treated with respect." in page.text


async def test_the_tablet_is_handed_over_signed_out(company: Company, group: Group) -> None:
    here = f"/places/{group.enrolments[1]}/feedback"
    browser = company.stranger()
    token = await company.app.state.door.sign_in_demo(FACILITATOR, now=company.clock.now())
    browser.cookies.set("waymark", token.text)
    async with browser:
        asked = await browser.get(here)
        found = re.search(r'name="submission" value="([^"]+)"', asked.text)
        assert found
        sent = {"submission": found[1], "then": "tablet"}
        handed = await browser.post(here, data=sent)
        assert handed.status_code == 303
        form = await browser.get(handed.headers["location"])
        assert "I was treated with respect." in form.text
        browser.cookies.set("waymark", token.text)
        assert (await browser.get("/cohorts")).status_code == 303
        empty = await browser.post(handed.headers["location"], data={"respect": "5"})
        submission = re.search(r'name="submission" value="([^"]+)"', form.text)
        assert submission
        answers = {one.code: "5" for one in STATEMENTS}
        sent = {**answers, "submission": submission[1], "version": ""}
        given = await browser.post(handed.headers["location"], data=sent)
        again = await browser.get(handed.headers["location"])
    assert empty.status_code == 422
    assert "Thank you" in given.text
    assert again.status_code == 404
