"""The waiting list: ordered with reasons, filtered and paged over all of it, quick at 10,000."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from programmes.common import db
from programmes.common.clock import london_date
from programmes.common.db import Side
from tests.cast import Company
from tests.referral_case import a_referral, send

MOST_QUERIES, MOST_SECONDS = 12, 2.0
MANY = 10_000


async def _wait_for_dvpp(company: Company, **changes: Any) -> dict[str, Any]:
    """An expression of need for the planned programme, which has no criteria of its own yet."""
    referral = {"programme": "dvpp", **changes.pop("referral", {})}
    body = await a_referral(company, {"referral": referral, **changes})
    async with await company.as_("manager") as browser:
        taken = (await send(browser, body)).json()
        decided = await browser.post(
            f"/api/v1/referrals/{taken['id']}/decide", json={"outcome": "suitable", "version": 1}
        )
        assert decided.status_code == 201, decided.text
    return {**taken, "name": body["person"]["last_name"]}


async def test_need_comes_before_deadline_before_wait_and_each_place_has_its_reason(
    company: Company,
) -> None:
    soon = (london_date(company.clock.now()) + timedelta(days=20)).isoformat()
    long = await _wait_for_dvpp(company, referral={"received_on": "2026-01-05"})
    licence = {"route": "licence", "received_on": "2026-10-05"}
    dated = await _wait_for_dvpp(company, referral=licence, deadline={"deadline_on": soon})
    high = await _wait_for_dvpp(company, referral={"risk_level": "very high"})
    async with await company.as_("manager") as browser:
        rows = (await browser.get("/api/v1/waiting-list/dvpp")).json()["rows"]
        by_wait = (await browser.get("/api/v1/waiting-list/dvpp?sort=wait")).json()["rows"]
        page = (await browser.get("/waiting-list/dvpp?risk=medium&deadline=yes")).text
    ids = [one["row"]["id"] for one in rows]
    assert ids.index(high["id"]) < ids.index(dated["id"]) < ids.index(long["id"])
    assert [one["row"]["place"] for one in rows] == list(range(1, len(rows) + 1))
    why = {one["row"]["id"]: one["why"] for one in rows}
    assert why[high["id"]].startswith("Very high risk; waits")
    assert "20 days to the deadline" in why[dated["id"]]
    assert by_wait[0]["row"]["id"] == long["id"]
    assert dated["name"] in page
    assert high["name"] not in page
    assert "Expressions of need" in page
    assert "Find a place" not in page, "nothing can be scheduled before it is opened"


async def test_who_comes_then_and_who_said_nothing_are_kept(company: Company) -> None:
    evening = await _wait_for_dvpp(company, times={"free_times": ["sunday evening"]})
    morning = await _wait_for_dvpp(company, times={"free_times": ["sunday morning"]})
    unknown = await _wait_for_dvpp(company, times={"free_times": []})
    path = "/api/v1/waiting-list/dvpp?sort=wait&free=sunday evening"
    async with await company.as_("manager") as browser:
        ids = [one["row"]["id"] for one in (await browser.get(path)).json()["rows"]]
        nonsense = await browser.get("/waiting-list/dvpp?risk=x&sort=y&free=z&deadline=q")
        empty = await browser.get("/waiting-list/dvpp?route=family+court")
        absent = await browser.get("/waiting-list/no-such")
    assert {evening["id"], unknown["id"]} <= set(ids)
    assert morning["id"] not in ids
    assert nonsense.status_code == 200
    assert "Nobody like this is waiting" in empty.text
    assert absent.status_code == 404


async def test_the_standard_is_dated_and_a_late_contact_is_shown(company: Company) -> None:
    late = await _wait_for_dvpp(company, referral={"received_on": "2026-05-05"})
    today = london_date(company.clock.now())
    said = {"days_to_decision": 10, "days_to_first_contact": 7, "source": "Board paper 9"}
    async with await company.as_("manager") as browser:
        page = (await browser.get(f"/referrals/{late['id']}")).text
        assert "Later than standard" in page
        past = await browser.post(
            "/api/v1/service-standard", json={**said, "valid_from": "2020-01-01"}
        )
        assert list(past.json()["errors"]) == ["valid_from"]
        form = (await browser.get("/service-standard")).text
        carried = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', form))
        fields = {f"valid_from-{p}": str(getattr(today, p)) for p in ("day", "month", "year")}
        done = await browser.post("/service-standard", data={**carried, **said, **fields})
        assert done.status_code == 303, done.text
        assert "7 days to first contact" in (await browser.get("/service-standard")).text
    async with await company.as_("probation") as browser:
        assert (await browser.get("/service-standard")).status_code == 404


@contextmanager
def counted_queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How often the code went to the database: every query takes the open connection once."""
    asked, whole = [0], db.open_connection

    def counting(side: Side | None = None) -> Any:
        asked[0] += 1
        return whole(side)

    monkeypatch.setattr(db, "open_connection", counting)
    yield asked
    monkeypatch.setattr(db, "open_connection", whole)


