"""What goes on around the demonstration's programmes, and expressions of need."""

from datetime import timedelta
from uuid import UUID

from app.demo.context import DemoContext
from app.demo.people import MANAGER, PROBATION
from programmes.catalogue.around_commands import (
    NewAccreditation,
    NewConsultation,
    NewOnward,
    NewTraining,
    add_accreditation,
    add_consultation,
    add_training,
    refer_onward,
    settle_onward,
)
from programmes.catalogue.around_words import OnwardKind, OnwardOutcome
from programmes.common.clock import london_date
from programmes.common.db import fetch_value
from programmes.referrals.commands import NewReferral, receive_referral
from programmes.referrals.suitability_commands import decide_suitability
from programmes.referrals.suitability_words import Decision
from programmes.referrals.words import Outcome, RiskLevel, Route

CONSULTED = ((12, "Whom to refer", 45), (40, "Words for the first visit", 60), (130, "Risk", 30))
ONWARD = (("wait-1", OnwardKind.HOUSING, "Leeds Housing Options"),
          ("wait-2", OnwardKind.SUBSTANCES, "Forward Leeds"))  # fmt: skip
NEEDS_DVPP = ("unsuited-1", "closed-1", "closed-2")


async def load(context: DemoContext) -> None:
    async with context.acting("load-demo-around"):
        await _around(context)
        await _onward(context)
        await _expressions_of_need(context)


async def _around(context: DemoContext) -> None:
    manager = context.accounts[MANAGER]
    programme_id: UUID = await fetch_value("SELECT id FROM programme WHERE code = 'caring-dads'")
    agency_id: UUID = await fetch_value(
        "SELECT id FROM agency WHERE kind = 'social work' ORDER BY name LIMIT 1"
    )
    today = context.today
    await add_accreditation(
        NewAccreditation(
            programme_id=programme_id,
            body="Caring Dads, the programme's own body",
            awarded_on=today - timedelta(days=980),
            expires_on=today + timedelta(days=115),
        ),
        actor=manager,
        now=context.ago(300),
    )
    for days, topic, minutes in CONSULTED:
        held_on = today - timedelta(days=days)
        new = NewConsultation(agency_id=agency_id, held_on=held_on, minutes=minutes, topic=topic)
        await add_consultation(new, actor=manager, now=context.ago(days - 1))
    training = NewTraining(
        title="Fathers who harm",
        for_whom="Social workers, East Leeds",
        held_on=today - timedelta(days=60),
        people=23,
    )
    await add_training(training, actor=manager, now=context.ago(59))


async def _onward(context: DemoContext) -> None:
    actor = context.accounts[PROBATION]
    for key, kind, service in ONWARD:
        referred_on = context.today - timedelta(days=30)
        new = NewOnward(kind=kind, service=service, referred_on=referred_on)
        await refer_onward(context.people[key], new, actor=actor, now=context.ago(29))
    housing: UUID = await fetch_value(
        "SELECT id FROM onward_referral WHERE person_id = $1 AND kind = $2",
        context.people["wait-1"],
        OnwardKind.HOUSING,
    )
    await settle_onward(housing, OnwardOutcome.TAKEN_UP, actor=actor, now=context.ago(5))


async def _expressions_of_need(context: DemoContext) -> None:
    """Nobody can be given a place in the planned programme; the need for it is counted."""
    manager = context.accounts[MANAGER]
    agency_id = await fetch_value(
        "SELECT id FROM agency WHERE kind = 'probation' ORDER BY name LIMIT 1"
    )
    for number, key in enumerate(NEEDS_DVPP):
        at = context.ago(50 - 12 * number)
        referral_id = await receive_referral(
            NewReferral(
                person_id=context.people[key],
                programme_code="dvpp",
                agency_id=agency_id,
                received_on=london_date(at),
                route=Route.VOLUNTARY,
                risk_level=RiskLevel.HIGH if number else RiskLevel.MEDIUM,
            ),
            actor=manager,
            now=at,
        )
        await decide_suitability(
            referral_id, Decision(Outcome.SUITABLE), version=1, actor=manager, now=at
        )
