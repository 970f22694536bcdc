"""Whatever happens to a group, no mark is lost and nothing counts above the whole."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.register_house import open_house
from tests.register_machine import machine_of


def _run(config: Any, server: Any, *, examples: int, steps: int, is_repeated: bool = False) -> None:
    """`is_repeated` draws the same steps each time."""
    with asyncio.Runner() as runner:
        house = runner.run(open_house(runner, config, server, datetime.now(UTC)))
        try:
            run_state_machine_as_test(
                machine_of(house),
                settings=settings(
                    max_examples=examples,
                    stateful_step_count=steps,
                    deadline=None,
                    derandomize=is_repeated,
                    suppress_health_check=list(HealthCheck),
                    print_blob=True,
                ),
            )
        finally:
            runner.run(house.databases.close())


def test_registers_standings_and_report_agree(databases: Any) -> None:
    _run(databases.settings, databases.server, examples=2, steps=8, is_repeated=True)


@pytest.mark.deep
def test_registers_standings_and_report_agree_in_the_long_form(databases: Any) -> None:
    _run(databases.settings, databases.server, examples=10, steps=20)
