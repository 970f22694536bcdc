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
