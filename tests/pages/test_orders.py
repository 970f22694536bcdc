"""Orders on pages: entered from the paper, refused with the rule, its wording covered."""

from datetime import date, timedelta
from uuid import uuid4

from programmes.people.queries import person
from tests.cast import Company
from tests.order_cases import (
    WORDING,
    a_dvpo,
    a_person,
    bail,
    entered,
    paper,
    posted,
    typed,
)


async def test_a_dvpo_is_entered_from_the_paper_and_its_page_shows_it(company: Company) -> None:
    person_id = await a_person(company)
    async with await company.as_("iom") as browser:
        answer = await posted(
            browser, f"/people/{person_id}/orders/new", **paper(a_dvpo(person_id, company))
        )
        assert answer.status_code == 303, answer.text
        shown = await browser.get(answer.headers["location"])
    assert shown.status_code == 200
    assert "Domestic violence protection order" in shown.text
    assert "No contact" in shown.text
    assert "civil contempt" in shown.text.lower()


async def test_bail_is_entered_and_expires_after_the_arrest(company: Company) -> None:
    person_id = await a_person(company)
    async with await company.as_("iom") as browser:
        answer = await posted(
            browser, f"/people/{person_id}/orders/new", **paper(bail(person_id, company))
        )
        assert answer.status_code == 303, answer.text
        tab = await browser.get(f"/people/{person_id}/orders")
    assert "Pre-charge bail" in tab.text


async def test_a_dvpo_of_29_days_comes_back_filled_with_the_rule_and_its_source(
    company: Company,
) -> None:
    person_id = await a_person(company)
    order = a_dvpo(person_id, company)
    long = a_dvpo(person_id, company, ends_on=order.made_on + timedelta(days=28))
    async with await company.as_("iom") as browser:
        answer = await posted(browser, f"/people/{person_id}/orders/new", **paper(long))
    assert answer.status_code == 422
    assert "29 days is not allowed" in answer.text
    assert "Crime and Security Act 2010 s.28(10)" in answer.text
    assert 'id="ends_on-error"' in answer.text
    assert WORDING in answer.text


async def test_the_wording_is_covered_until_it_is_opened_and_the_opening_is_logged(
    company: Company,
) -> None:
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    async with await company.as_("iom") as browser:
        covered = await browser.get(f"/orders/{order_id}")
        opened = await browser.get(f"/orders/{order_id}/wording")
    assert "Imogen Quayle" not in covered.text
    assert WORDING in opened.text
    assert await _openings(company, str(order_id)) == 1


async def test_pressed_twice_it_is_entered_once(company: Company) -> None:
    person_id = await a_person(company)
    path = f"/people/{person_id}/orders/new"
    async with await company.as_("iom") as browser:
        shown = await browser.get(path)
        data = typed(shown.text, **paper(a_dvpo(person_id, company)))
        first = await browser.post(path, data=data)
        second = await browser.post(path, data=data)
        tab = await browser.get(f"/people/{person_id}/orders")
    assert first.headers["location"] == second.headers["location"]
    assert tab.text.count("D-") >= 1
    assert tab.text.count(f'href="{first.headers["location"]}"') == 1


async def _openings(company: Company, order_id: str) -> int:
    from programmes.common.db import Side

    async with company.owner(Side.WORK) as connection:
        found: int = await connection.fetchval(
            "SELECT count(*) FROM audit.entry WHERE act = 'read-order-wording' AND row_id = $1",
            order_id,
        )
    return found


async def test_an_order_of_another_caseload_looks_like_one_that_is_not(company: Company) -> None:
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    for role in ("probation", "facilitator", "case-owner"):
        async with await company.as_(role) as browser:
            hidden = await browser.get(f"/orders/{order_id}")
            absent = await browser.get(f"/orders/{uuid4()}")
            json = await browser.get(f"/api/v1/orders/{order_id}")
            wording = await browser.get(f"/orders/{order_id}/wording")
        assert [one.status_code for one in (hidden, absent, json, wording)] == [404] * 4
        assert "Page not found" in hidden.text


async def test_a_time_that_came_twice_is_asked_again_in_words_that_the_form_takes(
    company: Company,
) -> None:
    person_id = await a_person(company)
    path = f"/people/{person_id}/orders/new"
    values = paper(a_dvpo(person_id, company, served_at=None))
    values |= {
        "made_on": date(2026, 10, 24),
        "ends_on": date(2026, 11, 10),
        "served_on": date(2026, 10, 25),
    }
    async with await company.as_("iom") as browser:
        twice = await posted(browser, path, **values | {"served_time": "1:30am"})
        never = await posted(
            browser, path, **values | {"served_on": date(2026, 3, 29), "served_time": "1:30am"}
        )
        first = await posted(browser, path, **values | {"served_time": "1:30am first"})
        shown = await browser.get(f"/api/v1{first.headers['location']}")
    assert "came twice in London" in twice.text
    assert "There was no 1:30am in London on 29 March 2026" in never.text
    assert shown.json()["order"]["served_at"] == "2026-10-25T00:30:00Z"


async def test_what_is_missing_is_told_in_the_order_of_the_page(company: Company) -> None:
    async with await company.as_("iom") as browser:
        answer = await posted(browser, "/orders/new-person")
    assert answer.status_code == 422
    told = answer.text.partition("There is a problem")[2].partition("</ul>")[0]
    assert told.index("Enter the first name") < told.index("Select the sex")
    assert told.index("Select the sex") < told.index("Select what it was")


async def test_somebody_new_who_may_be_on_record_is_asked_about(company: Company) -> None:

    person_id = await a_person(company)
    async with company.acting("iom") as actor:
        facts = await person(actor, person_id)
    values = paper(a_dvpo(person_id, company)) | {
        "first_name": facts.first_name,
        "last_name": facts.last_name,
        "date_of_birth": facts.date_of_birth,
        "sex": "male",
    }
    async with await company.as_("iom") as browser:
        asked = await posted(browser, "/orders/new-person", **values)
        assert asked.status_code == 422
        assert facts.reference in asked.text
        same = await posted(
            browser, "/orders/new-person", **values | {"same_person": str(person_id)}
        )
        tab = await browser.get(f"/people/{person_id}/orders")
    assert same.status_code == 303
    assert same.headers["location"] in tab.text
