"""Breaches on pages and in JSON: recorded, matched, moved from stage to stage."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from programmes.common.db import Side
from programmes.orders.words import ConditionKind
from tests.cast import Company
from tests.order_cases import a_dvpo, a_person, bail, entered, posted, typed
from tests.pdf_ua import faults

MARAC = "Could this be a MARAC repeat?"


def happened(company: Company, *, hours_ago: float = 5) -> datetime:
    return company.clock.now() - timedelta(hours=hours_ago)


async def reported(
    browser: httpx.AsyncClient, order_id: UUID, company: Company, **changes: Any
) -> httpx.Response:
    """The breach form, filled in."""
    at = happened(company)
    values: dict[str, Any] = {
        "condition": "not-said",
        "occurred": at,
        "reported": at + timedelta(hours=1),
        "account": "Telephoned eleven times in one evening",
    }
    return await posted(browser, f"/orders/{order_id}/breaches/new", **(values | changes))


async def test_a_breach_of_a_dvpo_and_of_bail_are_recorded_and_carry_the_fixed_prompt(
    company: Company,
) -> None:
    person_id = await a_person(company)
    dvpo = await entered(company, a_dvpo(person_id, company))
    on_bail = await entered(company, bail(person_id, company))
    async with await company.as_("iom") as browser:
        first = await reported(browser, dvpo, company)
        assert first.status_code == 303, first.text
        second = await reported(
            browser, on_bail, company, match="separate", occurred=happened(company, hours_ago=6)
        )
        assert second.status_code == 303, second.text
        pages = [(await browser.get(answer.headers["location"])).text for answer in (first, second)]
    assert all(MARAC in page for page in pages)
    assert "Alleged" in pages[0]
    assert "civil contempt" in pages[0].lower()
    assert "a power of arrest, not an offence" in pages[1].lower()


async def test_a_breach_before_the_order_comes_back_with_the_reason_beside_the_field(
    company: Company,
) -> None:
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    long_ago = happened(company, hours_ago=24 * 9)
    async with await company.as_("iom") as browser:
        answer = await reported(browser, order_id, company, occurred=long_ago)
    assert answer.status_code == 422
    assert 'id="occurred_on-error"' in answer.text
    assert "The order was made on" in answer.text
    assert "Telephoned eleven times" in answer.text


async def test_an_arrest_starts_the_clock_to_court_and_court_stops_it(company: Company) -> None:
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    async with await company.as_("iom") as browser:
        made = await reported(browser, order_id, company, arrested=happened(company, hours_ago=3))
        path = made.headers["location"]
        clocks = await browser.get("/clocks")
        assert path in clocks.text
        shown = await browser.get(path)
        sent = typed(shown.text, after="before court", happened=happened(company, hours_ago=1))
        moved = await browser.post(f"{path}/move", data=sent)
        assert moved.status_code == 303, moved.text
        assert path not in (await browser.get("/clocks")).text
        assert "2 hours later" in (await browser.get(path)).text


async def test_the_same_act_under_two_orders_is_offered_as_a_match_and_is_one_event(
    company: Company,
) -> None:
    person_id = await a_person(company)
    dvpo = await entered(company, a_dvpo(person_id, company))
    on_bail = await entered(company, bail(person_id, company))
    async with await company.as_("iom") as browser:
        await reported(browser, dvpo, company)
        asked = await reported(browser, on_bail, company)
        assert asked.status_code == 422
        assert "recorded already" in asked.text
        first = (await browser.get("/api/v1/breaches?view=all")).json()["rows"]
        event = next(row["event_id"] for row in first if row["order_id"] == str(dvpo))
        made = await reported(browser, on_bail, company, match=event)
        assert made.status_code == 303, made.text
        answer = await browser.get(f"/api/v1{made.headers['location']}")
        again = await reported(browser, on_bail, company, match=event)
    assert [row["order_id"] for row in answer.json()["same_event"]] == [str(dvpo)]
    assert again.headers["location"] == made.headers["location"], "the same over again: one row"


async def test_a_stale_stage_leads_to_both_versions(company: Company) -> None:
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    async with await company.as_("iom") as browser:
        path = (await reported(browser, order_id, company)).headers["location"]
        stale = (await browser.get(path)).text
        arrest = typed(stale, after="arrested", happened=happened(company, hours_ago=2))
        assert (await browser.post(f"{path}/move", data=arrest)).status_code == 303
        late = typed(stale, after="withdrawn", reason="Entered on the wrong order")
        late["submission"] = str(uuid4())
        answer = await browser.post(f"{path}/move", data=late)
    assert answer.status_code == 409
    assert "meanwhile" in answer.text


async def test_a_sanction_is_only_what_the_instrument_allows(company: Company) -> None:
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    async with await company.as_("iom") as browser:
        path = (await reported(browser, order_id, company)).headers["location"]
        sent = {"after": "withdrawn", "reason": "Mistaken", "sanction": "community sentence"}
        answer = await browser.post(
            f"{path}/move", data=typed((await browser.get(path)).text, **sent)
        )
        assert answer.status_code == 422
        proved = {"after": "proved", "version": 1, "sanction": "custody"}
        json = await browser.post(f"/api/v1{path}/moves", json=proved)
    assert json.status_code == 422
    assert json.headers["content-type"] == "application/problem+json"


async def test_json_meets_the_same_rules_as_the_page(company: Company) -> None:
    person_id = await a_person(company)
    order = a_dvpo(person_id, company)
    body = {
        "person_id": str(person_id),
        "kind": "dvpo",
        "made_on": order.made_on.isoformat(),
        "ends_on": (order.made_on + timedelta(days=28)).isoformat(),
        "authority": "court",
        "issued_by": "Leeds Magistrates' Court",
        "served_at": "2026-03-29 01:30",
        "conditions": [{"kind": ConditionKind.NO_CONTACT, "wording": "No contact"}],
    }
    async with await company.as_("iom") as browser:
        never = await browser.post("/api/v1/orders", json=body)
        long = await browser.post("/api/v1/orders", json={**body, "served_at": None})
        body["ends_on"] = (order.made_on + timedelta(days=27)).isoformat()
        made = await browser.post("/api/v1/orders", json={**body, "served_at": None})
    assert "There was no 01:30" in never.json()["errors"]["served_at"]
    assert "s.28(10)" in long.json()["errors"]["ends_on"]
    assert made.status_code == 201, made.text
    assert made.json()["order"]["reference"].startswith("D-")
    assert "wording" not in made.text


async def test_the_pack_is_a_pdf_for_those_who_may_open_the_wording_and_is_logged(
    company: Company,
) -> None:
    order_id = await entered(company, a_dvpo(await a_person(company), company))
    async with await company.as_("iom") as browser:
        path = (await reported(browser, order_id, company)).headers["location"]
        answer = await browser.get(f"{path}/pack.pdf")
        assert f'href="{path}/pack.pdf"' in (await browser.get(path)).text
    assert faults(answer.content) == []
    assert answer.headers["cache-control"] == "no-store"
    async with company.owner(Side.WORK) as connection:
        row = await connection.fetchrow(
            "SELECT operation, detail FROM audit.entry WHERE act = 'make-breach-pack' "
            "AND row_id = $1",
            path.rsplit("/", 1)[1],
        )
    assert row["operation"] == "disclose"
    async with await company.as_("facilitator") as browser:
        assert (await browser.get(f"{path}/pack.pdf")).status_code == 404
