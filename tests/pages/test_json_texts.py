"""Texts by JSON: no longer than on a form, and without characters that nothing can store."""

from typing import Any
from uuid import UUID

import pytest

from tests.cast import Company

NOBODY = str(UUID(int=7))


@pytest.mark.parametrize(
    ("method", "path", "sent", "role"),
    [
        (
            "PUT",
            f"/api/v1/sessions/{NOBODY}/register",
            {"version": 0, "marks": [{"enrolment_id": NOBODY, "code": "late", "note": "x" * 4001}]},
            "facilitator",
        ),
        (
            "POST",
            f"/api/v1/marks/{NOBODY}/evidence",
            {"what": "x" * 201, "content": "aGVsbG8="},
            "manager",
        ),
    ],
)
async def test_a_text_that_is_too_long_is_refused(
    company: Company, method: str, path: str, sent: Any, role: str
) -> None:
    async with await company.as_(role) as browser:
        answer = await browser.request(method, path, json=sent)
    assert answer.status_code in (400, 422), answer.text
    assert "length" in answer.text


async def test_a_character_that_cannot_be_stored_is_refused_in_words(company: Company) -> None:
    sent = {"email": "a\0b@waymark.example", "password": "x", "code": "000000"}
    async with company.stranger() as browser:
        answer = await browser.post("/api/v1/sign-in", json=sent)
    assert answer.status_code == 422
    assert "hidden character" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "sent", "role"),
    [
        (
            "/api/v1/around/consultations",
            {"agency_id": NOBODY, "held_on": "2026-03-02", "minutes": 0, "topic": "Safety"},
            "manager",
        ),
        (
            "/api/v1/around/consultations",
            {"agency_id": NOBODY, "held_on": "2026-03-02", "minutes": 30, "topic": "Safety"},
            "manager",
        ),
        (
            f"/api/v1/orders/{NOBODY}/breaches",
            {"occurred_at": "", "reported_at": "", "account": "Rang her"},
            "iom",
        ),
        (
            f"/api/v1/people/{NOBODY}/contacts",
            {
                "with_whom": "referrer",
                "how": "message",
                "happened_on": "2026-03-02",
                "happened_time": "",
                "was_reached": "yes",
                "what": "Rang",
            },
            "manager",
        ),
    ],
    ids=["too small", "names nothing known", "no moment", "no time"],
)
async def test_a_value_that_no_form_lets_through_is_refused(
    company: Company, path: str, sent: Any, role: str
) -> None:
    async with await company.as_(role) as browser:
        answer = await browser.post(path, json=sent)
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
