"""The service as it is, but for one thing: nothing that is done to it stays.

Whatever is drawn meets the same records, and the tests that share the databases never see it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from app.databases import Databases
from tests.cast import Cast


class _Forgotten(Exception):
    """Rolls the transaction back once everything that a commit checks was checked."""


class Forgetful(Databases):
    @asynccontextmanager
    async def transaction(self, login: str) -> AsyncIterator[Any]:
        with suppress(_Forgotten):
            async with super().transaction(login) as connection:
                yield connection
                await connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
                raise _Forgotten


def forgetful(cast: Cast) -> Cast:
    """Sign in with `cast` itself first: a sign-in would be forgotten too."""
    known = cast.databases
    same = Forgetful(known.settings, known.server, known.sides, known.pools)
    made = Cast(same, cast.clock)
    made._tokens = cast._tokens
    return made
