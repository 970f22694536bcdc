"""News from the other side: read through the bridge, told once, with a day's head start."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from outcomes.survivors.day_queries import worker_day
from outcomes.survivors.news_commands import settle_news
from outcomes.survivors.news_queries import News, settled_news
from outcomes.survivors.rules import HEAD_START
from outcomes.survivors.support_words import Told
from outcomes.survivors.words import ChangeKind
from programmes.common.db import Side
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from tests.cast import Company
from tests.survivor_case import OTHER_WORKER, WORKER, Case, now, sealing, submission, survivor

_KEY = ("kind", "on", "about", "source_id")


async def breach_recorded(company: Company, case: Case, at: datetime) -> None:
    """A DVPO and a breach of it, as the other side keeps them."""
    order_id, on = new_id(at), at.date() - timedelta(days=5)
    async with company.owner(Side.WORK) as work:
        await work.execute("SELECT set_config('waymark.act', 'test', false)")
        kind = await work.fetchval("SELECT id FROM order_kind WHERE code = 'dvpo' LIMIT 1")
        await work.execute(
            "INSERT INTO protective_order (id, reference, person_id, kind_id, kind, made_on, "
            "ends_on, issued_by, status, created_at, created_by, version) "
            "VALUES ($1, $2, $3, $4, 'dvpo', $5, $6, 'Leeds', 'live', $7, $1, 1)",
            order_id,
            f"O-{order_id}",
            case.person_id,
            kind,
            on,
            on + timedelta(days=27),
            at,
        )
        await work.execute(
            "INSERT INTO breach (id, reference, order_id, person_id, event_id, occurred_at, "
            "reported_at, stage, created_at, created_by, version) "
            "VALUES ($1, $2, $3, $4, $1, $5, $5, 'alleged', $5, $1, 1)",
            new_id(at),
            f"B-{order_id}",
            order_id,
            case.person_id,
            at,
        )


async def news_about(company: Company, case: Case, email: str = WORKER) -> list[News]:
    async with company.acting(email) as actor:
        day = await worker_day(
            actor,
            sealing=sealing(company),
            bridge=lambda: company.databases.transaction("work_bridge_reader"),
            now=now(),
        )
    return [one for one in day.news if one.survivor.id == case.survivor_id]


async def settle(company: Company, case: Case, news: list[News], email: str = WORKER) -> None:
    async with company.acting(email) as actor:
        await settle_news(
            case.survivor_id,
            [one.key for one in news],
            Told.TOLD,
            sealing=sealing(company),
            actor=actor,
            now=now(),
        )


async def test_a_breach_is_news_until_she_was_told(company: Company) -> None:
    case, at = await survivor(company), now() - timedelta(hours=3)
    await breach_recorded(company, case, at)
    (one,) = await news_about(company, case)
    assert one.change.kind is ChangeKind.BREACH
    assert one.hears_at == at + HEAD_START
    for _ in range(2):
        await settle(company, case, [one])
    assert await news_about(company, case) == []
    async with company.acting(WORKER) as actor:
        (told,) = await settled_news(actor, case.survivor_id)
    assert (told.kind, told.outcome) == (ChangeKind.BREACH, Told.TOLD)


async def test_two_breaches_of_one_day_and_kind_are_two_pieces_of_news(company: Company) -> None:
    case, at = await survivor(company), now().replace(hour=9, minute=0, second=0)
    for minutes in (0, 2):
        await breach_recorded(company, case, at - timedelta(days=1, minutes=minutes))
    earlier, later = await news_about(company, case)
    assert earlier.change.on == later.change.on
    await settle(company, case, [earlier])
    assert [one.key for one in await news_about(company, case)] == [later.key]
    await settle(company, case, [later])
    assert await news_about(company, case) == []


async def test_another_worker_neither_hears_nor_settles(company: Company) -> None:
    case = await survivor(company)
    await breach_recorded(company, case, now())
    news = await news_about(company, case)
    assert await news_about(company, case, OTHER_WORKER) == []
    with pytest.raises(NotFound):
        await settle(company, case, news, OTHER_WORKER)


async def test_news_of_one_survivor_cannot_be_settled_in_anothers_record(company: Company) -> None:
    case, other = await survivor(company), await survivor(company)
    await breach_recorded(company, case, now())
    news = await news_about(company, case)
    with pytest.raises(NotFound):
        await settle(company, other, news)


async def test_the_page_tells_and_its_json_twin_says_the_same(company: Company) -> None:
    case = await survivor(company)
    await breach_recorded(company, case, now())
    path = f"{case.page}/news"
    async with await company.as_(WORKER) as browser:
        page = await browser.get(path)
        (told,) = (await browser.get(f"/api/v1{path}")).json()["waiting"]
        assert "Breach recorded" in page.text
        assert told["change"]["kind"] == "breach"
        refused = await browser.post(path, data={**submission(page.text), "outcome": "told"})
        assert refused.status_code == 422
        sent = {**submission(page.text), "outcome": "told", "news": _keys(page.text)}
        assert (await browser.post(path, data=sent)).status_code == 303
        assert "Nothing to tell" in (await browser.get(path)).text
    async with await company.as_(OTHER_WORKER) as browser:
        assert (await browser.get(path)).status_code == 404
        assert (await browser.get(f"/api/v1{path}")).status_code == 404


async def test_json_settles_too(company: Company) -> None:
    case = await survivor(company)
    await breach_recorded(company, case, now())
    path = f"/api/v1{case.page}/news"
    async with await company.as_(WORKER) as browser:
        (told,) = (await browser.get(path)).json()["waiting"]
        change = told["change"]
        key = {"link_id": told["link_id"], **{n: change[n] for n in _KEY}}
        answer = await browser.post(path, json={"news": [key], "outcome": "not safe to tell"})
        assert answer.status_code == 201, answer.text
        assert answer.json()["waiting"] == []
        assert [one["outcome"] for one in answer.json()["settled"]] == ["not safe to tell"]
        wrong = {"news": [{**key, "link_id": str(UUID(int=1))}], "outcome": "told"}
        assert (await browser.post(path, json=wrong)).status_code == 404


def _keys(html: str) -> list[str]:
    import re

    return re.findall(r'name="news"[^>]*value="([^"]+)"', html)
