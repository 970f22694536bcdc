"""The 2018 books, released for the board: what is exact, what is hidden, and what cannot change."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from app.databases import Databases
from app.releasing import Computed, Releasing
from outcomes.disclosure.describe import describe
from outcomes.disclosure.periods import Period
from outcomes.disclosure.release import canonical_bytes
from outcomes.disclosure.words import Profile
from outcomes.releases.queries import newest_of
from programmes.common.errors import DomainError, Refused
from tests.leeds import NOW, leeds_of_2018

YEAR = Period(2018)


@pytest.fixture(scope="module")
async def leeds(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Databases]:
    """A home of its own that holds the two books of 2018 and nothing else."""
    async with leeds_of_2018(tmp_path_factory.mktemp("leeds")) as databases:
        yield databases


async def computed(databases: Databases, period: Period = YEAR) -> Computed:
    releasing = Releasing(databases, NOW, lambda _: None)
    return await releasing.run(period, Profile.PARTNERSHIP)


def figures(of: Computed) -> dict[str, dict[str, Any]]:
    return {
        table.code: {" ".join(key): cell.text for key, cell in table.cells}
        for table in of.figures.tables
    }


async def test_the_year_of_2018_gives_the_published_totals(leeds: Databases) -> None:
    found = figures(await computed(leeds))
    activity, orders = found["activity"], found["orders"]
    assert activity["completed"] == "39"
    assert activity["children"] == "102"
    assert activity["reached"] == "90"
    assert (activity["due_and_completed"], activity["due_to_finish"]) == ("39", "68")
    assert orders["orders_made"] == "49"
    assert orders["breach_events"] == "13"
    assert orders["orders_breached"] == "12"
    assert orders["orders_breached_established"] == "9"


async def test_what_survivors_said_is_in_fives_and_small_figures_are_hidden(
    leeds: Databases,
) -> None:
    themes = figures(await computed(leeds))["safety_themes"]
    assert themes["freedom_from_violence total"] == "35"
    assert themes["freedom_from_violence better"] == "15"
    assert themes["freedom_from_violence unchanged"] == "[c]"
    assert themes["freedom_from_violence worse"] == "[c]"
    numbers = {int(text) for text in themes.values() if text != "[c]"}
    assert all(number % 5 == 0 and number >= 10 for number in numbers)


async def test_the_same_data_give_the_same_release_to_the_byte(leeds: Databases) -> None:
    first, second = await computed(leeds), await computed(leeds)
    assert canonical_bytes(first.figures) == canonical_bytes(second.figures)
    assert first.release_id == second.release_id
    assert not second.is_new


async def test_no_id_name_or_note_of_anybody_stands_in_the_release(leeds: Databases) -> None:
    made = await computed(leeds)
    written = canonical_bytes(made.figures).decode()
    async with leeds.transaction("work_bridge_reader") as connection:
        rows = await connection.fetch("SELECT id::text, last_name, reference FROM person")
    assert len(rows) > 100
    assert not [row["id"] for row in rows if row["id"] in written]
    words = set(re.findall(r"\w+", written))
    assert not [row["last_name"] for row in rows if row["last_name"] in words]
    assert made.not_held == ()


async def test_the_database_refuses_to_change_the_figures_of_a_release(leeds: Databases) -> None:
    made = await computed(leeds)
    for login in ("work_web", "work_bridge_writer", "work_bridge_reader", "work_door"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with leeds.transaction(login) as connection:
                await connection.execute(
                    "UPDATE release SET tables = '{}' WHERE id = $1", made.release_id
                )


async def test_a_release_that_was_tampered_with_is_not_shown(leeds: Databases) -> None:
    made = await computed(leeds)
    async with leeds.transaction("work_bridge_reader"):
        found = await newest_of("2018", "partnership")
    assert found is not None
    assert found.figures == made.figures
    connection = await _owner(leeds)
    try:
        await connection.execute("SELECT set_config('waymark.act', 'tamper', false)")
        await connection.execute(_SET, json.dumps("Altered"), made.release_id)
        async with leeds.transaction("work_bridge_reader"):
            with pytest.raises(DomainError, match="not those that were frozen"):
                await newest_of("2018", "partnership")
    finally:
        await connection.execute(_SET, json.dumps("People and programmes"), made.release_id)
        await connection.close()


async def test_a_period_that_is_not_over_is_refused(leeds: Databases) -> None:
    with pytest.raises(Refused, match="is not over"):
        await computed(leeds, Period(NOW.year))


async def test_every_table_says_what_it_counts_without_saying_what_caused_it(
    leeds: Databases,
) -> None:
    made = await computed(leeds)
    for table in made.figures.tables:
        assert table.definition
        assert "because" not in describe(table)


_SET = (
    "UPDATE release SET tables = jsonb_set(tables, '{tables,0,title}', $1::text::jsonb) "
    "WHERE id = $2"
)


async def _owner(databases: Databases) -> Any:
    from app.databases import login_address

    address = login_address(databases.settings, databases.server, "work_migrator")
    return await asyncpg.connect(address, server_settings={"role": "work_owner"})
