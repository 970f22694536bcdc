"""The menu: never more than ten entries, nothing lost behind "More", one entry always marked."""

from uuid import UUID

import pytest

from app.web.menu import AT_MOST, MORE, menu_of, more_of, pages_of, section_of
from app.web.shell import navigation_at
from programmes.common.db import Side
from programmes.common.staff import PEOPLE_ROLES, AccountId, Actor, Role, sides_of
from tests.cast import Company

ACTORS = [
    Actor(AccountId(UUID(int=1)), "Somebody", Role(role), side)
    for role in PEOPLE_ROLES
    for side in Side
    if side in sides_of(Role(role))
]


@pytest.mark.parametrize("actor", ACTORS, ids=lambda one: f"{one.role}-{one.side}")
def test_every_page_of_a_role_is_in_its_menu_or_behind_more(actor: Actor) -> None:
    menu, more = menu_of(actor), more_of(actor)
    assert len(menu) <= AT_MOST
    assert (MORE in menu) == bool(more)
    shown = [item.href for item in menu if item != MORE] + [one.href for one in more]
    assert shown == [one.href for one in pages_of(actor)]


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/cohorts/7", "Groups"),
        ("/sessions/7/register", "Groups"),
        ("/corrections", "Groups"),
        ("/waiting-list", "Referrals"),
        ("/clocks/reckon", "Orders"),
        ("/absences", "More"),
        ("/breaches/7", "Breaches"),
        ("/releases/7", "More"),
        ("/more", "More"),
    ],
)
def test_a_page_outside_the_menu_marks_the_entry_that_it_belongs_to(path: str, entry: str) -> None:
    manager = Actor(AccountId(UUID(int=1)), "Somebody", Role.MANAGER, Side.WORK)
    marked = navigation_at(section_of(path, manager), menu_of(manager))
    assert [item.text for item in marked if item.is_current] == [entry]


async def test_more_lists_what_the_menu_has_no_room_for(company: Company) -> None:
    async with await company.as_("manager") as browser:
        page = (await browser.get("/more")).text
        assert 'href="/outbox"' in page
        assert "Messages that went, wait" in page
        twin = (await browser.get("/api/v1/more")).json()
        assert [one["href"] for one in twin][:2] == ["/caseload", "/access-requests"]
    async with await company.as_("board") as browser:
        assert "Everything is in your menu" in (await browser.get("/more")).text


async def test_the_home_page_leads_there_too(company: Company) -> None:
    async with await company.as_(Role.MANAGER) as browser:
        less_often = (await browser.get("/")).text.partition('aria-label="Less often"')[2]
    for path in ("/access-requests", "/releases", "/outbox"):
        assert f'href="{path}"' in less_often.partition("</ul>")[0], path
    async with await company.as_(Role.FACILITATOR) as browser:
        assert "Less often" not in (await browser.get("/")).text
