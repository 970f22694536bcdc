"""Kinds of order: every version is on a page, and a new one is a form."""

import re
from datetime import date, timedelta
from uuid import uuid4

from programmes.common.clock import london_date
from tests.cast import Company
from tests.order_cases import a_dvpo, a_person, paper, posted


async def dvpo_page(company: Company, area: str = "England and Wales") -> str:
    """The address of the latest version of the DVPO in an area."""
    async with await company.as_("manager") as browser:
        kinds = (await browser.get("/api/v1/order-kinds")).json()
    found = [one for one in kinds if one["law"]["code"] == "dvpo" and one["law"]["area"] == area]
    return f"/order-kinds/{max(found, key=lambda one: one['law']['number'])['id']}"


async def test_every_kind_is_listed_with_its_length_and_its_source(company: Company) -> None:
    async with await company.as_("iom") as browser:
        shown = (await browser.get("/order-kinds")).text
    assert "14 to 28 days" in shown
    assert "Up to 3 months by a custody officer" in shown
    assert "Crime and Security Act 2010" in shown


async def test_a_manager_adds_a_version_and_the_next_order_is_checked_against_it(
    company: Company,
) -> None:
    area = f"Trial area {uuid4().hex[:6]}"
    today = london_date(company.clock.now())
    async with await company.as_("manager") as browser:
        answer = await posted(
            browser,
            f"{await dvpo_page(company)}/new-version",
            area=area,
            valid_from=today - timedelta(days=10),
            source="Trial of Shorter Orders Order 2026 art.2",
            in_force="in force",
            longest="20",
            can_be_extended="no",
            breach="civil contempt",
            breach_source="Crime and Security Act 2010 s.29",
            conditions=["no contact", "exclusion zone"],
        )
        assert answer.status_code == 303, answer.text
        shown = (await browser.get(answer.headers["location"])).text
        assert "14 to 20 days" in shown
    person_id = await a_person(company)
    async with await company.as_("iom") as browser:
        path = f"/people/{person_id}/orders/new"
        long = await posted(browser, path, **paper(a_dvpo(person_id, company)) | {"area": area})
        elsewhere = await posted(browser, path, **paper(a_dvpo(person_id, company)))
    assert long.status_code == 422
    assert "Trial of Shorter Orders Order 2026 art.2" in long.text
    assert elsewhere.status_code == 303, "the nation's own law stands"


async def test_a_version_cannot_begin_before_the_one_that_stands(company: Company) -> None:
    async with await company.as_("manager") as browser:
        answer = await posted(
            browser,
            f"{await dvpo_page(company)}/new-version",
            area="England and Wales",
            valid_from=date(2012, 1, 1),
            source="An Act of 2012",
            in_force="in force",
            can_be_extended="no",
            breach="civil contempt",
            breach_source="Crime and Security Act 2010 s.29",
            conditions=["no contact"],
        )
    assert answer.status_code == 422
    assert 'id="valid_from-error"' in answer.text
    assert "An Act of 2012" in answer.text


async def test_the_law_is_changed_by_managers_alone(company: Company) -> None:
    path = await dvpo_page(company)
    async with await company.as_("iom") as browser:
        shown = await browser.get(path)
        assert shown.status_code == 200
        assert not re.search(r'href="[^"]*new-version"', shown.text)
        assert (await browser.get(f"{path}/new-version")).status_code == 404
