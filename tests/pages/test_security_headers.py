"""The same headers, with the same values, whatever is answered."""

import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from programmes.common.ids import new_id
from tests.cast import Company

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "cache-control": "no-store",
}
NOW = datetime(2026, 11, 22, tzinfo=UTC)
NOBODY = {"email": "nobody@waymark.example", "password": "x", "code": "000000"}


def assert_headers(answer: httpx.Response) -> None:
    assert {name: answer.headers.get_list(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/health", {}, 200),
        ("GET", "/sign-in", {}, 200),
        ("GET", "/", {}, 303),
        ("GET", "/api/v1/me", {}, 401),
        ("GET", "/nothing-here", {}, 404),
        ("POST", "/people", {}, 404),
        ("POST", "/nothing-here", {}, 404),
        ("POST", "/api/v1/me", {}, 404),
        ("TRACE", "/sign-in", {}, 404),
        ("OPTIONS", "/sign-in", {}, 303),
        ("POST", "/sign-out", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ("POST", "/api/v1/sign-in", {"json": NOBODY}, 422),
        ("POST", "/api/v1/sign-in", {"content": b" " * (13 * 1024 * 1024)}, 413),
    ],
)
async def test_every_answer_has_them(
    company: Company, method: str, path: str, more: dict[str, Any], status: int
) -> None:
    async with company.stranger() as browser:
        answer = await browser.request(method, path, **more)
    assert answer.status_code == status, answer.text
    assert_headers(answer)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/people", "text/html"),
        ("/api/v1/people", "application/json"),
        ("/report.csv", "text/csv"),
        pytest.param("/report.pdf", "application/pdf", marks=pytest.mark.deep),
        ("/report.xlsx", "application/vnd.openxmlformats"),
        ("/report/funnel.svg", "image/svg+xml"),
        ("/referral-lists/empty.csv", "text/csv"),
    ],
)
async def test_every_kind_of_file_has_them(company: Company, path: str, media_type: str) -> None:
    async with await company.as_("manager") as browser:
        answer = await browser.get(path)
        missing = await browser.get("/report/nothing.svg")
    assert missing.status_code == 404
    assert_headers(missing)
    if answer.status_code != 404:  # nothing to draw yet
        assert answer.headers["content-type"].startswith(media_type)
    assert_headers(answer)


async def test_a_calendar_has_them(company: Company) -> None:
    async with await company.as_("cara-coordinator") as browser:
        made = await browser.post("/calendar/feed", data={"submission": str(new_id(NOW))})
        found = re.search(r"/calendar-feeds/[\w-]+/waymark\.ics", made.text)
        assert found is not None
        answer = await browser.get(found[0])
        again = {"submission": str(new_id(NOW))}
        await browser.post("/calendar/feed/revoke", data=again)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert_headers(made)
    assert_headers(answer)


async def test_static_files_have_them_and_may_be_kept(company: Company) -> None:
    """Named by their contents, so that a browser may keep them; nothing else differs."""
    async with company.stranger() as browser:
        page = await browser.get("/sign-in")
        assets = re.findall(r"/assets/[\w.-]+\.(?:css|js)", page.text)
        answers = [await browser.get(one) for one in assets]
    assert len(answers) >= 2
    for answer in answers:
        assert answer.headers["cache-control"].startswith("public")
        answer.headers["cache-control"] = "no-store"
        assert_headers(answer)


async def test_a_conflict_and_a_fault_have_them(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with company.acting("auditor@waymark.example") as actor:
        pass
    sent = {"role": "auditor", "is_active": "yes", "version": "0"}
    async with await company.as_("administrator@waymark.example") as browser:
        answer = await browser.post(
            f"/accounts/{actor.account_id}",
            data={**sent, "submission": str(new_id(company.clock.now()))},
        )
    assert answer.status_code == 409
    assert_headers(answer)
    monkeypatch.setitem(company.app.state._state, "door", None)
    async with company.stranger() as browser:
        answer = await browser.post("/api/v1/sign-in", json=NOBODY)
    assert answer.status_code == 500
    assert_headers(answer)


async def test_what_the_router_refuses_is_logged(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="waymark.requests")
    async with company.stranger() as browser:
        await browser.request("TRACE", "/sign-in")
    assert [getattr(one, "facts", {}).get("method") for one in caplog.records].count("TRACE") == 1
