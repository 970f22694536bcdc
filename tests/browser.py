"""The browser that journeys drive, and what becomes of them where there is none."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def skip_without_a_browser(items: list[pytest.Item]) -> None:
    """Skips those marked `browser`; where one is required, as in CI, refuses the whole run."""
    journeys = [item for item in items if item.get_closest_marker("browser")]
    if not journeys or chromium() is not None:
        return
    message = "no Chromium here (Debian: apt install chromium)"
    if os.environ.get("WAYMARK_BROWSER") == "required":
        raise pytest.UsageError(f"{len(journeys)} browser journeys cannot run: {message}")
    for item in journeys:
        item.add_marker(pytest.mark.skip(reason=message))
