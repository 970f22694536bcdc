"""A manager plans a wholly new programme by form, opens it, and a group of it is scheduled."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from programmes.common.clock import london_date
from programmes.common.db import Side
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from tests.cast import Company
from tests.commands.cohort_cases import a_request, a_room
from tests.referral_case import a_referral, send


def _values(company: Company, **changes: Any) -> dict[str, Any]:
    """26 weeks, rolling intake."""
    return {
        "name": f"Change {uuid4().hex[:8]}",
        "valid_from": london_date(company.clock.now()).isoformat(),
        "sessions": 26,
        "modules": "1-10 Safety\n11-20 Respect\n21-26 Staying there",
        "minutes": 120,
        "slots_a_week": 1,
        "size_least": 4,
        "size_most": 12,
        "facilitators": 2,
        "mixed_pair": "sought",
        "single_sex": True,
        "risk_levels": ["medium", "high"],
        "joining": "rolling",
        "completion": "share",
        "percent_attended": 80,
        "late": "there",
        "criteria": ["admits-offence", "coercive-control"],
        "referrer_contacts": 3,
        "deadline": "none",
        "source": "Board paper 12",
        **changes,
    }


async def _new(company: Company, **changes: Any) -> httpx.Response:
    async with await company.as_("manager") as browser:
        return await browser.post(
            "/api/v1/programmes", json={"values": _values(company, **changes)}
        )


async def _status(browser: httpx.AsyncClient, one: dict[str, Any], **said: Any) -> httpx.Response:
    body = {"version": one["version"], **said}
    return await browser.post(f"/api/v1/programmes/{one['code']}/status", json=body)


async def test_a_new_programme_takes_need_then_opens_and_a_group_is_scheduled(
    company: Company,
) -> None:
    planned = (await _new(company)).json()
    now, request = company.clock.now(), None
    async with await company.as_("manager") as browser:
        need = await send(
            browser, await a_referral(company, {"referral": {"programme": planned["code"]}})
        )
        assert need.status_code == 201, need.text
        opened = (await _status(browser, planned, after="open")).json()
        assert opened["status"] == "open"
        page = (await browser.get(f"/programmes/{planned['code']}")).text
        assert "80%: 21 of 26 sessions" in page
        assert "Is there coercive control?" in page
        decide = (await browser.get(f"/referrals/{need.json()['id']}/decide")).text
        assert "Have they admitted the offence?" in decide
    request = a_request(now, await a_room(company), programme=planned["code"], from_days=30)
    async with company.acting("manager") as actor:
        plan = await plan_cohort(request, actor=actor, now=now)
        await start_cohort(request, shown=plan.hash, actor=actor, now=now)
    assert len(plan.series.sessions) == 26
    async with await company.as_("manager") as browser:
        refused = await _status(browser, opened, after="closing", reason="Ends")
        closing = refused.json()
        still = await _status(browser, closing, after="retired", reason="Ends")
        assert "Let them run out" in still.json()["detail"]
        assert (await browser.get("/programmes")).status_code == 200


async def test_a_new_version_stands_beside_the_old(company: Company) -> None:
    one = (await _new(company)).json()
    path = f"/programmes/{one['code']}/new-version"
    later = (company.clock.now() + timedelta(days=60)).date()
    async with await company.as_("manager") as browser:
        form = (await browser.get(path)).text
        assert 'value="26"' in form
        same_day = _values(company, sessions=24, modules="1-24 All")
        del same_day["name"]
        early = await browser.post(f"/api/v1{path}", json={"values": same_day, "version": 1})
        assert list(early.json()["errors"]) == ["valid_from"]
        values = {**same_day, "valid_from": later.isoformat()}
        done = await browser.post(f"/api/v1{path}", json={"values": values, "version": 1})
        stale = await browser.post(f"/api/v1{path}", json={"values": values, "version": 1})
        page = (await browser.get(f"/programmes/{one['code']}")).text
    assert [v["rules"]["number"] for v in done.json()["versions"]] == [1, 2]
    assert stale.status_code == 409
    assert re.search("Version 2.*Version 1", page, re.S)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": "Caring Dads"}),
        ("name", {"name": "Ж"}),
        ("modules", {"modules": "1-10 Safety\n12-26 Gap"}),
        ("modules", {"modules": "1-25 One too few"}),
        ("individual", {"individual": "27"}),
        ("individual", {"individual": "x"}),
        ("size_least", {"size_least": 13}),
        ("valid_from", {"valid_from": "2020-01-01"}),
        ("percent_attended", {"percent_attended": 101}),
        ("least_attended", {"completion": "number", "least_attended": 27}),
        ("closed_after", {"joining": "closed", "closed_after": 26}),
        ("criteria", {"criteria": ["astrology"]}),
    ],
)
async def test_rules_that_cannot_be_run_are_refused(
    company: Company, field: str, changes: dict[str, Any]
) -> None:
    answer = await _new(company, **changes)
    assert answer.status_code == 422, answer.text
    assert list(answer.json()["errors"]) == [field]


async def test_a_pause_needs_its_reason_and_only_a_manager_makes_it(company: Company) -> None:
    one = (await _new(company)).json()
    async with await company.as_("manager") as browser:
        opened = (await _status(browser, one, after="open")).json()
        bare = await _status(browser, opened, after="paused")
        assert "reason" in bare.json()["detail"]
        jump = await _status(browser, opened, after="retired", reason="x")
        assert jump.status_code == 422
        form = await browser.get(f"/programmes/{one['code']}")
        carried = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', form.text))
        data = {**carried, "after": "paused", "reason": "No room this winter"}
        assert (
            await browser.post(f"/programmes/{one['code']}/status", data=data)
        ).status_code == 303
        assert "No room this winter" in (await browser.get(f"/programmes/{one['code']}")).text
    for role in ("facilitator", "probation"):
        async with await company.as_(role) as browser:
            assert (await browser.get(f"/programmes/{one['code']}")).status_code == 200
            assert (await browser.get("/programmes/new")).status_code == 404
            assert (await _status(browser, one, after="open")).status_code == 404


async def test_the_database_refuses_other_moves_of_a_programme(company: Company) -> None:
    one = (await _new(company)).json()
    async with company.owner(Side.WORK) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', false)")
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute("UPDATE programme SET status = 'paused' WHERE id = $1", one["id"])
