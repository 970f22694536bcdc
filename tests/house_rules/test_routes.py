"""Every route says who may use it, and every right in the table is of use to somebody."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.routes import HTTPRoute

from app.web.guard import EVERYBODY, SIGNED_IN
from programmes.common.permissions import GRANTS, Permission
from programmes.common.staff import PEOPLE_ROLES
from tests.cast import Company

PUBLIC = {
    ("/health", "GET"),
    ("/metrics", "GET"),
    ("/assets/{name:str}", "GET"),
    ("/sign-in", "GET"),
    ("/sign-in", "POST"),
    ("/sign-in/provider", "GET"),
    ("/sign-in/provider/link", "GET"),
    ("/sign-in/provider/return", "GET"),
    ("/sign-in/code", "GET"),
    ("/sign-in/code", "POST"),
    ("/demo-sign-in", "POST"),
    ("/api/v1/sign-in", "POST"),
    ("/api/v1/sign-in/passkey-options", "POST"),
    ("/api/v1/openapi.json", "GET"),
    ("/api/v1/schema", "GET"),
    ("/api/v1/schema/{path}", "GET"),
    ("/api/v1/schema/openapi.json", "GET"),
    ("/api/v1/{rest:path}", "GET"),
    ("/accessibility", "GET"),
    ("/privacy", "GET"),
    ("/about", "GET"),
    ("/calendar-feeds/{token:str}/waymark.ics", "GET"),
    ("/feedback/{token:str}", "GET"),
    ("/feedback/{token:str}", "POST"),
    ("/{rest:path}", "GET"),
}
_SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?|\{[a-z_]+:(uuid|str|int|date|path)\}|v1")


def routes(company: Company) -> Iterator[tuple[str, str, Any]]:
    for route in company.app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                    yield route.path_format or route.path, method, handler


async def test_every_route_declares_a_permission(company: Company) -> None:
    undeclared = [
        (path, method)
        for path, method, handler in routes(company)
        if handler.opt.get("permission") not in (EVERYBODY, SIGNED_IN)
        and not isinstance(handler.opt.get("permission"), Permission)
    ]
    assert undeclared == []


async def test_public_routes_are_a_short_named_list(company: Company) -> None:
    public = {
        (path, method)
        for path, method, handler in routes(company)
        if handler.opt.get("permission") == EVERYBODY
    }
    assert {(_typed(p), m) for p, m in public} <= {(_typed(p), m) for p, m in PUBLIC}


async def test_every_declared_permission_is_granted_to_a_role_and_refused_to_another(
    company: Company,
) -> None:
    for path, _, handler in routes(company):
        permission = handler.opt.get("permission")
        if isinstance(permission, Permission):
            holders = {role for role in PEOPLE_ROLES if (role, permission) in GRANTS}
            assert holders, f"{path}: nobody may {permission}"
            assert holders != set(PEOPLE_ROLES), f"{path}: everybody may {permission}"


async def test_addresses_are_kebab_case_with_typed_parameters(company: Company) -> None:
    for route in company.app.routes:
        for segment in route.path.strip("/").split("/"):
            assert not segment or _SEGMENT.fullmatch(segment), route.path


@pytest.mark.parametrize("role", PEOPLE_ROLES)
async def test_a_menu_leads_only_to_pages_that_open(company: Company, role: str) -> None:
    async with await company.as_(role) as browser:
        home = await browser.get("/")
        menu = re.search(r"<nav.*?</nav>", home.text, re.S)
        for href in re.findall(r'href="(/[^"]*)"', menu.group(0) if menu else ""):
            answer = await browser.get(href)
            assert answer.status_code == 200, f"{role}: {href} answered {answer.status_code}"


def _typed(path: str) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", r"{\1}", path)
