"""Whatever her worker does on a page, a program can do; and to others it is as if absent."""

import pytest

from tests.cast import Company
from tests.survivor_case import LEAD, NUMBER, OTHER_WORKER, WORKER, Case, person, survivor, today

CONTACT = {
    "channel": "call",
    "address": "01632 960999",
    "voicemail": "never",
    "days": ["monday"],
    "reviewed_on": str(today()),
}


def bodies(case: Case, reference: str) -> list[tuple[str, dict[str, object], int]]:
    """Address under her record, what is sent, and what it answers."""
    dash = {
        "link": str(case.link_id),
        "assessed_on": str(today()),
        "ticks": 15,
        "risk": "ticks",
        "referred_to": "nowhere",
        "held_where": "The service's file",
    }
    notice = {"link": str(case.link_id), "code": "risk raised", "is_urgent": False}
    linked = {"person": reference, "relationship": "uncle", "linked_on": str(today())}
    return [
        ("show-contact", {}, 200),
        ("safe-contact", {"contact": CONTACT, "version": 2}, 201),
        ("attempts", {"channel": "call", "outcome": "no answer"}, 201),
        ("links", linked, 201),
        ("consents/sharing", {"answer": "no", "answered_on": str(today())}, 201),
        ("risk", dash, 201),
        ("notices", notice, 201),
        (f"links/{case.link_id}/end", {}, 201),
        ("erase", {"reason": "They asked", "is_sure": True}, 201),
    ]


WRONG = (
    ("safe-contact", {"contact": {**CONTACT, "voicemail": "shout"}, "version": 2}),
    ("safe-contact", {"contact": CONTACT}),
    ("attempts", {"channel": "pigeon", "outcome": "no answer"}),
    ("links", {"person": "P-NOBODY", "relationship": "uncle", "linked_on": str(today())}),
    ("consents/sharing", {"answer": "perhaps", "answered_on": str(today())}),
    ("risk", {"ticks": 99}),
    ("notices", {"code": "she told us"}),
    ("erase", {"reason": "They asked", "is_sure": False}),
    ("erase", {"reason": "They asked", "is_sure": True, "more": 1}),
)


async def test_every_part_of_the_record_is_written_by_json(company: Company) -> None:
    case, (_, reference) = await survivor(company), await person(company)
    async with await company.as_(WORKER) as browser:
        for part, body, status in bodies(case, reference):
            answer = await browser.post(f"/api/v1{case.page}/{part}", json=body)
            assert answer.status_code == status, (part, answer.text)
            if part == "show-contact":
                assert answer.json()["address"] == NUMBER
        consents = (await browser.get(f"/api/v1{case.page}/consents")).json()
        assert [one["is_given"] for one in consents if one["kind"] == "sharing"] == [False, True]
        record = (await browser.get(f"/api/v1{case.page}")).json()
        assert record["survivor"]["is_erased"] is True
        assert len(record["links"]) == 2


@pytest.mark.parametrize(("part", "body"), WRONG, ids=lambda one: str(one)[:30])
async def test_what_no_form_would_take_json_does_not_either(
    company: Company, part: str, body: dict[str, object]
) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        answer = await browser.post(f"/api/v1{case.page}/{part}", json=body)
    assert answer.status_code in (400, 422), answer.text


async def test_to_another_worker_and_to_the_lead_it_is_absent(company: Company) -> None:
    case, (_, reference) = await survivor(company), await person(company)
    for email in (OTHER_WORKER, LEAD):
        async with await company.as_(email) as browser:
            for part, body, _ in bodies(case, reference):
                answer = await browser.post(f"/api/v1{case.page}/{part}", json=body)
                assert answer.status_code == 404, (email, part, answer.text)


async def test_the_lead_decides_on_notices_by_json(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        body = {"link": str(case.link_id), "code": "risk raised", "is_urgent": False}
        (asked,) = (await browser.post(f"/api/v1{case.page}/notices", json=body)).json()
        recall = f"/api/v1{case.page}/notices/{asked['id']}/recall"
        assert (await browser.post(recall)).json()[0]["status"] == "recalled"
        body["code"] = "do not discuss"
        asked = (await browser.post(f"/api/v1{case.page}/notices", json=body)).json()[0]
    async with await company.as_(LEAD) as browser:
        listed = (await browser.get("/api/v1/notice-requests")).json()
        assert asked["id"] in {one["id"] for one in listed}
        for act, status in (("release", 201), ("decline", 422)):
            answer = await browser.post(f"/api/v1/notice-requests/{asked['id']}/{act}")
            assert answer.status_code == status, answer.text
