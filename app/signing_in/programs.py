"""Programs that come with a token: where they may go, and how much they may take."""

import re
from uuid import UUID

from litestar.types import HTTPScope

from app.databases import Databases
from app.signing_in.tokens import Token
from programmes.common.db import Side, fetch_one
from programmes.common.paging import PAGE
from programmes.common.security.policies import Logins
from programmes.tokens.queries import count_use
from scheduling.cohorts.queries import people_at

_GROUP = re.compile(r"^/api/v1/(cohorts|sessions)/([0-9a-f]{8}-[0-9a-f-]{27})(/|$)")
_ONE_CASE = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}(/|$)")
_PERSON = re.compile(rb'"person_id": ?"([0-9a-f-]{36})"')
_REFERENCE = re.compile(rb'"(P-[0-9A-Z]{4}-[0-9A-Z]{4})"')
_ABOUT_NOBODY = frozenset({"/api/v1/me", "/api/v1/openapi.json"})


def may_come_as(token: Token, path: str) -> bool:
    """A program has no business on pages: its token opens the JSON interface alone."""
    return not token.is_program or path.startswith("/api/v1/")


def cases_shown_by(path: str) -> int:
    """How many people's cases an answer may show: one record, or a page of a list."""
    if path in _ABOUT_NOBODY:
        return 0
    return 1 if _ONE_CASE.search(path) else PAGE


async def _cases_shown_by(token: Token, path: str) -> int:
    """A group and a register show everybody in them: counted as far as this token may see."""
    group = _GROUP.match(path)
    if group is None:
        return cases_shown_by(path)
    try:
        group_id = UUID(group[2])
    except ValueError:
        return 1
    await fetch_one("SELECT account_id FROM auth.enter_token($1)", token.key)
    return max(1, await people_at(group_id))


async def seconds_to_wait(token: Token, scope: HTTPScope, databases: Databases) -> int:
    """0 where it may go on. Counted in the database, so that all processes count together."""
    async with databases.transaction(Logins(Side.WORK).web):
        cases = await _cases_shown_by(token, scope["path"])
        wait = await count_use(token.key, cases=cases)
    scope["state"] |= {"seconds_to_wait": wait, "cases_counted": cases}
    return wait


async def seconds_to_wait_for_more(
    token: Token, scope: HTTPScope, body: bytes, databases: Databases
) -> int:
    """A list may hold more people than were counted before it was made: they are counted too."""
    more = people_in(body) - scope["state"]["cases_counted"]
    if more <= 0:
        return 0
    async with databases.transaction(Logins(Side.WORK).web):
        return await count_use(token.key, cases=more)


def people_in(body: bytes) -> int:
    """How many different people an answer names."""
    return max(len(set(_PERSON.findall(body))), len(set(_REFERENCE.findall(body))))
