"""Scripts stored wherever a text is stored: every page shows them as the text that they are."""

import html
from collections.abc import Callable
from itertools import cycle
from typing import Any

import asyncpg
import pytest
from litestar.routes import HTTPRoute

from programmes.common.db import Side
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
    """A payload in place of every text in words: codes have no capitals, and would be refused."""
    stored, payloads = 0, cycle(PAYLOADS)
    for side in Side:
        async with whole_target.cast.owner(side) as owner:
            for column in await owner.fetch(COLUMNS):
                stored += await _poison(owner, column, next(payloads))
    return stored


async def _poison(owner: Any, column: Any, payload: str) -> bool:
    text = payload[: column["longest"]]
    try:
        async with owner.transaction():
            await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
            name, table = column["name"], column["of_table"]
            await owner.execute(
                f"""UPDATE {table} SET "{name}" = $1 WHERE "{name}" ~ '[A-Z]'""", text
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
