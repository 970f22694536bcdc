"""Pages of the service itself opened in Chromium, and whether anything ran that is not ours."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as BrowserError

from tests.attacks.payloads import RUNS
from tests.browser import chromium
from tests.journeys.conftest import FLAGS

RAN = "document.documentElement.dataset.ran || ''"
LONGEST_MS = 60_000


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """Its address. On this loop, which its pools belong to."""
    door = socket.create_server(("127.0.0.1", 0))  # whoever knocks before it is served waits
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[door]))
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        yield browser
        await browser.close()


@asynccontextmanager
async def bare_context(
    browser: Browser, *, cookie: dict[str, Any] | None = None, has_policy: bool = False
) -> AsyncIterator[Page]:
    context = await browser.new_context(bypass_csp=not has_policy, accept_downloads=False)
    context.set_default_timeout(LONGEST_MS)
    if cookie:
        await context.add_cookies([cookie])  # type: ignore[list-item]
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def runs_bare(page: Page, payload: str) -> bool:
    """Whether it does where a page shows it as it is."""
    await page.set_content(f"<html><body><p>{payload}</p></body></html>")
    return bool(await page.evaluate(RAN))


@dataclass
class Opened:
    pages: int = 0
    held: int = 0
    ran: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    async def open(self, browser: Browser, address: str, token: str) -> None:
        cookie = {"name": "waymark", "value": token, "url": address}
        async with bare_context(browser, cookie=cookie) as page:
            page.on("dialog", lambda _: self.ran.append(address))
            if not await _shown(page, address):
                return
            self.pages += 1
            self.held += RUNS in await page.locator("body").inner_text()
            if await page.evaluate(RAN):
                self.ran.append(address)
        async with bare_context(browser, cookie=cookie, has_policy=True) as page:
            page.on("console", lambda said: self._heard(address, said.text))
            await _shown(page, address)

    def _heard(self, address: str, said: str) -> None:
        if "Content Security Policy" in said:
            self.stopped.append(f"{address}: {said}")


async def _shown(page: Page, address: str) -> bool:
    """No page where it is a file to keep."""
    try:
        answer = await page.goto(address)
    except BrowserError as refusal:
        if "Download is starting" in refusal.message or "ERR_ABORTED" in refusal.message:
            return False
        raise
    return answer is not None and "text/html" in answer.headers.get("content-type", "")
