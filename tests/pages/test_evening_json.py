"""What is written after a session, by the JSON interface: the same rules as the pages'."""

from typing import Any
from uuid import UUID

import pytest

from scheduling.attendance.commands import save_marks
from tests.attendance_case import (
    ABSENT,
    ATTENDED,
    FACILITATOR,
    MANAGER,
    OUTSIDER,
    Group,
    make_group,
    mark_and_sign_off,
)
from tests.cast import Company


@pytest.fixture
async def group(company: Company) -> Group:
    """Of three, one was not there."""
    made = await make_group(company)
    first, second, third = made.enrolments
    marks = {first: ATTENDED, second: ATTENDED, third: ABSENT}
    async with company.acting(FACILITATOR) as actor:
        await save_marks(made.past, marks, version=1, actor=actor, now=company.clock.now())
    return made


async def sent(company: Company, who: str, method: str, path: str, body: Any) -> tuple[int, Any]:
    async with await company.as_(who) as browser:
        answer = await browser.request(method, f"/api/v1{path}", json=body)
    return answer.status_code, answer.json()


async def test_a_note_is_written_and_a_stale_one_meets_what_stands(
    company: Company, group: Group
) -> None:
    note = f"/sessions/{group.past}/note"
    body = {"covered": "What children see", "homework": "A letter", "revision": 0}
    status, whole = await sent(company, FACILITATOR, "PUT", note, body)
    assert (status, whole["note"]["covered"]) == (200, "What children see")
    clash, stands = await sent(company, FACILITATOR, "PUT", note, {**body, "covered": "Other"})
    assert (clash, stands["current"]["covered"]) == (409, "What children see")
    for bad in ({"covered": " ", "revision": 1}, {"covered": "x" * 100_000, "revision": 1}, {}):
        assert (await sent(company, FACILITATOR, "PUT", note, bad))[0] in (400, 422)
    assert (await sent(company, OUTSIDER, "PUT", note, body))[0] == 404


async def test_nobody_takes_part_in_what_they_missed(company: Company, group: Group) -> None:
    path = f"/sessions/{group.past}/participation"
    first, _, third = map(str, group.enrolments)
    took = {"people": [{"enrolment_id": first, "engagement": "took part"}]}
    missed = {"people": [{"enrolment_id": third, "engagement": "took part"}]}
    status, whole = await sent(company, FACILITATOR, "PUT", path, took)
    assert status == 200
    assert [one["engagement"] for one in whole["participation"]].count("took part") == 1
    assert (await sent(company, FACILITATOR, "PUT", path, missed))[0] == 422


async def test_a_worry_is_raised_by_the_group_and_answered_by_a_manager(
    company: Company, group: Group
) -> None:
    path, person = f"/sessions/{group.past}/concerns", str(group.enrolments[0])
    body = {"person": person, "kind": "child at risk", "what": "Left alone"}
    status, whole = await sent(company, FACILITATOR, "POST", path, body)
    assert status == 201
    (worry,) = whole["concerns"]
    stranger = {**body, "person": str(UUID(int=7))}
    assert (await sent(company, FACILITATOR, "POST", path, stranger))[0] == 422
    answer = (f"/concerns/{worry['id']}", {"answer": "Called the social worker"})
    assert (await sent(company, FACILITATOR, "POST", *answer))[0] == 404
    status, still_open = await sent(company, MANAGER, "POST", *answer)
    assert status == 200
    assert worry["id"] not in [one["id"] for one in still_open]
    assert (await sent(company, MANAGER, "POST", *answer))[0] == 422


async def test_somebody_unlisted_is_noted_and_settled(company: Company, group: Group) -> None:
    path = f"/sessions/{group.past}/arrivals"
    body = {"called": "Json Comer", "stayed": "yes"}
    status, (noted,) = await sent(company, FACILITATOR, "POST", path, body)
    assert (status, noted["called"]) == (201, "Json Comer")
    bad = {"called": "Json Comer", "stayed": "perhaps"}
    assert (await sent(company, FACILITATOR, "POST", path, bad))[0] == 422
    settle = (f"/arrivals/{noted['id']}", {"settlement": "belongs to another group"})
    assert (await sent(company, FACILITATOR, "POST", *settle))[0] == 404
    status, left = await sent(company, MANAGER, "POST", *settle)
    assert (status, noted["id"] in [one["id"] for one in left]) == (200, False)


async def test_an_absence_is_judged_by_those_who_may(company: Company) -> None:
    group = await make_group(company, size=1)
    await mark_and_sign_off(company, group, ABSENT)
    (person,) = group.people
    _, (mark,) = await sent(company, MANAGER, "GET", f"/people/{person}/attendance", None)
    path = f"/people/{person}/attendance/{mark['id']}"
    verdict = {"verdict": "acceptable", "note": "A funeral"}
    assert (await sent(company, FACILITATOR, "POST", path, verdict))[0] == 404
    assert (await sent(company, MANAGER, "POST", path, {"verdict": "perhaps"}))[0] == 422
    status, (judged,) = await sent(company, MANAGER, "POST", path, verdict)
    assert (status, judged["verdict"]) == (200, "acceptable")


async def test_feedback_is_asked_for_and_answered_signed_out(
    company: Company, group: Group
) -> None:
    path = f"/places/{group.enrolments[0]}/feedback"
    status, asked = await sent(company, FACILITATOR, "POST", path, None)
    assert (await sent(company, OUTSIDER, "POST", path, None))[0] == 404
    async with await company.as_(FACILITATOR) as browser:
        page = await browser.get(asked["path"])
    assert (status, page.status_code) == (201, 200)
