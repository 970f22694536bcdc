"""No connection keeps anything of a request for the next one; the run's end asks all of them."""

import pytest

from app.databases import Databases, open_databases
from app.embedded import Address
from app.settings import Settings
from programmes.common.db import Side, execute
from programmes.common.security.policies import Logins
from tests.cast import Company
from tests.idle_connections import kept_by_idle_connections

WEB = Logins(Side.WORK).web


async def test_who_was_signed_in_is_forgotten(company: Company) -> None:
    async with company.databases.transaction(WEB):
        await execute("SELECT set_config('waymark.sign_in', 'ab', true)")
    assert await kept_by_idle_connections(company.databases) == []


async def test_what_a_broken_request_had_begun_is_undone(company: Company) -> None:
    with pytest.raises(ZeroDivisionError):
        await _broken_request(company)
    assert await kept_by_idle_connections(company.databases) == []


async def _broken_request(company: Company) -> None:
    async with company.databases.transaction(WEB):
        await execute("SELECT set_config('waymark.sign_in', 'ab', true)")
        await execute("SELECT pg_advisory_xact_lock(4711)")
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        ("SELECT set_config('waymark.sign_in', 'ab', false)", "setting waymark.sign_in"),
        ("SET search_path = pg_temp", "setting search_path"),
        ("SELECT pg_advisory_lock(4711)", "advisory lock"),
        ("LISTEN somebody", "listening to somebody"),
    ],
)
async def test_what_would_be_kept_is_noticed(
    settings: Settings, server: Address, databases: Databases, statement: str, seen: str
) -> None:
    """In pools of its own. Otherwise the question that ends the run could never fail."""
    async with open_databases(settings, server) as own:
        async with own.pools[WEB].acquire() as connection:
            await connection.execute(statement)
        assert await kept_by_idle_connections(own) == [seen]
