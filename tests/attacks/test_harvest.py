"""A program that takes all it can get is stopped at fifty people an hour, whatever it asks for."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import httpx
import pytest

from app.databases import open_databases
from app.demo.accounts import CAST, create_demo_accounts
from app.embedded import EmbeddedServer
from app.settings import Settings
from app.signing_in.asked_tokens import make_token
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.staff import Role
from programmes.tokens.commands import approve_token
from tests.cast import Cast
from tests.order_cases import a_dvpo, a_person, entered
from tests.own_home import migrated_home

PEOPLE = 60
"""All of one caseload, each with an order whose clock runs."""
HELD = 50
BY_PAGES = tuple(f"/api/v1/people?page={page}" for page in (1, 2, 3))
CLOCKS, CASELOAD = "/api/v1/clocks", "/api/v1/caseload"
A_PERSON = re.compile(r'"person_id": ?"([0-9a-f-]{36})"|"(P-[0-9A-Z]{4}-[0-9A-Z]{4})"')
MANAGER, OFFICER = "manager@waymark.example", "iom@waymark.example"


@pytest.fixture(scope="module")
async def crowd(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cast]:
    home = await asyncio.to_thread(migrated_home, tmp_path_factory.mktemp("harvested") / "home")
    clock = SystemClock()
    with EmbeddedServer(home) as embedded:
        async with open_databases(Settings(home=home), embedded.start()) as databases:
            await create_demo_accounts(databases, now=clock.now(), cast=CAST)
            async with Cast(databases, clock) as cast:
                for _ in range(PEOPLE):
                    await entered(cast, a_dvpo(await a_person(cast, OFFICER), cast), role=OFFICER)
                yield cast


@asynccontextmanager
async def program(cast: Cast, email: str) -> AsyncIterator[httpx.AsyncClient]:
    """What comes with a token of theirs that nobody has used yet."""
    now = cast.clock.now()
    async with cast.acting(Role.ADMINISTRATOR, side=Side.WORK) as actor:
        made = await make_token(
            email, name="harvester", days=1, may_write=False, actor=actor, now=now
        )
    async with cast.acting(Role.MANAGER) as actor:
        await approve_token(made.id, actor=actor, now=now)
    async with cast.stranger() as client:
        client.headers["Authorization"] = f"Bearer {made.token}"
        yield client


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        (MANAGER, BY_PAGES),
        (MANAGER, (CLOCKS,)),
        (MANAGER, (BY_PAGES[0], CLOCKS)),
        (OFFICER, (CASELOAD,)),
        (OFFICER, (BY_PAGES[0], CASELOAD)),
    ],
)
async def test_a_harvest_is_stopped_at_fifty_people(
    crowd: Cast, who: str, paths: Sequence[str], record_property: Callable[[str, object], None]
) -> None:
    async with await crowd.as_(who) as browser:
        everybody = _people_in([await browser.get(path) for path in paths])
    async with program(crowd, who) as client:
        answers = [await client.get(path) for path in paths]
        refused = answers[-1]
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 3600
        assert refused.headers["content-type"].startswith("application/problem+json")
        assert "harvester" not in refused.text
    assert len(everybody) > HELD
    assert len(_people_in(answers)) <= HELD
    record_property("people seen, at most, before a harvest is stopped", len(_people_in(answers)))


async def test_whoever_was_refused_a_long_list_may_still_ask_for_what_is_left(crowd: Cast) -> None:
    async with program(crowd, MANAGER) as client:
        assert (await client.get(CLOCKS)).status_code == 429
        assert (await client.get("/api/v1/me")).status_code == 200
        assert (await client.get(BY_PAGES[0])).status_code == 200
        nobody = f"/api/v1/people/{new_id(crowd.clock.now())}"
        assert (await client.get(BY_PAGES[1])).status_code == 429
        assert (await client.get(nobody)).status_code == 429


@pytest.mark.parametrize(("who", "path"), [(MANAGER, CLOCKS), (OFFICER, CASELOAD)])
async def test_a_list_of_more_people_than_an_hour_allows_is_read_by_pages(
    crowd: Cast, who: str, path: str
) -> None:
    pages = [f"{path}?page={page}" for page in (1, 2, 3, 4)]
    async with await crowd.as_(who) as browser:
        whole = (await browser.get(path)).json()
        by_pages = [(await browser.get(page)).json() for page in pages]
    assert [len(rows) for rows in by_pages] == [25, 25, PEOPLE - 50, 0]
    assert [row for rows in by_pages for row in rows] == whole
    async with program(crowd, who) as client:
        answers = [await client.get(page) for page in pages[:3]]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert len({row["person_id"] for answer in answers[:2] for row in answer.json()}) == HELD


def _people_in(answers: Sequence[httpx.Response]) -> set[str]:
    return {
        person_id or reference
        for answer in answers
        for person_id, reference in A_PERSON.findall(answer.text)
    }
