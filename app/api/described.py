"""What every refusal of the JSON interface looks like, in its own description."""

from collections.abc import Iterable, Sequence
from typing import Any

from litestar.handlers import HTTPRouteHandler
from litestar.openapi import ResponseSpec

from app.web.errors import TITLES, Problem

PROBLEM_JSON = "application/problem+json"
REFUSALS = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
"""A fault, 500, is not among them: nobody is told to expect one."""


def described(handlers: Sequence[Any]) -> Iterable[HTTPRouteHandler]:
    """Each route, with the refusals that it may answer."""
    for handler in handlers:
        handler.responses = {**_problems(), **(handler.responses or {})}
        yield handler


def _problems() -> dict[int, ResponseSpec]:
    return {
        status: ResponseSpec(Problem, description=TITLES[status], media_type=PROBLEM_JSON)
        for status in REFUSALS
    }
