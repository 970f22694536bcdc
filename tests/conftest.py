"""What is run: the long forms with `--deep`, the browser's where there is a browser."""

import os
import shutil

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="run the long forms as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("deep") and not config.getoption("--deep"):
            item.add_marker(pytest.mark.skip(reason="the long form: run with --deep"))
        if item.get_closest_marker("browser") and chromium() is None:
            _do_without_a_browser(item)


def _do_without_a_browser(item: pytest.Item) -> None:
    message = "no Chromium here (Debian: apt install chromium)"
    if os.environ.get("WAYMARK_BROWSER") == "required":
        raise pytest.UsageError(f"{item.nodeid}: {message}")
    item.add_marker(pytest.mark.skip(reason=message))


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """For tests marked `browser`, which are not run without one."""
    path = chromium()
    assert path is not None
    return path
