"""The CARA co-ordinator's evening: a pair, a late arrival, both repeated."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from outcomes.reports.figures import Period
from outcomes.reports.need_queries import queues
from programmes.catalogue.words import MarkCode
from programmes.common.clock import london_date
from programmes.common.db import fetch_value
from programmes.common.errors import NotFound
from programmes.common.staff import Role
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from programmes.referrals.commands import NewReferral, receive_referral
from programmes.referrals.suitability_commands import decide_suitability
from programmes.referrals.words import RiskLevel, Route
from scheduling.attendance.commands import save_marks
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.commands import enrol
from scheduling.cohorts.pair_commands import repeat_pair
from scheduling.cohorts.queries import places_in, sessions_of
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from tests.cast import Company
from tests.commands.cohort_cases import a_request, a_room
from tests.suitability_case import suitable_for

CARA = "cara-coordinator"


async def a_pair(company: Company, *, from_days: int = 14) -> UUID:
    now = company.clock.now()
    request = a_request(now, await a_room(company), programme="cara", from_days=from_days)
    asked_at = now if from_days > 0 else now + timedelta(days=from_days - 1)
    async with company.acting(CARA) as actor:
        plan = await plan_cohort(request, actor=actor, now=asked_at)
        return await start_cohort(request, shown=plan.hash, actor=actor, now=asked_at)


async def who_waits(company: Company) -> tuple[UUID, str]:
    """A man who was found suitable for the workshops; answers the referral and his surname."""
    now, surname = company.clock.now(), f"Waiting{uuid4().hex[:8]}"
    async with company.acting(CARA) as actor:
        new = NewPerson("Lewis", surname, date(1990, 1, 2), Sex.MALE)
        person_id = await add_person(new, actor=actor, now=now)
        agency_id = await fetch_value("SELECT id FROM agency WHERE kind = 'police' LIMIT 1")
        referral_id = await receive_referral(
            NewReferral(
                person_id=person_id,
                programme_code="cara",
                agency_id=agency_id,
                received_on=now.date() - timedelta(days=3),
                route=Route.CONDITIONAL_CAUTION,
                risk_level=RiskLevel.STANDARD,
            ),
            actor=actor,
            now=now,
        )
        decision = await suitable_for("cara", now)
        await decide_suitability(referral_id, decision, version=1, actor=actor, now=now)
    return referral_id, surname


async def test_the_waiting_list_leads_to_a_place(company: Company) -> None:
    pair = await a_pair(company)
    referral_id, surname = await who_waits(company)
    async with await company.as_(CARA) as browser:
        listed = await browser.get("/waiting-list/cara")
        assert surname in listed.text
        assert f"/referrals/{referral_id}/place" in listed.text
        offered = await browser.get(f"/referrals/{referral_id}/place")
        fields = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', offered.text))
        done = await browser.post(
            f"/referrals/{referral_id}/place", data={**fields, "cohort": str(pair)}
        )
    assert done.headers["location"] == f"/cohorts/{pair}"


async def test_whoever_came_too_late_repeats_both(company: Company) -> None:
    begun, later = await a_pair(company, from_days=-10), await a_pair(company, from_days=20)
    referral_id, surname = await who_waits(company)
    before = company.clock.now() - timedelta(days=20)
    now = company.clock.now()
    async with company.acting(CARA) as actor:
        place = await enrol(referral_id, begun, referral_version=2, actor=actor, now=before)
        first = (await sessions_of(actor, begun))[0]
        late: dict[UUID, GivenMark] = {
            place: GivenMark(code=MarkCode.LATE_NOT_ADMITTED, minutes_late=20)
        }
        assert first.starts_at < datetime.now(UTC)
        await save_marks(first.id, late, version=1, actor=actor, now=now)
    async with await company.as_(CARA) as browser:
        group = await browser.get(f"/cohorts/{begun}")
        assert f"/places/{place}/repeat" in group.text
        asked = await browser.get(f"/places/{place}/repeat")
        assert str(later) in asked.text
        fields = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', asked.text))
        done = await browser.post(f"/places/{place}/repeat", data={**fields, "into": str(later)})
        assert done.status_code == 303, done.text
        again = await browser.get(f"/places/{place}/repeat")
    assert again.status_code == 200
    async with company.acting(CARA) as actor:
        ended = next(p for p in await places_in(actor, begun) if p.id == place)
        assert ended.end_reason == "repeats the pair"
        assert any(surname in p.person_name for p in await places_in(actor, later))


async def test_whoever_repeats_waits_again_in_the_report(company: Company) -> None:
    begun = await a_pair(company, from_days=-10)
    before, now = company.clock.now() - timedelta(days=20), company.clock.now()
    without = await _waiting_for_cara(company)
    referral_id, _ = await who_waits(company)
    assert await _waiting_for_cara(company) == without + 1
    async with company.acting(CARA) as actor:
        place = await enrol(referral_id, begun, referral_version=2, actor=actor, now=before)
        first = (await sessions_of(actor, begun))[0]
        late = GivenMark(code=MarkCode.LATE_NOT_ADMITTED, minutes_late=20)
        await save_marks(first.id, {place: late}, version=1, actor=actor, now=now)
    assert await _waiting_for_cara(company) == without
    async with company.acting(CARA) as actor:
        await repeat_pair(place, into=None, actor=actor, now=now)
    assert await _waiting_for_cara(company) == without + 1


async def _waiting_for_cara(company: Company) -> int:
    tomorrow = london_date(company.clock.now()) + timedelta(days=1)
    async with company.acting(Role.MANAGER):
        found = await queues(Period(tomorrow - timedelta(days=60), tomorrow))
    return next(one.waiting for one in found if one.code == "cara")


async def test_a_place_that_is_not_there_is_not_repeated(company: Company) -> None:
    with pytest.raises(NotFound):
        async with company.acting(CARA) as actor:
            await repeat_pair(uuid4(), into=None, actor=actor, now=company.clock.now())
