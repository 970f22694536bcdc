"""The outbox without addresses, one's own choice, and a participant's reminders."""

from uuid import UUID

from programmes.common.db import Side
from tests.attendance_case import FACILITATOR, MANAGER
from tests.cast import Company
from tests.commands.test_outbox import messages_to
from tests.order_cases import a_person, typed


async def held(company: Company) -> UUID:
    (one,) = await messages_to(company, 1)
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute("UPDATE message SET state = 'held' WHERE id = $1", one)
    return one


async def test_a_held_message_is_settled_by_a_person_once(company: Company) -> None:
    one = await held(company)
    path = f"/outbox/{one}"
    async with await company.as_("administrator", side=Side.WORK) as browser:
        page = await browser.get("/outbox")
        assert path in page.text
        assert "facilitator@waymark.example" not in page.text
        again = await browser.post(path, data={"version": "1", "then": "again"})
        assert again.status_code == 303, again.text
        stale = await browser.post(path, data={"version": "1", "then": "leave"})
        assert stale.status_code == 422
        nonsense = await browser.post(path, data={"version": "x", "then": "burn"})
        assert nonsense.status_code == 422
    async with await company.as_(FACILITATOR) as browser:
        assert (await browser.get("/outbox")).status_code == 404
        assert (await browser.post(path, data={"version": "2"})).status_code == 404


async def test_staff_choose_how_they_hear(company: Company) -> None:
    async with await company.as_(FACILITATOR) as browser:
        page = await browser.get("/telling")
        sent = typed(page.text, choice="immediate")
        assert (await browser.post("/telling", data=sent)).status_code == 303
        assert (await browser.get("/api/v1/telling")).json() == {"choice": "immediate"}
        page = await browser.get("/telling")
        await browser.post("/telling", data=typed(page.text, choice="digest"))


async def test_reminders_need_consent_and_end_with_it(company: Company) -> None:
    person_id = await a_person(company, role="manager")
    path = f"/people/{person_id}/reminders"
    values = {
        "channel": "text",
        "address": "07700 900 123",
        "safe_from": "10:00",
        "safe_until": "18:00",
    }
    async with await company.as_(MANAGER) as browser:
        page = await browser.get(path)
        assert "No reminders go" in page.text
        refused = await browser.post(path, data=typed(page.text, **values))
        assert refused.status_code == 422
        assert "Ask first" in refused.text
        sent = typed(page.text, **values, has_consented="yes")
        assert (await browser.post(path, data=sent)).status_code == 303
        (row,) = (await browser.get(f"/api/v1{path}")).json()
        assert row["address"] == "07700900123"
        withdrawn = await browser.post(f"/reminders/{row['id']}/withdraw")
        assert withdrawn.status_code == 303
        assert "Withdrawn" in (await browser.get(path)).text
    async with await company.as_(FACILITATOR) as browser:
        assert (await browser.get(path)).status_code == 404
