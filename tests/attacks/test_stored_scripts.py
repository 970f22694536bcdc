"""Scripts stored wherever a text is stored: every page shows them as the text that they are."""

import html
from collections.abc import Callable
from itertools import cycle
from typing import Any

import asyncpg
import pytest
from litestar.routes import HTTPRoute

from programmes.common.db import Side
from tests.attacks.chromium import Opened, a_browser, bare_context, runs_bare, served
from tests.attacks.conftest import Target
from tests.attacks.drawn_forms import in_turn, somewhere
from tests.attacks.drawn_requests import is_let_in
from tests.attacks.payloads import PAYLOADS, RUNS, markup_of_others

COLUMNS = """
SELECT n.nspname || '.' || quote_ident(c.relname) AS of_table, a.attname AS name,
       CASE WHEN a.atttypmod > 4 THEN a.atttypmod - 4 ELSE 4000 END AS longest
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
  AND a.atttypid IN ('text'::regtype, 'varchar'::regtype)
ORDER BY 1, 2"""


@pytest.fixture(scope="module")
async def poisoned(whole_target: Target) -> int:
    """Payloads in place of every text in words, each row another where the column takes them all:
    codes have no capitals, and would be refused."""
    stored, payloads = 0, cycle(PAYLOADS)
    for side in Side:
        async with whole_target.cast.owner(side) as owner:
            for column in await owner.fetch(COLUMNS):
                texts = [one[: column["longest"]] for one in PAYLOADS]
                one = next(payloads)[: column["longest"]]
                stored += await _poison(owner, column, texts) or await _poison(owner, column, [one])
    return stored


async def _poison(owner: Any, column: Any, texts: list[str]) -> bool:
    try:
        async with owner.transaction():
            await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
            name, table = column["name"], column["of_table"]
            await owner.execute(
                f"""UPDATE {table} SET "{name}" = ($1::text[])[
                    1 + abs(hashtext(ctid::text || $3)::bigint) % $2
                ] WHERE "{name}" ~ '[A-Z]'""",
                texts,
                len(texts),
                name,
            )
    except asyncpg.PostgresError:
        return False
    return True


@pytest.mark.deep
async def test_no_page_runs_what_is_stored(
    whole_target: Target, poisoned: int, record_property: Callable[[str, object], None]
) -> None:
    """Every page, as everybody who may open it; each was read as a browser reads it."""
    wrong, pages, seen = {}, 0, 0
    for path, handler in _pages(whole_target):
        who = [one for one, actor in whole_target.actors.items() if is_let_in(handler, actor)]
        for turn, email in enumerate(who[:4]):
            async with await whole_target.cast.as_(email) as browser:
                answer = await browser.get(somewhere(path, whole_target.known, in_turn(turn)))
            pages += 1
            seen += RUNS in answer.text
            if problems := markup_of_others(answer.text):
                wrong[path] = problems
    record_property("text columns filled with scripts", poisoned)
    record_property("pages that showed one", seen)
    record_property("pages read for what was stored", pages)
    assert wrong == {}
    assert seen > 20


@pytest.mark.deep
@pytest.mark.browser
async def test_chromium_runs_none_of_it(
    whole_target: Target, poisoned: int, record_property: Callable[[str, object], None]
) -> None:
    """Without our policy, which would stop what our pages let through; and with it, when it has
    nothing to stop."""
    found = Opened()
    async with served(whole_target.cast.app) as address, a_browser() as browser:
        async with bare_context(browser) as page:
            would_run = [one for one in PAYLOADS if await runs_bare(page, one)]
        for turn, (path, handler) in enumerate(_pages(whole_target)):
            who = [one for one, actor in whole_target.actors.items() if is_let_in(handler, actor)]
            token = await whole_target.cast.token(who[turn % len(who)])
            where = address + somewhere(path, whole_target.known, in_turn(turn // len(who)))
            await found.open(browser, where, token.text)
    record_property("scripts that Chromium would run", len(would_run))
    record_property("pages opened in Chromium", found.pages)
    record_property("of them held a script as text", found.held)
    record_property("scripts that ran", len(found.ran))
    record_property("reports of the content security policy", len(found.stopped))
    assert (found.ran, found.stopped) == ([], [])
    assert found.held > 20
    assert len(would_run) > 80


def _pages(target: Target) -> list[tuple[str, Any]]:
    return [
        (route.path_format, handler)
        for route in target.cast.app.routes
        if isinstance(route, HTTPRoute) and not route.path.startswith(("/api/", "/assets", "/{"))
        for handler in route.route_handlers
        if "GET" in handler.http_methods
    ]


def test_there_are_enough_and_the_reader_knows_them() -> None:
    assert len(set(PAYLOADS)) >= 150
    known = [one for one in PAYLOADS if markup_of_others(f"<html><p>{one}</p>")]
    assert len(known) > 100
    assert not [one for one in PAYLOADS if markup_of_others(f"<html><p>{html.escape(one)}</p>")]
