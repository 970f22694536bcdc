"""Requests that schemathesis makes from our own description, and whether the answers fit it."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
import requests
import schemathesis
from hypothesis.errors import Unsatisfiable
from litestar.routes import HTTPRoute
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.web.guard import EVERYBODY, SIGNED_IN
from programmes.common.permissions import may
from programmes.common.staff import Actor
from tests.attacks.drawn_forms import drawn
from tests.attacks.known import one_of
from tests.cast import BASE, Cast

CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
BOTH = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
AT_RANDOM = 6
ENDS_THE_SIGN_IN = ("/sign-out", "/account/sign-ins/end", "/account/password")


@dataclass(frozen=True)
class Told:
    """One that the description did not foresee."""

    operation: str
    status: int
    problem: str
    sent: str


def operations(description: dict[str, Any]) -> list[Any]:
    schema = schemathesis.openapi.from_dict(description)
    return [found.ok() for found in schema.get_all_operations()]


def cases_of(operation: Any, modes: list[GenerationMode]) -> Iterator[Any]:
    """Every boundary of every parameter and field, one after another, always the same."""
    schema = operation.schema
    config = schema.config.generation_for(operation=operation, phase="coverage")
    yield from schema.iter_coverage_cases(
        operation, generation_modes=modes, generation_config=config
    )


def everything_about(operation: Any, of: int) -> Iterator[tuple[str, Any]]:
    """By phase: what the description gives as examples, every boundary, and others at random."""
    for strategy in operation.schema.get_strategies_from_examples(operation):
        yield from (("examples", case) for case in drawn(strategy, 1, of=of))
    yield from (("boundaries", case) for case in cases_of(operation, BOTH))
    for mode in BOTH:
        with suppress(Unsatisfiable):  # where nothing can be sent that does not fit
            strategy = operation.as_strategy(generation_mode=mode)
            yield from (("at random", case) for case in drawn(strategy, AT_RANDOM, of=of))


def lead_to_records(case: Any, known: dict[str, list[str]], source: random.Random) -> None:
    """An address with an id that is nobody's shows little: mostly it is somebody's."""
    for name in case.path_parameters or {}:
        case.path_parameters[name] = one_of(known, name, source) or case.path_parameters[name]
    if isinstance(case.body, dict):
        for name in case.body.keys() & known.keys():
            case.body[name] = one_of(known, name, source) or case.body[name]


async def told(browser: httpx.AsyncClient, case: Any) -> Told | None:
    """What is wrong with the answer; None where it is as described."""
    return judged(case, await answered(browser, case))


async def answered(browser: httpx.AsyncClient, case: Any) -> httpx.Response:
    made = requests.Request(**_of_requests(case)).prepare()
    headers = {name: value for name, value in made.headers.items() if name != "Cookie"}
    return await browser.request(
        str(made.method), str(made.url), headers=headers, content=made.body or b""
    )


def judged(case: Any, answer: httpx.Response) -> Told | None:
    label = case.operation.label
    sent = f"{answer.request.url} {answer.request.content!r:.600}"
    if answer.status_code >= 500:
        return Told(label, answer.status_code, answer.text, sent)
    try:
        case.validate_response(answer, checks=CHECKS)
    except Exception as problem:
        said = "; ".join(str(one) for one in getattr(problem, "exceptions", (problem,)))
        return Told(label, answer.status_code, said[:900], sent)
    return None


def _of_requests(case: Any) -> dict[str, Any]:
    asked = case.as_transport_kwargs(base_url=BASE)
    known = ("method", "url", "headers", "params", "json", "data", "files")
    return {name: asked[name] for name in known if name in asked}


def may_ask(cast: Cast, actors: dict[str, Actor]) -> dict[str, list[str]]:
    """By operation: whom of the cast its permission lets in, by e-mail."""
    found = {}
    for route in cast.app.routes:
        if isinstance(route, HTTPRoute) and route.path.startswith("/api/v1/"):
            for handler in route.route_handlers:
                for method in handler.http_methods:
                    label = f"{method} {route.path_format}"
                    found[label] = [one for one, who in actors.items() if is_let_in(handler, who)]
    return found


def is_let_in(handler: Any, actor: Actor) -> bool:
    permission = handler.opt.get("permission")
    if permission in (EVERYBODY, SIGNED_IN):
        return True
    by_side = handler.opt.get("by_side") or {handler.opt.get("side"): permission}
    return actor.side in by_side and may(actor, by_side[actor.side])
