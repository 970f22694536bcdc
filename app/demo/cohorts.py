"""Venues, rooms and groups of the demonstration: one tonight, one to come, one finished; pairs."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from app.demo.context import DemoContext
from app.demo.people import CARA, MANAGER, PROBATION
from programmes.catalogue.words import MarkCode
from programmes.common.clock import LONDON
from programmes.common.db import fetch, fetch_value
from programmes.orders.commands import NewCondition, NewOrder, enter_order
from programmes.orders.criminal_kinds import CONDITIONAL_CAUTION
from programmes.orders.words import Authority, ConditionKind
from scheduling.attendance.commands import judge_absence, save_marks, sign_off
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.commands import begin_and_finish_cohorts, enrol
from scheduling.cohorts.pair_commands import repeat_pair
from scheduling.cohorts.place_words import NewClosure
from scheduling.cohorts.venue_commands import (
    accredit,
    add_closure,
    add_interpreter,
    add_room,
    add_venue,
    set_staff_profile,
)
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from scheduling.sessions.planning_words import CohortRequest
from scheduling.sessions.words import Weekday, WeeklySlot

FACILITATOR: Final = "facilitator@waymark.example"
SECOND: Final = "facilitator.two@waymark.example"
_A_DAY = timedelta(days=1)
_LEFT_BEFORE_LAST = 9
_LONGEST_BREAK = 28
"""Days. Over midwinter the latest evening of a running group may be two weeks ago."""


async def load(context: DemoContext) -> None:
    """Through the commands of the pages, each at the moment when it would have been done."""
    async with context.acting("load-demo-cohorts"):
        rooms = await _rooms(context)
        await _staff(context)
        await _groups(context, rooms)
        await _pairs(context, rooms)
        await begin_and_finish_cohorts(actor=context.accounts[MANAGER], now=context.now)


async def _rooms(context: DemoContext) -> dict[str, UUID]:
    manager, long_ago = context.accounts[MANAGER], context.ago(400)
    made: dict[str, UUID] = {}
    for venue, district, rooms in (
        ("Beckside Centre", "LS9", (("Room 1", 18), ("Room 2", 10))),
        ("Moorview House", "LS12", (("Large room", 20), ("Small room", 6))),
    ):
        venue_id = await add_venue(venue, postcode_district=district, actor=manager, now=long_ago)
        for name, seats in rooms:
            made[f"{venue}, {name}"] = await add_room(
                venue_id, name=name, seats=seats, actor=manager, now=long_ago
            )
    await add_interpreter("Daiva Interpreting", language="Lithuanian", actor=manager, now=long_ago)
    await add_interpreter(
        "Hawar Language Service", language="Kurdish Sorani", actor=manager, now=long_ago
    )
    year = context.today.year
    await add_closure(
        NewClosure(from_on=date(year, 12, 23), until_on=date(year + 1, 1, 1), why="Winter closure"),
        actor=manager,
        now=long_ago,
    )
    return made


async def _staff(context: DemoContext) -> None:
    manager = context.accounts[MANAGER]
    for email, sex in ((FACILITATOR, "female"), (SECOND, "male"), (CARA, "male")):
        account_id = context.accounts[email].account_id
        await set_staff_profile(
            account_id, sex=sex, languages=(), actor=manager, now=context.ago(400)
        )
        await accredit(
            account_id, code="caring-dads", until_on=None, actor=manager, now=context.ago(400)
        )


async def _groups(context: DemoContext, rooms: dict[str, UUID]) -> None:
    both = (FACILITATOR, SECOND)
    tonight = WeeklySlot(Weekday(context.today.weekday()), time(18))
    other_day = WeeklySlot(Weekday((context.today.weekday() + 2) % 7), time(18, 30))
    room = rooms["Beckside Centre, Room 1"]
    done = await _start(context, "done", other_day, room, both, days=-196)
    now = await _start(context, "now", tonight, room, both, days=-56)
    await _start(context, "next", other_day, room, both, days=16)
    for key in ("done", "now", "next"):
        await _give_places(context, key, at=context.ago({"done": 200, "now": 58, "next": 4}[key]))
    await _mark(context, done, FACILITATOR, seed=1)
    await _mark(context, now, FACILITATOR, seed=2)


async def _start(
    context: DemoContext,
    key: str,
    slot: WeeklySlot,
    room_id: UUID,
    staff: Iterable[str],
    *,
    days: int,
    programme: str = "caring-dads",
) -> UUID:
    first_day = context.today + timedelta(days=days)
    request = CohortRequest(
        programme=programme,
        first_day=first_day,
        slots=(slot,),
        room_id=room_id,
        facilitator_ids=tuple(context.accounts[email].account_id for email in staff),
        capacity=12,
        sex="male",
    )
    planned_at = min(context.ago(7), _noon(first_day - 30 * _A_DAY))
    actor = context.accounts[CARA if programme == "cara" else MANAGER]
    plan = await plan_cohort(request, actor=actor, now=planned_at)
    made = await start_cohort(request, shown=plan.hash, actor=actor, now=planned_at)
    context.cohorts[key] = made
    return made


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)


async def _give_places(context: DemoContext, key: str, *, at: datetime) -> None:
    prefix = f"{key}-"
    actor = context.accounts[CARA if key.startswith("pair") else MANAGER]
    for who in [one for one in context.people if one.startswith(prefix)]:
        referral_id = context.referrals[who]
        version = await fetch_value("SELECT version FROM referral WHERE id = $1", referral_id)
        await enrol(
            referral_id, context.cohorts[key], referral_version=version, actor=actor, now=at
        )


async def _mark(context: DemoContext, cohort_id: UUID, who: str, *, seed: int) -> None:
    """Plausible marks at every session that is over; most signed off the same evening.

    The latest register of the running group is left open, for the facilitator's home page.
    """
    chance = Random(seed)  # noqa: S311 - invented attendance, the same each time
    facilitator = context.accounts[who]
    held = await _held(context, cohort_id)
    for session in held:
        places = await _places(cohort_id)
        marks = {
            place: _given(chance, position)
            for position, place in enumerate(places)
            if not _has_left(position, session["number"])
        }
        # Whoever stopped coming has a mark too until a person ends the place.
        marks |= {p: GivenMark(code=MarkCode.ABSENT) for p in places if p not in marks}
        at = session["ends_at"] + timedelta(minutes=10)
        version = await save_marks(session["id"], marks, version=1, actor=facilitator, now=at)
        is_left_open = at > context.ago(_LONGEST_BREAK if session is held[-1] else 8)
        if not is_left_open:
            await sign_off(session["id"], version=version, actor=facilitator, now=at)
            await _judge(context, session["id"], chance, at)


def _has_left(position: int, number: int) -> bool:
    return position == 3 and number >= _LEFT_BEFORE_LAST


async def _held(context: DemoContext, cohort_id: UUID) -> list[dict[str, Any]]:
    rows = await fetch(
        "SELECT id, number, ends_at FROM session WHERE cohort_id = $1 AND ends_at < $2 "
        "ORDER BY starts_at",
        cohort_id,
        context.now,
    )
    return [dict(row) for row in rows]


async def _places(cohort_id: UUID) -> list[UUID]:
    rows = await fetch(
        "SELECT e.id FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.cohort_id = $1 "
        "AND e.status = 'enrolled' ORDER BY p.name_key COLLATE \"C\"",
        cohort_id,
    )
    return [row["id"] for row in rows]


def _given(chance: Random, position: int) -> GivenMark:
    draw = chance.random() + (0.1 if position in (2, 7) else 0)
    if draw < 0.80:
        return GivenMark(code=MarkCode.ATTENDED)
    if draw < 0.87:
        return GivenMark(code=MarkCode.LATE, minutes_late=chance.choice((5, 10, 15, 20)))
    if draw < 0.89:
        return GivenMark(code=MarkCode.LEFT_EARLY, minutes_late=chance.choice((15, 30)))
    return GivenMark(
        code=MarkCode.ABSENT,
        claimed_reason=chance.choice(("illness", "work", "childcare", "court", None)),
    )


async def _judge(context: DemoContext, session_id: object, chance: Random, at: datetime) -> None:
    """Most absences of the weeks before last are judged; a few wait for the case owner."""
    rows = await fetch(
        "SELECT m.id, m.claimed_reason FROM attendance_mark m "
        "JOIN enrolment e ON e.id = m.enrolment_id JOIN person p ON p.id = e.person_id "
        "WHERE m.session_id = $1 AND m.is_current AND m.code = 'absent' "
        'ORDER BY p.name_key COLLATE "C"',
        session_id,
    )
    for row in rows:
        if at > context.ago(16) or chance.random() < 0.1:
            continue
        is_good = row["claimed_reason"] in ("illness", "court", "childcare")
        await judge_absence(
            row["id"],
            verdict="acceptable" if is_good else "not acceptable",
            why=row["claimed_reason"] if is_good else None,
            note=None,
            actor=context.accounts[PROBATION],
            now=at + 3 * _A_DAY,
        )


async def _pairs(context: DemoContext, rooms: dict[str, UUID]) -> None:
    saturday = WeeklySlot(Weekday.SATURDAY, time(10))
    room = rooms["Moorview House, Large room"]
    await _cautions(context)
    for key, days in (("pair-done", -75), ("pair-next", 12), ("pair-later", 47)):
        await _start(context, key, saturday, room, (CARA,), days=days, programme="cara")
    await _give_places(context, "pair-done", at=context.ago(100))
    await _give_places(context, "pair-next", at=context.ago(5))
    await _mark_pair(context, context.cohorts["pair-done"])


async def _cautions(context: DemoContext) -> None:
    """Each of the pairs' people has a conditional caution with a date of its own."""
    for position, key in enumerate(k for k in context.people if "pair" in k):
        is_over = key.startswith("pair-done")
        offence_on = context.today - timedelta(days=(140 if is_over else 75) + position)
        made_on = offence_on + timedelta(days=9)
        await enter_order(
            NewOrder(
                person_id=context.people[key],
                kind=CONDITIONAL_CAUTION,
                made_on=made_on,
                authority=Authority.AUTHORISED_PERSON,
                issued_by="Leeds District, West Yorkshire Police",
                offence_on=offence_on,
                ends_on=made_on + timedelta(days=111 + 8 * (position % 5)),
                served_at=datetime.combine(made_on, time(11), LONDON),
                conditions=(
                    NewCondition(
                        kind=ConditionKind.PROGRAMME_ATTENDANCE,
                        wording="Must attend both workshops, A and then B.",
                    ),
                ),
            ),
            actor=context.accounts[CARA],
            now=context.now,
        )


async def _mark_pair(context: DemoContext, cohort_id: UUID) -> None:
    """One came too late for workshop B, was not admitted, and waits to repeat both."""
    actor = context.accounts[CARA]
    places = await _places(cohort_id)
    for session in await _held(context, cohort_id):
        marks = {place: GivenMark(code=MarkCode.ATTENDED) for place in places}
        if session["number"] == 2:
            marks[places[-1]] = GivenMark(code=MarkCode.LATE_NOT_ADMITTED, minutes_late=25)
        at = session["ends_at"] + timedelta(minutes=10)
        version = await save_marks(session["id"], marks, version=1, actor=actor, now=at)
        await sign_off(session["id"], version=version, actor=actor, now=at)
    await repeat_pair(places[-1], into=None, actor=actor, now=context.ago(12))
