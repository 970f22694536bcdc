"""No sequence of commands leaves the table of moves, gives two live places, or loses a decision."""

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from programmes.common.clock import london_date
from programmes.common.db import fetch, fetch_value
from programmes.common.errors import DomainError
from programmes.common.staff import Actor
from programmes.referrals.commands import move_referral
from programmes.referrals.rules import allowed_move
from programmes.referrals.suitability_commands import decide_suitability, settle_override
from programmes.referrals.suitability_words import Decision
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus, Through
from scheduling.cohorts.commands import end_place, enrol
from scheduling.cohorts.words import EndReason
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from tests.cast import Company
from tests.commands.cohort_cases import a_request, a_room
from tests.pages.waiting_people import a_waiting_man
from tests.suitability_case import suitable_for

SEQUENCES, COMMANDS = 12, 25
Command = Callable[[UUID, int, Actor, datetime], Awaitable[Any]]


def _commands(cohort: UUID, suitable: Decision, source: random.Random) -> list[Command]:
    async def move(referral: UUID, version: int, actor: Actor, now: datetime) -> None:
        after = source.choice(list(ReferralStatus))
        reason = source.choice(["", "a reason"])
        await move_referral(referral, after, version=version, reason=reason, actor=actor, now=now)

    async def decide(referral: UUID, version: int, actor: Actor, now: datetime) -> None:
        decision = source.choice(
            [
                suitable,
                Decision(Outcome.SUITABLE, override_reason="A joint plan"),
                Decision(Outcome.NOT_SUITABLE, ReasonCode.LANGUAGE),
                Decision(Outcome.CLOSED, ReasonCode.WITHDRAWN),
            ]
        )
        await decide_suitability(referral, decision, version=version, actor=actor, now=now)

    async def settle(referral: UUID, version: int, actor: Actor, now: datetime) -> None:
        await settle_override(referral, is_agreed=source.random() < 0.5, actor=actor, now=now)

    async def place(referral: UUID, version: int, actor: Actor, now: datetime) -> None:
        await enrol(referral, cohort, referral_version=version, actor=actor, now=now)

    async def end(referral: UUID, version: int, actor: Actor, now: datetime) -> None:
        live = await fetch_value(
            "SELECT id FROM enrolment WHERE referral_id = $1 AND status = 'enrolled'", referral
        )
        if live:
            why, on = EndReason.WITHDREW, london_date(now)
            await end_place(live, why=why, note="", on=on, actor=actor, now=now)

    return [move, move, decide, decide, settle, place, end]


async def _assert_whole(referral: UUID) -> None:
    moves = await fetch(
        "SELECT before, after, reason FROM referral_move WHERE referral_id = $1 "
        "ORDER BY moved_at, before IS NOT NULL",
        referral,
    )
    status = await fetch_value("SELECT status FROM referral WHERE id = $1", referral)
    assert moves[0]["before"] is None
    assert moves[-1]["after"] == status
    through = []
    for before, after in pairwise(moves):
        made = allowed_move(ReferralStatus(after["before"]), ReferralStatus(after["after"]))
        assert made is not None
        assert before["after"] == after["before"]
        assert after["reason"] or not made.needs_reason
        through.append(made.through)
    decided = await fetch_value(
        "SELECT count(*) FROM suitability_decision WHERE referral_id = $1", referral
    )
    places = await fetch_value(
        "SELECT count(*) FROM enrolment "
        "WHERE referral_id = $1 AND status IN ('enrolled', 'paused')",
        referral,
    )
    assert decided == through.count(Through.DECISION)
    assert places <= 1
    assert places == 0 or status == ReferralStatus.ENROLLED


async def test_no_sequence_of_commands_breaks_a_referral(company: Company) -> None:
    source, now = random.Random(9), company.clock.now()
    request = a_request(now, await a_room(company), from_days=400)
    async with company.acting("manager") as actor:
        plan = await plan_cohort(request, actor=actor, now=now)
        cohort = await start_cohort(request, shown=plan.hash, actor=actor, now=now)
        suitable = await suitable_for("caring-dads", now)
    reached = set()
    for _ in range(SEQUENCES):
        referral = await a_waiting_man(company)
        commands = _commands(cohort, suitable, source)
        for step in range(COMMANDS):
            who = source.choice(["manager", "manager.two@waymark.example"])
            async with company.acting(who) as actor:
                version = await fetch_value("SELECT version FROM referral WHERE id = $1", referral)
                at = now + timedelta(minutes=step + 1)
                with suppress(DomainError):
                    stale = source.random() < 0.1
                    await source.choice(commands)(referral, version - stale, actor, at)
                await _assert_whole(referral)
                reached.add(
                    await fetch_value("SELECT status FROM referral WHERE id = $1", referral)
                )
    assert len(reached) >= 6, reached
