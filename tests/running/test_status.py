"""The status page, the figures for whoever watches, and the log: what they say and never say."""

import asyncio
import json
import logging
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from app.databases import Databases
from app.job_list import JOBS
from app.jobs import Clockwork, run_job
from app.labels.jobs import JOB_WORDS
from app.running.figures import Figures, as_exposition
from app.running.logs import JsonLines
from app.safekeeping.keys import key_of
from app.signing_in.provider_settings import SignInProvider
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.staff import Role
from tests.cast import Company


def key(databases: Databases, side: Side) -> str:
    return key_of(databases.settings.home, side, "metrics").hex()


@pytest.mark.parametrize("side", Side)
async def test_an_administrator_sees_how_each_job_of_the_side_ran(
    company: Company, side: Side
) -> None:
    job = next(one for one in JOBS if one.side is side)
    await run_job(company.databases, job, now=company.clock.now())
    async with await company.as_(Role.ADMINISTRATOR, side=side) as browser:
        shown = await browser.get("/status")
        found = (await browser.get("/api/v1/status")).json()
    assert shown.status_code == 200
    assert JOB_WORDS[job.name] in shown.text
    assert "Last backup" in shown.text
    ran = {one["job"]: one for one in found["jobs"]}
    assert set(ran) == {one.name for one in JOBS if one.side is side}
    assert ran[job.name]["last"]["outcome"] in ("done", "partly failed", "failed")
    assert (found["counts"] is None) == (side is Side.SURVIVOR)


