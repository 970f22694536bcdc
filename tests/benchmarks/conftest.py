"""One invented Leeds for the tests of the bench, seeded once."""

from collections.abc import AsyncIterator

import pytest

from app.bench.house import House, opened_house
from app.bench.sizes import Size


@pytest.fixture(scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with opened_house(tmp_path_factory.mktemp("bench"), Size.LEEDS) as opened:
        yield opened
