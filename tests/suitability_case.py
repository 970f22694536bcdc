"""A decision that finds somebody suitable: every criterion of today's version is met."""

from datetime import datetime

from programmes.catalogue.queries import programme
from programmes.common.clock import london_date
from programmes.referrals.suitability_rules import wanted_answers
from programmes.referrals.suitability_words import Decision
from programmes.referrals.words import Outcome


async def suitable_for(code: str, now: datetime) -> Decision:
    """Within an open transaction."""
    rules = (await programme(code)).version_on(london_date(now)).rules
    return Decision(Outcome.SUITABLE, answers=wanted_answers(rules))
