"""Every role against every route, as the permission table says: open, or exactly as if absent."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar.routes import HTTPRoute

from app.web.guard import EVERYBODY, SIGNED_IN
from outcomes.reports.detail_words import Part
from programmes.common.permissions import Permission, Resource, Scope, Verb, grant_of, may
from programmes.common.staff import PEOPLE_ROLES, Actor, Role
from tests.cast import Company

NOBODY = UUID("01890000-0000-7000-8000-000000000000")
NONSENSE = "/there-is-no-such-page"
OPENED_BY_A_KEY = ("/metrics",)
"""For whoever brings the installation's key along; without it there is no such page."""
MAY_BE_EMPTY = re.compile(
    r"/report/[\w-]+\.svg|/api/v1/statements/check|/sign-in/(provider(/\w+)?|code)"
    r"|/account/provider(/leave)?"
)
"""Absent where there is nothing to draw yet, no statement is named, no sign-in provider is set."""
OF_THE_WHOLE_SERVICE = tuple(
    f"{before}/report/{part}"
    for before in ("", "/api/v1")
    for part in Part
    if part not in (Part.PROGRESS, Part.NEED)
)
"""Parts of the report that are no one programme's: absent for whoever sees one alone."""
_SAMPLES = {"uuid": str(NOBODY), "str": "nothing", "int": "1", "path": "nothing"}


def _routes(company: Company, method: str) -> Iterator[tuple[str, Any]]:
    for route in company.app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                if method in handler.http_methods:
                    yield route.path, handler


def _filled(path: str) -> str:
    return re.sub(r"\{\w+:(\w+)\}", lambda m: _SAMPLES[m[1]], path)


def _is_allowed(handler: Any, actor: Actor) -> bool:
    permission = handler.opt.get("permission")
    if permission in (EVERYBODY, SIGNED_IN):
        return True
    assert isinstance(permission, Permission)
    by_side = handler.opt.get("by_side") or {handler.opt["side"]: permission}
    return actor.side in by_side and may(actor, by_side[actor.side])


def _is_absent_for(path: str, actor: Actor) -> bool:
    report = grant_of(actor.role, Permission(Resource.MANAGEMENT_REPORT, Verb.READ))
    is_own = report is not None and report.scope is Scope.OWN
    whole = (*OF_THE_WHOLE_SERVICE, "/api/v1/report/cost-entries")
    return path in OPENED_BY_A_KEY or (is_own and path in whole)


def _looks(answer: httpx.Response) -> tuple[int, str, dict[str, str]]:
    """What anybody could tell two answers apart by."""
    body = re.sub(r'value="[0-9a-f-]{36}"', "", answer.text)
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    return answer.status_code, body, headers


@pytest.mark.parametrize("role", PEOPLE_ROLES)
async def test_every_page_is_open_or_exactly_absent(company: Company, role: Role) -> None:
    async with company.acting(role) as actor:
        pass
    async with await company.as_(role) as browser:
        absent = _looks(await browser.get(NONSENSE))
        absent_json = _looks(await browser.get("/api/v1/there-is-nothing"))
        for path, handler in _routes(company, "GET"):
            if "{rest:path}" in path or path.startswith("/api/v1/schema"):
                continue
            answer = await browser.get(_filled(path))
            assert answer.status_code < 500, (path, answer.text)
            if not _is_allowed(handler, actor) or _is_absent_for(path, actor):
                expected = absent_json if path.startswith("/api/") else absent
                assert _looks(answer) == expected, path
            elif "{" not in path and "Missing required query" not in answer.text:
                found = (200, 303, 404) if MAY_BE_EMPTY.fullmatch(path) else (200, 303)
                assert answer.status_code in found, (path, answer.text)


@pytest.mark.parametrize("role", PEOPLE_ROLES)
async def test_no_role_writes_what_the_table_does_not_give_it(company: Company, role: Role) -> None:
    async with company.acting(role) as actor:
        pass
    async with await company.as_(role) as browser:
        for method in ("POST", "PUT"):
            for path, handler in _routes(company, method):
                if path == "/sign-out" or path.endswith("/sign-out"):
                    continue
                answer = await browser.request(method, _filled(path), json={})
                assert answer.status_code < 500, (path, answer.text)
                if not _is_allowed(handler, actor):
                    assert answer.status_code == 404, path


async def test_a_stranger_opens_only_what_is_for_everybody(company: Company) -> None:
    async with company.stranger() as browser:
        for path, handler in _routes(company, "GET"):
            answer = await browser.get(_filled(path))
            if handler.opt.get("permission") != EVERYBODY:
                assert answer.status_code == (401 if path.startswith("/api/") else 303), path
