"""Programs that come with a token: where they may go, and how much they may take."""

import re

from litestar.types import HTTPScope

from app.databases import Databases
from app.signing_in.tokens import Token
from programmes.common.db import Side
from programmes.common.security.policies import Logins
from programmes.tokens.queries import count_use

CASES_ON_A_LIST = 25
_ONE_CASE = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}(/|$)")
_ABOUT_NOBODY = frozenset({"/api/v1/me", "/api/v1/openapi.json"})


def may_come_as(token: Token, path: str) -> bool:
    """A program has no business on pages: its token opens the JSON interface alone."""
    return not token.is_program or path.startswith("/api/v1/")


def cases_shown_by(path: str) -> int:
    """How many people's cases an answer may show: one record, or a page of a list."""
    if path in _ABOUT_NOBODY:
        return 0
    return 1 if _ONE_CASE.search(path) else CASES_ON_A_LIST


async def seconds_to_wait(token: Token, scope: HTTPScope, databases: Databases) -> int:
    """0 where it may go on. Counted in the database, so that all processes count together."""
    async with databases.transaction(Logins(Side.WORK).web):
        wait = await count_use(token.key, cases=cases_shown_by(scope["path"]))
    scope["state"]["seconds_to_wait"] = wait
    return wait
