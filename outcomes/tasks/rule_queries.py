"""The dated rules that set tasks and holds."""

from datetime import date

from outcomes.tasks.rules import Rules, rules_in_force
from outcomes.tasks.words import ReactionRule
from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_RULES = Permission(Resource.CATALOGUE, Verb.READ)


async def rule_versions(actor: Actor) -> list[ReactionRule]:
    """Every version of every rule, newest first."""
    must(actor, READ_RULES)
    return await fetch_as(
        ReactionRule,
        "SELECT code, threshold, within, for_whom, due_hours, valid_from, source "
        "FROM reaction_rule ORDER BY code, valid_from DESC",
    )


async def rules_on(actor: Actor, day: date) -> Rules:
    """Those in force on this day."""
    return rules_in_force(await rule_versions(actor), day)
