"""The demonstration as a newcomer starts it, and a browser to walk through it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.browser import chromium

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONGEST_START = 120
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Walk:
    """A browser before the running demonstration."""

    browser: Browser
    address: str
    home: Path
    refused: list[str] = field(default_factory=list)
    """What the content security policy stopped: the browser says so on its console."""

    def as_(self, role: str, *, width: int = 1280, has_script: bool = True) -> Page:
        """One press on the sign-in page's button for this role."""
        page = self.stranger(width=width, has_script=has_script)
        page.goto(f"{self.address}/sign-in")
        page.locator(f'button[name="role"][value="{role}"]').click()
        page.wait_for_url(f"{self.address}/")
        return page

    def stranger(self, *, width: int = 1280, has_script: bool = True) -> Page:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=has_script,
        )
        self.listen(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._heard)

    def _heard(self, said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            self.refused.append(f"{said.page.url if said.page else ''}: {said.text}")


def assert_finished(page: Page) -> None:
    """What every page state owes: one heading, nothing for axe to find, no sideways scroll."""
    assert_fits(page)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], page.url


def assert_fits(page: Page) -> None:
    """One heading, and no sideways scroll."""
    expect(page.locator("h1"), page.url).to_have_count(1)
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.fixture(scope="package")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    home = tmp_path_factory.mktemp("demonstration")
    port = _free_port()
    environment = {**os.environ, "APP_HOME": str(home), "PORT": str(port)}
    log = (home.parent / "demonstration.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "up"], cwd=ROOT, env=environment, stderr=log, stdout=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, process, Path(log.name))
        yield address, home
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


@pytest.fixture(scope="package")
def walk(demonstration: tuple[str, Path]) -> Iterator[Walk]:
    address, home = demonstration
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        yield Walk(browser, address, home)
        browser.close()


@pytest.fixture(autouse=True)
def _closed_contexts(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "walk" in request.fixturenames:
        walk: Walk = request.getfixturevalue("walk")
        for context in walk.browser.contexts:
            context.close()
        stopped = [walk.refused.pop() for _ in walk.refused.copy()]
        assert stopped == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"it ended at once:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"it was not ready in {LONGEST_START} s:\n{log.read_text()}")
