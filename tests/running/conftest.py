"""A home of its own for the commands of whoever runs the service."""

from collections.abc import Iterator

import pytest

from tests.own_home import OwnHome, own_home


@pytest.fixture(scope="package")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnHome]:
    with own_home(tmp_path_factory.mktemp("running") / "home") as opened:
        yield opened
