"""The dated rules: planted in a fresh home, and changed by a version with a source and a start."""

from datetime import date, datetime

from outcomes.tasks.rule_queries import rule_versions
from outcomes.tasks.seeds import RULES
from outcomes.tasks.tables import ReactionRuleVersion
from outcomes.tasks.words import ReactionRule, RuleCode
from programmes.common.audit import begin, name_act
from programmes.common.clock import london_date
from programmes.common.db import fetch, insert
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

ADD_RULE = Permission(Resource.CATALOGUE, Verb.CREATE)
MOST = 1_000


async def plant_rules(now: datetime) -> None:
    """Adds the rules that no version stands of. Run by `migrate` as the tables' owner."""
    await name_act("plant-reaction-rules")
    stored = {row["code"] for row in await fetch("SELECT DISTINCT code FROM reaction_rule")}
    for one in RULES:
        if one.code not in stored:
            await _insert(one, None, now)


async def add_rule_version(new: ReactionRule, *, actor: Actor, now: datetime) -> None:
    """From its day on; what was decided before keeps the version that stood then.

    Raises Invalid with every reason beside its field.
    """
    await begin(actor, ADD_RULE, "add-reaction-rule", reason=new.source)
    problems = reasons_no_rule(new, await rule_versions(actor), today=london_date(now))
    if problems:
        raise Invalid(problems)
    await _insert(new, actor, now)


def reasons_no_rule(new: ReactionRule, known: list[ReactionRule], *, today: date) -> dict[str, str]:
    """Every reason against this version, by field: the past stays as it was judged."""
    problems: dict[str, str] = {}
    standing = next(one for one in known if one.code is new.code)
    if new.valid_from < today:
        problems["valid_from"] = "Enter today or a day to come: what is past was judged already."
    if any(one.code is new.code and one.valid_from == new.valid_from for one in known):
        problems["valid_from"] = "A version begins on that day already. Choose another day."
    if not 1 <= new.threshold <= MOST:
        problems["threshold"] = f"Enter a whole number from 1 to {MOST:,}."
    if new.code is RuleCode.LATENESS and not new.threshold <= (new.within or 0) <= MOST:
        problems["within"] = "Enter over how many sessions, at least as many as are late."
    if standing.due_hours is not None and not 1 <= (new.due_hours or 0) <= MOST:
        problems["due_hours"] = f"Enter within how many hours, from 1 to {MOST:,}."
    if standing.for_whom is not None and new.for_whom is None:
        problems["for_whom"] = "Select whose task it is."
    if not new.source.strip():
        problems["source"] = "Enter where this comes from."
    return problems


async def _insert(one: ReactionRule, actor: Actor | None, now: datetime) -> None:
    await insert(
        ReactionRuleVersion,
        id=new_id(now),
        code=one.code,
        threshold=one.threshold,
        within=one.within,
        for_whom=one.for_whom,
        due_hours=one.due_hours,
        valid_from=one.valid_from,
        source=one.source,
        added_at=now,
        added_by=actor.account_id if actor else None,
    )
