"""To every programme-side role the survivor side's addresses are like any that does not exist."""

import re

import pytest

from programmes.common.db import Side
from programmes.common.staff import PEOPLE_ROLES, Role, sides_of
from tests.cast import Company
from tests.survivor_case import LEAD, NAME, WORKER, Case, submission, survivor

PROGRAMME_SIDE = [role for role in PEOPLE_ROLES if Side.WORK in sides_of(role)]


def addresses(case: Case) -> list[str]:
    return [
        "/survivors",
        "/survivors/new",
        case.page,
        f"{case.page}/check-ins",
        f"{case.page}/check-ins/new",
        f"{case.page}/safe-contact",
        f"{case.page}/consents/contact",
        f"{case.page}/erase",
        f"{case.page}/risk",
        f"{case.page}/notices",
        f"{case.page}/news",
        f"{case.page}/hand-over",
        f"{case.page}/support",
        f"{case.page}/places",
        "/caseloads",
        "/clearances",
        "/notice-requests",
        "/survivor-report",
        "/api/v1/survivors",
        f"/api/v1{case.page}",
        f"/api/v1{case.page}/check-ins",
        *(
            f"/api/v1{case.page}/{part}"
            for part in ("news", "consents", "risk", "notices", "support", "places", "vetoes")
        ),
        f"/api/v1{case.page}/assignments",
        "/api/v1/notice-requests",
        "/api/v1/caseloads",
        "/api/v1/clearances",
        "/api/v1/survivor-report",
    ]


def like(path: str) -> str:
    """A nonsense address of the same length, page for page and program for program."""
    prefix = "/api/v1/" if path.startswith("/api/") else "/"
    return prefix + "z" * (len(path) - len(prefix))


def bare(text: str, path: str) -> str:
    """Without what differs between any two answers."""
    text = text.replace(path, "PATH")
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{22}", "ID", text)


@pytest.mark.parametrize("role", PROGRAMME_SIDE)
async def test_a_survivor_page_answers_like_an_address_that_is_not_there(
    company: Company, role: Role
) -> None:
    case = await survivor(company)
    async with await company.as_(role, side=Side.WORK) as browser:
        for path in addresses(case):
            there, nowhere = await browser.get(path), await browser.get(like(path))
            assert there.status_code == nowhere.status_code == 404, path
            assert bare(there.text, path) == bare(nowhere.text, like(path)), path
            assert set(there.headers) == set(nowhere.headers), path


@pytest.mark.parametrize("role", PROGRAMME_SIDE)
async def test_posting_there_is_as_absent(company: Company, role: Role) -> None:
    case = await survivor(company)
    async with await company.as_(role, side=Side.WORK) as browser:
        for path in (f"{case.page}/show-contact", f"{case.page}/check-ins/new", "/survivors/new"):
            assert (await browser.post(path, data={})).status_code == 404, path


async def test_the_lead_reads_the_report_and_opens_nobody(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(LEAD) as browser:
        report = await browser.get("/survivor-report")
        twin = await browser.get("/api/v1/survivor-report")
        assert report.status_code == twin.status_code == 200
        assert "Whom we reach" in report.text
        assert NAME not in report.text
        assert twin.json()["reach"]["linked"] >= 1
        assert (await browser.get(case.page)).status_code == 404
        assert (await browser.get("/survivors")).status_code == 404


async def test_a_notice_is_asked_for_by_one_and_released_by_another(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        form = await browser.get(f"{case.page}/notices")
        sent = {
            **submission(form.text),
            "link": str(case.link_id),
            "code": "do not discuss",
        }
        assert (await browser.post(f"{case.page}/notices", data=sent)).status_code == 303
        waiting = await browser.get(f"{case.page}/notices")
        assert "Waits for release" in waiting.text
        (request,) = re.findall(r"/notices/([0-9a-f-]{36})/recall", waiting.text)
        refused = await browser.post(f"{case.page}/notices/{request}/release")
        assert refused.status_code == 422
    async with await company.as_(LEAD) as browser:
        listed = await browser.get("/notice-requests")
        assert case.reference in listed.text
        assert NAME not in listed.text
        assert (await browser.post(f"/notice-requests/{request}/release")).status_code == 303
    async with await company.as_(WORKER) as browser:
        assert "Not yet shown" in (await browser.get(f"{case.page}/notices")).text


async def test_a_manager_raises_a_notice_and_a_facilitator_may_not(company: Company) -> None:
    case = await survivor(company)
    page = f"/people/{case.person_id}/notices"
    async with await company.as_(Role.MANAGER) as browser:
        form = await browser.get(page)
        sent = {**submission(form.text), "code": "risk raised"}
        assert (await browser.post(page, data=sent)).status_code == 303
        assert "You raised this" in (await browser.get(page)).text
        assert (await browser.get(f"/api/v1{page}")).json()["yours"][0]["code"] == "risk raised"
        assert page not in (await browser.get("/")).text
    async with await company.as_(Role.FACILITATOR) as browser:
        assert (await browser.post(page, data=sent)).status_code == 404


async def test_home_says_whom_to_call(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        home = await browser.get("/")
    # Of three or more the words stand for screen readers alone, in front of the name.
    assert f"Start check-in with {NAME}" in re.sub("<[^>]+>", "", home.text)
    assert f'href="{case.page}"' in home.text
