"""People who wait for a place, for tests of what comes after."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from programmes.common.db import fetch_value
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from programmes.referrals.commands import NewReferral, receive_referral
from programmes.referrals.suitability_commands import decide_suitability
from programmes.referrals.words import RiskLevel, Route
from tests.cast import Company
from tests.suitability_case import suitable_for


async def a_waiting_man(
    company: Company, *, who: str = "manager", programme: str = "caring-dads"
) -> UUID:
    """Found suitable for the programme; answers his referral, at its second version."""
    now = company.clock.now()
    async with company.acting(who) as actor:
        new = NewPerson("Lewis", f"Waiting{uuid4().hex[:8]}", date(1990, 1, 2), Sex.MALE)
        person_id = await add_person(new, actor=actor, now=now)
        agency_id = await fetch_value("SELECT id FROM agency WHERE kind = 'probation' LIMIT 1")
        referral_id = await receive_referral(
            NewReferral(
                person_id=person_id,
                programme_code=programme,
                agency_id=agency_id,
                received_on=now.date() - timedelta(days=30),
                route=Route.VOLUNTARY,
                risk_level=RiskLevel.MEDIUM,
            ),
            actor=actor,
            now=now,
        )
        decision = await suitable_for(programme, now)
        await decide_suitability(referral_id, decision, version=1, actor=actor, now=now)
    return referral_id
