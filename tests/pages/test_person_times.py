"""When somebody can come, and whom they must not meet: entered, minded, and never told further."""

from uuid import UUID

import httpx
import pytest

from programmes.common.db import Side, fetch_value
from programmes.common.errors import Refused
from scheduling.cohorts.commands import enrol
from scheduling.placement.fit_rules import fits_into
from scheduling.placement.group_queries import known_staff, open_groups, seekers
from tests.cast import Company
from tests.commands.test_cohort_catch_up import a_group
from tests.pages.test_cohort_plan_pages import carried
from tests.pages.test_placement_pages import person_of
from tests.pages.waiting_people import a_waiting_man


async def reasons(company: Company, referral_id: UUID, group: UUID) -> tuple[str, ...]:
    now = company.clock.now()
    async with company.acting("manager") as manager:
        (who,) = await seekers(manager, now=now, referrals=[referral_id])
        groups = await open_groups(manager, now=now, programme="caring-dads")
        found = next(one for one in groups if one.id == group)
        (fit,) = fits_into(found, [who], await known_staff(manager))
        return fit.reasons


async def sent(browser: httpx.AsyncClient, to: str, **fields: str) -> httpx.Response:
    shown = await browser.get(to)
    return await browser.post(to, data={**carried(shown.text, to), **fields})


async def test_a_group_at_a_bad_hour_is_not_offered_and_no_page_says_why(company: Company) -> None:
    group = await a_group(company, from_days=20)
    referral_id = await a_waiting_man(company)
    to = f"/people/{await person_of(company, referral_id)}/times"
    async with await company.as_("manager") as browser:
        wrong = await sent(browser, to, weekday="tuesday", begins="5pm", until="4pm")
        assert wrong.status_code == 422
        done = await sent(browser, to, weekday="tuesday", begins="5pm", until="9pm")
        assert done.status_code == 303, done.text
        listed = await browser.get(to)
        offered = await browser.get(f"/referrals/{referral_id}/place")
        assert (await browser.get(f"/api/v1{to}")).json()[0]["from_time"] == "17:00"
    assert "17:00 to 21:00" in listed.text
    assert "Not offered here." in offered.text
    assert await reasons(company, referral_id, group) == ("Not offered here.",)


async def test_whoever_must_not_meet_is_not_offered_the_same_group(company: Company) -> None:
    now, group = company.clock.now(), await a_group(company, from_days=20)
    first, second = await a_waiting_man(company), await a_waiting_man(company)
    one, other = await person_of(company, first), await person_of(company, second)
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute(_ASSIGNED, [one, other])
        reference = await owner.fetchval("SELECT reference FROM person WHERE id = $1", other)
    to = f"/people/{one}/associates"
    async with await company.as_("iom") as browser:
        assert (await sent(browser, to, other="P-nobody")).status_code == 422
        done = await sent(browser, to, other=reference)
        assert done.status_code == 303, done.text
        assert (await browser.get(f"/api/v1/people/{other}/associates")).json()
    async with await company.as_("manager") as browser:
        assert (await browser.get(to)).status_code == 404, "whoever plans does not read it"
    async with company.acting("manager") as manager:
        await enrol(first, group, referral_version=2, actor=manager, now=now)
    assert await reasons(company, second, group) == ("Not offered here.",)
    async with company.acting("manager") as manager:
        with pytest.raises(Refused, match="Not offered here"):
            await enrol(second, group, referral_version=2, actor=manager, now=now)
        assert await fetch_value("SELECT count(*) FROM kept_apart") == 0


async def test_a_manager_says_what_is_not_offered_and_is_shown_no_list(company: Company) -> None:
    group = await a_group(company, from_days=20)
    referral_id = await a_waiting_man(company)
    person_id = await person_of(company, referral_id)
    to = f"/api/v1/people/{person_id}/not-offered"
    async with await company.as_("manager") as browser:
        neither = await browser.post(to, json={})
        assert neither.status_code == 422
        longer = {"until_on": "2099-12-31", "cohort_id": str(group)}
        assert (await browser.post(to, json=longer)).status_code in (400, 422), "one length alone"
        done = await browser.post(to, json={"cohort_id": str(group)})
        assert (done.status_code, done.content) == (204, b"")
    assert await reasons(company, referral_id, group) == ("Not offered here.",)
    async with await company.as_("facilitator") as browser:
        refused = await browser.post(to, json={"cohort_id": str(group)})
    assert refused.status_code == 404


_ASSIGNED = """
INSERT INTO assignment (id, person_id, account_id, from_on)
SELECT gen_random_uuid(), p, a.id, '2017-01-01' FROM unnest($1::uuid[]) p, auth.account a
WHERE a.email = 'iom@waymark.example'
"""
