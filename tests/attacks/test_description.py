"""Requests drawn from our own description: no fault, and no answer that it did not foresee."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest

from app.api.described import PROBLEM_JSON, REFUSALS
from programmes.common.staff import PEOPLE_ROLES, Role
from tests.attacks.chained_requests import ENOUGH, chained
from tests.attacks.conftest import Target
from tests.attacks.drawn_requests import (
    BOTH,
    ENDS_THE_SIGN_IN,
    Told,
    cases_of,
    everything_about,
    lead_to_records,
    may_ask,
    operations,
    told,
)
from tests.cast import Cast, Company

AT_LEAST_DEEP = 50_000


@pytest.fixture(scope="module")
async def description(company: Company) -> dict[str, Any]:
    async with company.stranger() as browser:
        answer = await browser.get("/api/v1/openapi.json")
    found: dict[str, Any] = answer.json()
    return found


async def test_every_route_of_programs_is_described_with_its_refusals(
    company: Company, description: dict[str, Any]
) -> None:
    paths = description["paths"]
    described = {(path, method.upper()) for path, ways in paths.items() for method in ways}
    routed = {
        (route.path_format, method)
        for route in company.app.routes
        for handler in getattr(route, "route_handlers", ())
        for method in handler.http_methods - {"OPTIONS"}
        if route.path_format.startswith("/api/v1/")
    }
    about_itself = ("/api/v1/openapi.json", "/api/v1/schema", "/api/v1/{rest}")
    assert {one for one in routed if not one[0].startswith(about_itself)} <= described
    assert all(path.startswith("/api/v1/") for path in paths)
    for path, ways in paths.items():
        for method, said in ways.items():
            refusals = {str(one) for one in REFUSALS}
            assert refusals <= said["responses"].keys(), (path, method)
            assert list(said["responses"]["422"]["content"]) == [PROBLEM_JSON]


async def test_answers_are_as_described(
    target: Target,
    description: dict[str, Any],
    record_property: Callable[[str, object], None],
) -> None:
    """One request that fits and one that does not for each route, as somebody who may."""
    wrong, count = [], 0
    may = may_ask(target.cast, target.actors)
    for number, operation in enumerate(operations(description)):
        if operation.path.endswith(ENDS_THE_SIGN_IN):
            continue
        who = may[operation.label]
        email = who[number % len(who)]
        async with await target.cast.as_(email) as browser:
            for mode in BOTH:
                for case in islice(cases_of(operation, [mode]), 1):
                    lead_to_records(case, target.known, target.source)
                    wrong.append(await told(browser, case))
                    count += 1
    record_property("requests drawn from the description", count)
    assert _said(wrong) == []
    assert count > 300


@pytest.mark.deep
async def test_fifty_thousand_as_every_role(
    whole_target: Target,
    description: dict[str, Any],
    record_property: Callable[[str, object], None],
) -> None:
    """Examples, every boundary of every field, and others at random, by every role."""
    wrong, count, of = {}, Counter[str](), random.randrange(1_000_000)
    who = {role: await whole_target.cast.as_(role) for role in PEOPLE_ROLES}
    for operation in operations(description):
        if operation.path.endswith(ENDS_THE_SIGN_IN):
            continue
        for phase, case in everything_about(operation, of):
            lead_to_records(case, whole_target.known, whole_target.source)
            found = await asyncio.gather(*(told(browser, case) for browser in who.values()))
            wrong |= {one.operation: one for one in found if one is not None}
            count[phase] += len(found)
    for phase, requests in count.items():
        record_property(f"requests drawn from the description: {phase}", requests)
    record_property("answers not as described", len(wrong))
    assert list(wrong.values()) == []
    assert count.total() >= AT_LEAST_DEEP


@pytest.mark.deep
@pytest.mark.parametrize("role", PEOPLE_ROLES)
async def test_requests_that_follow_one_another_are_answered_as_described(
    lasting: Cast,
    description: dict[str, Any],
    role: Role,
    record_property: Callable[[str, object], None],
) -> None:
    async with await lasting.as_(role) as browser:
        found = await chained(browser, description)
    record_property("requests in chains", found.requests)
    record_property("with what an earlier answer gave", found.followed)
    assert _said(found.wrong) == []
    assert found.requests >= ENOUGH


def _said(wrong: list[Told | None]) -> list[Told]:
    """One of each kind."""
    kinds = {(one.operation, one.status): one for one in wrong if one is not None}
    return list(kinds.values())
