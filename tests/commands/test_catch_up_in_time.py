"""A catch-up after the order or caution has ended helps nobody: it is not offered."""

from datetime import timedelta

from programmes.common.clock import london_date
from programmes.common.db import Side
from tests.cast import Company
from tests.commands.test_cohort_catch_up import THURSDAYS, a_group, owed_by, who_missed_the_second


async def test_what_comes_after_the_order_ends_is_not_offered(company: Company) -> None:
    await a_group(company, from_days=5, slots=THURSDAYS)
    place_id, now = await who_missed_the_second(company)
    (owed,) = await owed_by(company, place_id)
    assert owed.owing.finish_by is None
    assert owed.choices
    last = london_date(now) + timedelta(days=7)
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute(_CAUTION, owed.place.person_id, last)
    (owed,) = await owed_by(company, place_id)
    assert owed.owing.finish_by == last
    assert all(london_date(one.starts_at) <= last for one in owed.choices)
    async with await company.as_("manager") as browser:
        said = (await browser.get("/api/v1/catch-up")).json()
    mine = [one for one in said if one["place"]["enrolment_id"] == str(place_id)]
    assert mine[0]["owing"]["finish_by"] == last.isoformat()


_CAUTION = """
INSERT INTO protective_order (id, reference, person_id, kind_id, kind, made_on, ends_on,
                              issued_by, status, created_at, created_by, version)
SELECT gen_random_uuid(), 'O-' || substr(md5(random()::text), 1, 8), $1, k.id, k.code,
       current_date - 30, $2, 'Police', 'live', now(), gen_random_uuid(), 1
FROM order_kind k WHERE k.code = 'conditional-caution' LIMIT 1
"""
