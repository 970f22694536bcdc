"""Two running worlds for everything that proves the wall; made once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.wall.worlds import Worlds, make_home, two_worlds


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("worlds")
    make_home(directory)
    return directory


@pytest.fixture(scope="session")
async def worlds(made_home: Path) -> AsyncIterator[Worlds]:
    async with two_worlds(made_home) as made:
        yield made
