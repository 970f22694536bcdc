"""Requests that follow one another, each with what an earlier answer gave: schemathesis finds the
chains in the description."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import FlakyStrategyDefinition
from schemathesis import Response

from tests.attacks.drawn_requests import ENDS_THE_SIGN_IN, Told, answered, judged

CHAINS, STEPS = 60, 12
ENOUGH, _GOES = 600, 10


@dataclass
class Chained:
    """What came of them."""

    requests: int = 0
    followed: int = 0
    """Those that took something of an earlier answer."""
    wrong: list[Told | None] = field(default_factory=list)


async def chained(browser: httpx.AsyncClient, description: dict[str, Any]) -> Chained:
    found, loop = Chained(), asyncio.get_running_loop()

    def here(work: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    schema = schemathesis.openapi.from_dict(description)
    machine = schema.exclude(path_regex=f"({'|'.join(ENDS_THE_SIGN_IN)})$").as_state_machine()

    class Machine(machine):  # type: ignore[misc, valid-type]
        def call(self, case: Any, **_: Any) -> Response:
            answer = here(answered(browser, case))
            found.requests += 1
            found.wrong.append(judged(case, answer))
            return Response.from_httpx(answer, verify=False)

        def validate_response(self, response: Response, case: Any, **_: Any) -> None:
            """Judged already, without ending the chain."""

        def step(self, input: Any) -> Any:
            found.followed += bool(input.applied_parameters)
            return super().step(input)

    for _ in range(_GOES):
        if found.requests < ENOUGH:
            # What is made by one chain stays: one that is begun like an earlier one may end sooner.
            with suppress(FlakyStrategyDefinition):
                await asyncio.to_thread(Machine.run, settings=_MANY)
    return found


_MANY = settings(
    max_examples=CHAINS,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)
