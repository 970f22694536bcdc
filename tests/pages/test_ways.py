"""Pages without a menu entry are linked from one that their readers open."""

import re

import pytest

from programmes.common.staff import Role
from tests.cast import Company

WAYS = (
    (Role.MANAGER, "/cohorts", {"/absences", "/arrivals", "/concerns", "/rooms"}),
    (Role.CARA_COORDINATOR, "/cohorts", {"/absences", "/corrections", "/referrer-contacts"}),
    (Role.FACILITATOR, "/cohorts", {"/absences", "/corrections"}),
    (Role.ADMINISTRATOR, "/status", {"/programmes", "/order-kinds", "/task-rules"}),
)


@pytest.mark.parametrize(("role", "page", "leads_to"), WAYS)
async def test_the_way_there_is_on_the_page_and_opens(
    company: Company, role: Role, page: str, leads_to: set[str]
) -> None:
    async with await company.as_(role) as browser:
        shown = (await browser.get(page)).text
        assert leads_to <= set(re.findall(r'href="(/[^"#?]*)', shown))
        for path in sorted(leads_to):
            assert (await browser.get(path)).status_code == 200, path


async def test_no_way_back_leads_where_an_auditor_may_not_go(company: Company) -> None:
    async with await company.as_(Role.AUDITOR) as browser:
        for path in ("/order-kinds", "/task-rules"):
            shown = (await browser.get(path)).text
            backs = re.findall(r'href="([^"]+)" class="govuk-back-link"', shown)
            assert backs, path
            assert (await browser.get(backs[0])).status_code == 200, path
