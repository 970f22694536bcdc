"""What facts set off: each fact is heard once, and each cause opens a task once.

The survivor side reads the facts themselves at once, through its own bridge. The programme side's
tasks come of them when this next runs; what goes to him waits longer still (`outcomes.messages`).
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from outcomes.tasks.commands import escalate_overdue, finish_tasks_about, open_tasks
from outcomes.tasks.reaction_queries import (
    NewsFact,
    broken_order,
    mark_heard,
    missed_session,
    orders_ending,
    orders_lapsed,
    people_at_high_risk,
    seen_marks,
    silent_places,
    unheard_facts,
)
from outcomes.tasks.rule_queries import rules_on
from outcomes.tasks.rules import (
    Finding,
    Rules,
    absence_findings,
    breach_findings,
    no_contact_finding,
)
from outcomes.tasks.words import RuleCode, TaskFor, TaskKind
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import open_connection
from programmes.common.jobs import Done
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.common.wall_time import midnight
from programmes.facts.commands import NewFact, record_facts
from programmes.facts.words import FactKind
from programmes.orders.expiry_rules import WARNING_DAYS, expiry_task

REACT = Permission(Resource.TASK, Verb.CREATE)
DAYS_A_LAPSE_IS_NEWS = 7
log = logging.getLogger("waymark")
_AT_ONCE = {
    FactKind.DROPPED_OUT: (
        TaskKind.DROPPED_OUT,
        TaskFor.OFFICERS,
        24,
        "The place in the group has ended",
    ),
    FactKind.CANNOT_FINISH: (
        TaskKind.CANNOT_FINISH,
        TaskFor.MANAGERS,
        72,
        "Can no longer finish, by the programme's own rule",
    ),
    FactKind.CONCERN: (
        TaskKind.ANSWER_CONCERN,
        TaskFor.MANAGERS,
        4,
        "Facilitators raised it after a session",
    ),
    FactKind.COMPLETED: (
        TaskKind.FINAL_REPORT,
        TaskFor.FACILITATORS,
        14 * 24,
        "The programme is completed: it goes to the referrer",
    ),
    FactKind.ORDER_ENDED: (TaskKind.ORDER_LAPSED, TaskFor.ORDER_KEEPERS, 24, "Nothing follows it"),
}


async def react(actor: Actor, *, now: datetime) -> Done:
    """Everything that nothing has reacted to and that this person may see.

    A fact that fails is counted and left for the next time; the rest go on.
    """
    await begin(actor, REACT, "react-to-facts")
    facts = await unheard_facts()
    if not facts:
        return Done()
    rules = await rules_on(actor, london_date(now))
    heard: list[UUID] = []
    for fact in facts:
        try:
            async with open_connection().transaction():
                await open_tasks(fact.person_id, await _findings(fact, rules, actor, now), now=now)
        except Exception:
            log.exception("nothing came of fact %s", fact.id)
            continue
        heard.append(fact.id)
    await mark_heard(heard, now)
    return Done(len(heard), len(facts) - len(heard))


async def look_for_tasks(actor: Actor, *, now: datetime) -> Done:
    """What becomes true by the passing of days: silence, orders that end, tasks left undone."""
    await begin(actor, REACT, "look-for-tasks")
    today = london_date(now)
    rules = await rules_on(actor, today)
    done = await _note_orders(today, now) + await _break_silence(rules, now)
    after = timedelta(hours=rules[RuleCode.ESCALATION].threshold)
    return Done(done + await escalate_overdue(after=after, actor=actor, now=now))


async def _findings(fact: NewsFact, rules: Rules, actor: Actor, now: datetime) -> Sequence[Finding]:
    if fact.kind is FactKind.MISSED:
        return await _of_absence(fact, rules, now)
    if fact.kind is FactKind.BREACH:
        broken = await broken_order(fact.about_id)
        return breach_findings(broken, rules=rules) if broken else ()
    if fact.kind is FactKind.ORDER_ENDING:
        await finish_tasks_about(
            fact.about_id,
            TaskKind.WHAT_FOLLOWS,
            note="The next warning took its place",
            actor=actor,
            now=now,
        )
        return (_what_follows(fact, now),)
    kind, for_whom, due_hours, detail = _AT_ONCE[fact.kind]
    return (
        Finding(
            kind=kind,
            for_whom=for_whom,
            cause=f"{kind}:{fact.about_id}:{fact.step}",
            about_id=fact.about_id,
            detail=detail,
            due_hours=due_hours,
        ),
    )


async def _of_absence(fact: NewsFact, rules: Rules, now: datetime) -> list[Finding]:
    marks = (await seen_marks([fact.person_id])).get(fact.person_id, [])
    is_high_risk = fact.person_id in await people_at_high_risk([fact.person_id])
    found = absence_findings(marks, is_high_risk=is_high_risk, rules=rules, now=now)
    missed = await missed_session(fact.about_id)
    if missed and missed.goes_to_issuer:
        found.append(
            Finding(
                kind=TaskKind.TELL_ISSUER,
                for_whom=TaskFor.FACILITATORS,
                cause=f"{TaskKind.TELL_ISSUER}:{missed.enrolment_id}:{missed.session_id}",
                about_id=missed.enrolment_id,
                detail="Of the attendance, nothing else",
                due_hours=24,
            )
        )
    return found


def _what_follows(fact: NewsFact, now: datetime) -> Finding:
    """Due on the order's last day; `step` is that day and how many days were left."""
    last_day, _, days = fact.step.partition(" ")
    due = fact.happened_at - now
    return Finding(
        kind=TaskKind.WHAT_FOLLOWS,
        for_whom=TaskFor.ORDER_KEEPERS,
        cause=f"{TaskKind.WHAT_FOLLOWS}:{fact.about_id}:{last_day}:{days}",
        about_id=fact.about_id,
        detail="Ends within a day" if days == "1" else f"Ends within {days} days",
        due_hours=max(1, int(due.total_seconds() // 3600)),
    )


async def _note_orders(today: date, now: datetime) -> int:
    facts = []
    for one in await orders_ending(today, within=max(WARNING_DAYS)):
        warning = expiry_task(one.ends_on, today=today)
        if warning is not None:
            at, step = midnight(one.ends_on), f"{one.ends_on} {warning.days_left}"
            facts.append(NewFact(one.person_id, FactKind.ORDER_ENDING, one.id, at, step))
    for one in await orders_lapsed(today, within=DAYS_A_LAPSE_IS_NEWS):
        at, step = midnight(one.ends_on), str(one.ends_on)
        facts.append(NewFact(one.person_id, FactKind.ORDER_ENDED, one.id, at, step))
    return await record_facts(facts, now=now)


async def _break_silence(rules: Rules, now: datetime) -> int:
    rule = rules.get(RuleCode.NO_CONTACT)
    if rule is None:
        return 0
    done = 0
    for one in await silent_places(since=now - timedelta(days=rule.threshold), now=now):
        found = no_contact_finding(one.enrolment_id, one.last_contact_at, rules=rules, now=now)
        if found:
            done += await open_tasks(one.person_id, [found], now=now)
    return done
