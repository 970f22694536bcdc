"""What several modules of page tests share, made once."""

from collections.abc import AsyncIterator

import pytest

from programmes.common.clock import SystemClock
from tests.cast import Cast
from tests.leeds import leeds_of_2018


@pytest.fixture(scope="session")
async def leeds(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cast]:
    """The books of 2018 in a home of their own. Tests read them and leave them as they are."""
    home = tmp_path_factory.mktemp("leeds")
    async with (
        leeds_of_2018(home) as databases,
        Cast(databases, SystemClock()) as cast,
    ):
        yield cast