@pytest.mark.parametrize("side", Side)
async def test_the_programme_sides_page_names_the_provider_that_people_sign_in_by(
    company: Company, side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = company.databases.settings
    northtown = SignInProvider(
        issuer="https://northtown.example", name="Northtown", client_id="us", client_secret="-"
    )
    for provider in (None, northtown):
        now_set = msgspec.structs.replace(settings, provider=provider)
        monkeypatch.setattr(company.databases, "settings", now_set)
        async with await company.as_(Role.ADMINISTRATOR, side=side) as browser:
            shown = (await browser.get("/status")).text
            named = (await browser.get("/api/v1/status")).json()["provider"]
        if side is Side.WORK:
            assert named == (provider.name if provider else None)
            assert ("Northtown" in shown) == (provider is not None)
            assert ("Not set" in shown) == (provider is None)
        else:
            assert (named, "provider" in shown) == (None, False)


@pytest.mark.parametrize("side", Side)
async def test_the_leader_runs_what_is_due(company: Company, side: Side) -> None:
    job = [one for one in JOBS if one.side is side][-1]
    began = company.clock.now()
    clockwork = Clockwork(company.databases, company.clock, [job])
    await clockwork.start()
    try:
        async with asyncio.timeout(30):
            while not await _runs(company, job.name, began):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    finally:
        await clockwork.stop()


async def _runs(company: Company, job: str, since: datetime) -> int:
    async with company.owner(next(one.side for one in JOBS if one.name == job)) as connection:
        found: int = await connection.fetchval(
            "SELECT count(*) FROM job_run WHERE job = $1 AND started_at >= $2", job, since
        )
    return found


async def test_the_programme_sides_figures_say_nothing_of_the_survivor_side(
    company: Company,
) -> None:
    async with company.stranger() as watcher:
        assert (await watcher.get("/metrics")).status_code == 404
        wrong = {"Authorization": f"Bearer {'0' * 64}"}
        assert (await watcher.get("/metrics", headers=wrong)).status_code == 404
        headers = {"Authorization": f"Bearer {key(company.databases, Side.WORK)}"}
        before = (await watcher.get("/metrics", headers=headers)).text
        async with await company.as_(Role.SURVIVOR_WORKER) as browser:
            assert (await browser.get("/survivors")).status_code == 200
            assert (
                await browser.get(f"/survivors/{new_id(company.clock.now())}")
            ).status_code == 404
        assert (await watcher.get("/metrics", headers=headers)).text == before
        hers = {"Authorization": f"Bearer {key(company.databases, Side.SURVIVOR)}"}
        assert 'status="200"' in (await watcher.get("/metrics", headers=hers)).text
        async with await company.as_(Role.MANAGER) as browser:
            await browser.get("/people")
        assert (await watcher.get("/metrics", headers=headers)).text != before


def test_figures_of_all_workers_are_added_up(tmp_path) -> None:  # type: ignore[no-untyped-def]
    one = Figures(tmp_path)
    one.count(Side.WORK, "GET", 200, 0.02)
    other = Figures(tmp_path)
    other.own[Side.WORK].add("GET", 500, 0.3)
    (tmp_path / "1.json").write_bytes(
        json.dumps(
            {
                "work": {"answers": {"GET 200": 4}, "within": [4] * 10, "seconds": 0.1},
                "survivor": {},
            }
        ).encode()
    )
    found = one.of_all_workers(Side.WORK)
    assert found.answers == {"GET 200": 5}
    assert found.within[0] == 4
    text = as_exposition(Side.WORK, found, {"backup_age_seconds": 7})
    assert 'waymark_answer_seconds_bucket{side="work",le="+Inf"} 5' in text
    assert 'waymark_backup_age_seconds{side="work"} 7' in text


def test_a_log_line_holds_no_value_of_an_error_or_of_a_path() -> None:
    try:
        raise ValueError("DETAIL: Key (email)=(somebody@example.org) already exists.")
    except ValueError as problem:
        record = logging.LogRecord(
            "waymark",
            logging.ERROR,
            "x",
            1,
            "unexpected at %s",
            ("/people/Somebody",),
            (ValueError, problem, problem.__traceback__),
        )
    line = JsonLines().format(record)
    told = json.loads(line)
    assert told["error"] == "builtins.ValueError"
    assert "test_status.py" in told["where"][0]
    assert "somebody" not in line.lower()


async def test_a_token_is_asked_for_approved_and_revoked_on_pages(company: Company) -> None:
    now = company.clock.now()
    sent = {
        "submission": str(new_id(now)),
        "version": "",
        "name": "Night feed of the pages",
        "email": "probation@waymark.example",
        "days": "30",
        "may_write": "no",
    }
    async with await company.as_(Role.ADMINISTRATOR, side=Side.WORK) as browser:
        refused = await browser.post("/api-tokens", data={**sent, "days": "91"})
        assert (refused.status_code, "Error:" in refused.text) == (422, True)
        made = await browser.post("/api-tokens", data=sent)
        assert "p-" in made.text
        again = await browser.post("/api-tokens", data=sent)
        assert "cannot be shown again" in again.text
        listed = {one["name"]: one for one in (await browser.get("/api/v1/api-tokens")).json()}
        token_id = UUID(listed["Night feed of the pages"]["id"])
    press = {"submission": str(new_id(now + timedelta(seconds=1))), "version": ""}
    async with await company.as_(Role.MANAGER) as browser:
        assert "that would read here" in (await browser.get("/")).text
        assert "Night feed of the pages" in (await browser.get("/token-requests")).text
        answer = await browser.post(f"/token-requests/{token_id}/approve", data=press)
        assert answer.status_code == 303
        assert (await browser.get("/api-tokens")).status_code == 404
    press = {"submission": str(new_id(now + timedelta(seconds=2))), "version": ""}
    async with await company.as_(Role.ADMINISTRATOR, side=Side.WORK) as browser:
        assert "In use" in (await browser.get("/api-tokens")).text
        assert (await browser.post(f"/api-tokens/{token_id}/revoke", data=press)).status_code == 303
        assert (await browser.get("/token-requests")).status_code == 404
    async with await company.as_(Role.ADMINISTRATOR, side=Side.SURVIVOR) as browser:
        assert (await browser.get("/api-tokens")).status_code == 404
