"""Partner systems send referrals: once, whole, or refused field by field."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from programmes.common.db import Side
from tests.cast import Company
from tests.referral_case import a_referral, send

CAUTION = {"programme": "cara", "route": "conditional caution", "risk_level": "standard"}


@pytest.mark.parametrize("role", ["case-owner", "probation", "iom"])
async def test_a_partner_sends_a_referral_and_sees_it(company: Company, role: str) -> None:
    async with await company.as_(role) as browser:
        answer = await send(browser, await a_referral(company))
        assert answer.status_code == 201, answer.text
        found = await browser.get(answer.headers["location"])
        page = await browser.get(f"/referrals/{answer.json()['id']}")
    assert found.json()["status"] == "received"
    for words in ("Public task", "Work pattern", "Monday evening", "robin@probation.example.org"):
        assert words in page.text


async def test_roles_without_the_right_find_nothing_there(company: Company) -> None:
    for role in ("facilitator", "auditor", "board"):
        async with await company.as_(role) as browser:
            assert (await send(browser, await a_referral(company))).status_code == 404


async def test_twenty_at_once_with_one_key_are_one_referral(company: Company) -> None:
    body, key = await a_referral(company), uuid4().hex
    async with await company.as_("probation") as browser:
        answers = await asyncio.gather(*(send(browser, body, key) for _ in range(20)))
        other = await send(browser, await a_referral(company), key)
    assert {a.status_code for a in answers} == {201}
    assert len({a.text for a in answers}) == 1
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["errors"]
    async with company.owner(Side.WORK) as owner:
        rows = await owner.fetchval(
            "SELECT count(*) FROM referral r JOIN person p ON p.id = r.person_id "
            "WHERE p.last_name = $1",
            body["person"]["last_name"],
        )
    assert rows == 1


async def test_without_a_usable_key_nothing_is_read(company: Company) -> None:
    async with await company.as_("probation") as browser:
        for headers in (
            {},
            {"Idempotency-Key": "short"},
            {"Idempotency-Key": "with a space in it"},
        ):
            answer = await browser.post("/api/v1/referrals", json={}, headers=headers)
            assert answer.status_code == 422
            assert list(answer.json()["errors"]) == ["Idempotency-Key"]


REFUSED: list[tuple[str, dict[str, dict[str, Any]]]] = [
    ("person.date_of_birth", {"person": {"date_of_birth": "2031-01-01"}}),
    ("person.date_of_birth", {"person": {"date_of_birth": "1990-02-31"}}),
    ("person.date_of_birth", {"person": {"date_of_birth": "yesterday"}}),
    ("person.date_of_birth", {"person": {"date_of_birth": {"year": 1990}}}),
    ("children.children_born", {"children": {"children_born": [1940]}}),
    ("children.children_born", {"children": {"children_born": [2050]}}),
    ("children.children_born", {"children": {"children_born": "two"}}),
    ("children.contact_with_child", {"children": {"contact_with_child": False}}),
    ("referral.route", {"referral": {**CAUTION, "route": "voluntary"}}),
    ("deadline.deadline_on", {"referral": CAUTION}),
    ("deadline.deadline_on", {"referral": CAUTION, "deadline": {"deadline_on": "2026-09-30"}}),
    ("person.first_name", {"person": {"first_name": "x" * 10_000}}),
    ("person.first_name", {"person": {"first_name": "Sam\u202eevil"}}),
    ("person.first_name", {"person": {"first_name": "Sa\u200bm"}}),
    ("person.first_name", {"person": {"first_name": None}}),
    ("referral.worker_email", {"referral": {"worker_email": "a@example.org\nBcc: x@example.org"}}),
    ("referral.received_on", {"referral": {"received_on": "2099-01-01"}}),
    ("referral.programme", {"referral": {"programme": "no-such"}}),
    ("law.lawful_basis", {"law": {"lawful_basis": "law enforcement task"}}),
    ("times.free_times", {"times": {"free_times": ["whenever"]}}),
    ("needs.shoe_size", {"needs": {"shoe_size": 9}}),
    ("sweets", {"sweets": {}}),
]


@pytest.mark.parametrize(("field", "changes"), REFUSED)
async def test_what_cannot_be_is_said_at_its_field(
    company: Company, field: str, changes: dict[str, dict[str, Any]]
) -> None:
    body = await a_referral(company, changes)
    async with await company.as_("probation") as browser:
        answer = await send(browser, body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [field]
    assert len(answer.json()["errors"][field]) > 10


async def test_every_mistake_is_told_at_once(company: Company) -> None:
    async with await company.as_("probation") as browser:
        answer = await send(browser, {})
    assert {"person.first_name", "referral.route", "law.controller"} < set(answer.json()["errors"])


async def test_names_in_any_script_are_kept(company: Company) -> None:
    name = f"عبدالله {uuid4().hex[:6]}"
    body = await a_referral(company, {"person": {"last_name": name}})
    async with await company.as_("probation") as browser:
        answer = await send(browser, body)
        person = await browser.get(f"/api/v1/people/{answer.json()['person_id']}")
    assert person.json()["last_name"] == name


async def test_somebody_on_record_is_asked_about_and_never_joined_unasked(
    company: Company,
) -> None:
    body = await a_referral(company)
    async with await company.as_("probation") as browser:
        first = (await send(browser, body)).json()
        again = await send(browser, body)
        assert list(again.json()["errors"]) == ["same_person"]
        assert first["person_id"] in again.text
        same = await send(browser, {**body, "same_person": first["person_id"]})
        assert "open referral" in same.json()["detail"]
        other = (await send(browser, {**body, "same_person": "somebody-new"})).json()
    assert other["person_id"] != first["person_id"]
    async with await company.as_("case-owner") as browser:
        unseen = await send(browser, body)
        assert unseen.status_code == 201, "another caseload's record is not given away"
        hidden = await send(browser, {**body, "person_id": first["person_id"]})
    assert hidden.status_code == 404
