"""Going on in another group: closed groups, what travels, and who may."""

from uuid import UUID, uuid4

import pytest

from app.operator import as_operator
from programmes.common.db import Side, fetch, fetch_value
from programmes.common.errors import NotFound, Refused
from scheduling.attendance.commands import sign_off
from scheduling.cohorts.commands import enrol
from scheduling.cohorts.queries import place, places_in
from scheduling.cohorts.transfer_commands import transfer
from scheduling.cohorts.transfer_queries import marks_brought_to
from scheduling.sessions.catch_up_commands import book_catch_up
from tests.cast import Company
from tests.commands.test_cohort_catch_up import (
    THURSDAYS,
    a_group,
    owed_by,
    who_missed_the_second,
)
from tests.pages.test_cohort_plan_pages import carried
from tests.pages.waiting_people import a_waiting_man

WHY = "Works on Tuesdays now"


async def test_a_transfer_keeps_every_mark_and_what_is_owed(company: Company) -> None:
    other = await a_group(company, from_days=5, slots=THURSDAYS)
    left, now = await who_missed_the_second(company)
    async with company.acting("manager") as manager:
        joined = await transfer(left, into=other, reason=WHY, actor=manager, now=now)
        before, after = await place(manager, left), await place(manager, joined)
        brought = await marks_brought_to(manager, other)
    assert (before.status, after.status) == ("transferred", "enrolled")
    assert {m.number: m.code for m in brought if m.place_id == joined} == {
        1: "attended",
        2: "absent",
        3: "attended",
        4: "attended",
    }
    assert await owed_by(company, joined) == [], "the new group gives the second session again"


async def test_a_catch_up_that_is_booked_goes_along(company: Company) -> None:
    host = await a_group(company, from_days=6, slots=THURSDAYS)
    place_id, now = await who_missed_the_second(company)
    (owed,) = await owed_by(company, place_id)
    chosen = next(c for c in owed.choices if c.cohort_id == host)
    later = await a_group(company, from_days=40)
    async with company.acting("manager") as manager:
        await book_catch_up(
            place_id, number=2, session_id=chosen.session_id, actor=manager, now=now
        )
        joined = await transfer(place_id, into=later, reason=WHY, actor=manager, now=now)
        assert (
            await fetch_value(
                "SELECT enrolment_id FROM appointment WHERE session_id = $1 "
                "AND given_up_at IS NULL AND enrolment_id = ANY($2)",
                chosen.session_id,
                [place_id, joined],
            )
            == joined
        )


async def test_a_closed_group_takes_who_has_come_as_far_and_no_newcomer(company: Company) -> None:
    place_id, now = await who_missed_the_second(company)
    running, _ = await who_missed_the_second(company)
    async with company.acting("manager") as manager:
        closed = (await place(manager, running)).cohort_id
        await _sign_off_four(company, closed)
        await _sign_off_four(company, (await place(manager, place_id)).cohort_id)
        referral_id = await a_waiting_man(company)
        with pytest.raises(Refused, match="closed to new members"):
            await enrol(referral_id, closed, referral_version=2, actor=manager, now=now)
    async with company.acting("manager") as manager:
        joined = await transfer(place_id, into=closed, reason=WHY, actor=manager, now=now)
        assert joined in {one.id for one in await places_in(manager, closed)}


async def _sign_off_four(company: Company, cohort_id: UUID) -> None:
    now = company.clock.now()
    async with as_operator(company.databases, Side.WORK, act="test", now=now):
        rows = await fetch(
            "SELECT session_id, version FROM register WHERE cohort_id = $1", cohort_id
        )
    async with as_operator(company.databases, Side.WORK, act="test", now=now) as operator:
        for row in rows:
            await sign_off(row["session_id"], version=row["version"], actor=operator, now=now)


async def test_only_from_a_live_place_to_another_group_of_the_programme(company: Company) -> None:
    place_id, now = await who_missed_the_second(company)
    async with company.acting("manager") as manager:
        own = (await place(manager, place_id)).cohort_id
        with pytest.raises(Refused, match="in this one"):
            await transfer(place_id, into=own, reason=WHY, actor=manager, now=now)
    async with company.acting("manager") as manager:
        with pytest.raises(NotFound):
            await transfer(uuid4(), into=own, reason=WHY, actor=manager, now=now)
    async with company.acting("probation") as officer:
        with pytest.raises(NotFound):
            await transfer(place_id, into=own, reason=WHY, actor=officer, now=now)


async def test_the_page_offers_other_groups_and_moves_the_place(company: Company) -> None:
    other = await a_group(company, from_days=5, slots=THURSDAYS)
    place_id, _ = await who_missed_the_second(company)
    action = f"/places/{place_id}/transfer"
    async with await company.as_("manager") as browser:
        asked = await browser.get(action)
        assert str(other) in asked.text
        fields = carried(asked.text, action)
        empty = await browser.post(action, data={**fields, "into": str(other)})
        assert empty.status_code == 422
        assert "Enter why" in empty.text
        said = await browser.get(f"/api/v1{action}")
        assert str(other) in {one["cohort_id"] for one in said.json()}
        done = await browser.post(action, data={**fields, "into": str(other), "reason": WHY})
        assert done.headers["location"] == f"/cohorts/{other}", done.text
        group = await browser.get(f"/cohorts/{other}")
    assert "in group" in group.text
    async with await company.as_("iom") as browser:
        assert (await browser.get(action)).status_code == 404
