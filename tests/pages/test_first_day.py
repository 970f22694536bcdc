"""Your first day: every role has a page, and everything that it leads to opens."""

import re

import pytest

from app.demo.accounts import CAST
from tests.cast import Company

ROLES = {(person.role, person.side): person.email for person in CAST}


@pytest.mark.parametrize("email", ROLES.values())
async def test_every_link_of_a_first_day_opens_for_its_role(company: Company, email: str) -> None:
    async with await company.as_(email) as browser:
        assert 'href="/first-day"' in (await browser.get("/")).text
        answer = await browser.get("/first-day")
        assert answer.status_code == 200
        main = answer.text[answer.text.index("<main") :]
        for href in dict.fromkeys(re.findall(r'href="(/[^"]*)"', main)):
            opened = await browser.get(href)
            assert opened.status_code == 200, f"{email}: {href} answered {opened.status_code}"


@pytest.mark.parametrize("email", ROLES.values())
async def test_five_things_to_do_and_plain_words_for_each_role(
    company: Company, email: str
) -> None:
    async with await company.as_(email) as browser:
        day = (await browser.get("/api/v1/first-day")).json()
    assert len(day["week"]) == 5
    assert day["words"]
    assert day["not_told"]
    assert len(day["ask"]) >= 3
    assert max(len(sentence.split()) for sentence in _sentences(day)) <= 28


async def test_a_page_of_the_work_side_never_speaks_of_the_other_side(company: Company) -> None:
    for (_, side), email in ROLES.items():
        async with await company.as_(email) as browser:
            said = (await browser.get("/api/v1/first-day")).text.lower()
        assert ("survivor" in said) == (side == "survivor"), email


def _sentences(day: dict[str, object]) -> list[str]:
    told = re.findall(r'[^"]{12,}', str(day))
    return [sentence for text in told for sentence in re.split(r"[.:;?]|', '", text)]