async def test_ten_thousand_waiting_take_no_more_queries_and_little_time(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _many(company)
    async with await company.as_("manager") as browser:
        await browser.get("/waiting-list/many-wait")
        with counted_queries(monkeypatch) as asked:
            started = time.perf_counter()
            answer = await browser.get("/waiting-list/many-wait?sort=deadline&page=300")
            took = time.perf_counter() - started
    assert answer.status_code == 200
    assert "10,000" in answer.text
    assert asked[0] <= MOST_QUERIES, asked[0]
    assert took < MOST_SECONDS, took


async def _many(company: Company) -> None:
    """A programme of its own, so that the other tests' lists stay short; by the tables' owner."""
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        for table in ("person", "referral", "referral_move"):
            await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER note_write")
        programme: UUID = uuid4()
        await owner.execute(_PROGRAMME, programme)
        await owner.execute(_PEOPLE, MANY)
        await owner.execute(_REFERRALS, programme)
        await owner.execute(_HISTORY, programme)
        await owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("person", "referral", "referral_move"):
            await owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER note_write")


_PROGRAMME = """
WITH p AS (INSERT INTO programme (id, code, name, status, created_at, version)
           VALUES ($1, 'many-wait', 'Many wait', 'closing', now(), 1) RETURNING id)
INSERT INTO programme_version (id, programme_id, number, valid_from, source, rules)
SELECT gen_random_uuid(), p.id, 1, '2018-01-01', 'test',
       jsonb_set(v.rules, '{programme}', '"many-wait"')
FROM p, programme_version v JOIN programme g ON g.id = v.programme_id WHERE g.code = 'dvpp' LIMIT 1
"""
_PEOPLE = """
INSERT INTO person (id, reference, first_name, last_name, name_key, date_of_birth, sex,
                    interpreter_needed, created_at, version)
SELECT gen_random_uuid(), 'P-MANY-' || n, 'Many', 'Waits' || n, 'waits' || n || ' many',
       date '1960-01-01' + n, 'male', n % 7 = 0, now(), 1 FROM generate_series(1, $1) n
"""
_REFERRALS = """
INSERT INTO referral (id, reference, person_id, programme_id, agency_id, received_on, route,
                      risk_level, status, created_at, created_by, version)
SELECT gen_random_uuid(), 'R-' || p.reference, p.id, $1, (SELECT id FROM agency LIMIT 1),
       date '2026-01-01' + (substr(p.reference, 8)::int % 300), 'voluntary',
       (ARRAY['standard', 'medium', 'high', 'very high'])[1 + substr(p.reference, 8)::int % 4],
       'waiting', now(), gen_random_uuid(), 1
FROM person p WHERE p.reference LIKE 'P-MANY-%'
"""
_HISTORY = """
INSERT INTO referral_move (id, referral_id, person_id, before, after, moved_at, moved_by)
SELECT gen_random_uuid(), id, person_id, 'received', 'waiting', now(), created_by
FROM referral WHERE programme_id = $1
"""
