"""The same page is called the same everywhere: in the menu, on itself, and on the ways to it."""

import html
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx

import app
from app.pages.cohorts import _FURTHER
from app.web.menu import _SURVIVOR, _WORK, MORE
from programmes.common.staff import Role
from tests.cast import Company

TEMPLATES = Path(app.__file__).parent / "templates"
BACK = re.compile(r'back_link\("(?P<href>/[a-z/-]*[a-z])", "(?P<text>[^"]+)"\)')
LINK = re.compile(r'\{"text": "(?P<text>[^"]+)", "href": "(?P<href>/[a-z/-]*[a-z])"\}')
HEADING = re.compile(
    r'(?:<span class="govuk-caption-l">(?P<caption>.*?)</span>\s*)?<h1[^>]*>(?P<title>.*?)</h1>'
)
READERS = (
    Role.MANAGER,
    Role.SURVIVOR_WORKER,
    Role.SURVIVOR_LEAD,
    Role.ADMINISTRATOR,
    Role.IOM,
    Role.AUDITOR,
)
"""Between them they open every page that has a name of its own."""


def names_of_pages() -> Iterator[tuple[str, str]]:
    """What the menu and the ways back call a page: an address and a name."""
    yield from ((one.href, one.text) for one in (*_WORK, *_SURVIVOR, MORE))
    yield from found_in_templates(BACK)


def names_of_links() -> Iterator[tuple[str, str]]:
    """A link may say more, after the name."""
    yield from ((link.href, link.text) for link, _needed in _FURTHER)
    yield from found_in_templates(LINK)


def found_in_templates(written: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        for found in written.finditer(path.read_text()):
            yield found["href"], found["text"]


async def called(browsers: list[httpx.AsyncClient], href: str) -> set[str]:
    """The heading, and what stands above it: a page of one month stands under "Calendar"."""
    for browser in browsers:
        answer = await browser.get(href)
        if answer.status_code == 200:
            found = HEADING.search(answer.text)
            assert found, href
            return {html.unescape(words) for words in found.groups() if words}
    raise AssertionError(f"nobody opens {href}")


async def test_a_page_has_one_name(company: Company) -> None:
    pages, links = set(names_of_pages()), set(names_of_links())
    assert len(pages) >= 30
    assert len(links) >= 20
    async with AsyncExitStack() as stack:
        browsers = [await stack.enter_async_context(await company.as_(one)) for one in READERS]
        own = {href: await called(browsers, href) for href in {one for one, _ in pages | links}}
    odd = [(href, text) for href, text in sorted(pages) if text not in own[href]]
    odd += [(href, text) for href, text in sorted(links) if not text.startswith(tuple(own[href]))]
    assert odd == [], {href: own[href] for href, _ in odd}
