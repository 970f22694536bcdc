"""Changing a series against the database: as shown, kept where recorded, and taken back whole."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from programmes.common.db import Side
from programmes.common.errors import Conflict, NotFound, Refused
from scheduling.sessions.booking_commands import Clashed
from scheduling.sessions.change_commands import (
    apply_change,
    show_change,
    show_undo,
    undo_change,
)
from scheduling.sessions.change_words import (
    AddExtra,
    CancelAndOwe,
    CancelAndShift,
    Change,
    MoveFollowing,
    MoveOne,
    Pause,
    Reach,
    SwapFacilitator,
    SwapRoom,
)
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from scheduling.sessions.rules import plan_hash
from scheduling.sessions.standing_queries import applied_changes, stored_sessions
from scheduling.sessions.words import Session, Weekday, WeeklySlot
from tests.cast import Company
from tests.commands.cohort_cases import TUESDAY_AT_SIX, a_request, a_room, account_of
from tests.rules.series_cases import applied

FIRST, SECOND = "facilitator@waymark.example", "facilitator.two@waymark.example"
Made = Callable[[tuple[Session, ...]], Change]


async def a_series(
    company: Company,
    *,
    days: int = 14,
    staff: tuple[UUID, ...] = (),
    slot: tuple[WeeklySlot, ...] = TUESDAY_AT_SIX,
) -> UUID:
    now = company.clock.now()
    room_id = await a_room(company)
    request = a_request(now, room_id, from_days=days, facilitators=staff, slots=slot)
    async with company.acting("manager") as manager:
        plan = await plan_cohort(request, actor=manager, now=now)
        return await start_cohort(request, shown=plan.hash, actor=manager, now=now)


async def change_it(company: Company, cohort_id: UUID, change: Change) -> None:
    now = company.clock.now()
    async with company.acting("manager") as manager:
        plan = await show_change(cohort_id, change, actor=manager, now=now)
        shown = plan_hash(plan)
        await apply_change(cohort_id, change, shown=shown, actor=manager, now=now)


async def undo_it(company: Company, cohort_id: UUID) -> None:
    now = company.clock.now()
    async with company.acting("manager") as manager:
        latest = (await applied_changes(manager, cohort_id))[0]
        plan = await show_undo(cohort_id, latest.id, actor=manager, now=now)
        shown = plan_hash(plan)
        await undo_change(cohort_id, latest.id, shown=shown, actor=manager, now=now)


async def sessions(company: Company, cohort_id: UUID) -> tuple[Session, ...]:
    async with company.acting("manager"):
        return await stored_sessions(cohort_id)


def _day(of: Session) -> datetime:
    return of.starts_at


CHANGES: dict[str, Made] = {
    "move one": lambda s: MoveOne(
        session_id=s[4].id or uuid4(), starts_at=_day(s[4]) + timedelta(days=1)
    ),
    "move following": lambda s: MoveFollowing(
        session_id=s[4].id or uuid4(),
        first_day=_day(s[4]).date(),
        slots=(WeeklySlot(Weekday.FRIDAY, _day(s[4]).time()),),
    ),
    "cancel and shift": lambda s: CancelAndShift(session_id=s[4].id or uuid4(), reason="Flood"),
    "cancel and owe": lambda s: CancelAndOwe(session_id=s[4].id or uuid4(), reason="Flood"),
    "add an extra": lambda s: AddExtra(
        number=2, starts_at=_day(s[4]) + timedelta(days=2), room_id=s[4].room_id
    ),
    "pause": lambda s: Pause(
        pause_from=_day(s[4]).date(),
        resume_on=_day(s[4]).date() + timedelta(days=15),
        reason="Staff ill",
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
async def test_what_was_shown_is_what_is_applied_and_undo_restores(
    company: Company, kind: str
) -> None:
    cohort_id = await a_series(company)
    before = await sessions(company, cohort_id)
    change = CHANGES[kind](before)
    now = company.clock.now()
    async with company.acting("manager") as manager:
        shown = await show_change(cohort_id, change, actor=manager, now=now)
    await change_it(company, cohort_id, change)
    after = await sessions(company, cohort_id)
    expected = applied(before, shown)
    assert [replace(s, id=None) for s in after] == [replace(s, id=None) for s in expected]
    assert after != before
    await undo_it(company, cohort_id)
    assert await sessions(company, cohort_id) == before


async def test_bookings_follow_the_sessions(company: Company) -> None:
    cohort_id = await a_series(company)
    stands = await sessions(company, cohort_id)
    await change_it(company, cohort_id, CHANGES["cancel and shift"](stands))
    async with company.owner(Side.WORK) as owner:
        stray = await owner.fetchval(
            "SELECT count(*) FROM booking b JOIN session s ON s.id = b.session_id "
            "WHERE s.cohort_id = $1 AND b.released_at IS NULL AND (s.status <> 'planned' "
            "OR b.starts_at <> s.starts_at OR b.ends_at <> s.ends_at)",
            cohort_id,
        )
        held = await owner.fetchval(
            "SELECT count(*) FROM booking WHERE cohort_id = $1 AND kind = 'room' "
            "AND released_at IS NULL",
            cohort_id,
        )
    groups = [s for s in stands if s.kind == "group"]
    assert stray == 0
    assert held == len(groups)


async def test_a_plan_that_has_changed_since_is_not_applied(company: Company) -> None:
    cohort_id = await a_series(company)
    stands = await sessions(company, cohort_id)
    change, now = CHANGES["move one"](stands), company.clock.now()
    async with company.acting("manager") as manager:
        plan = await show_change(cohort_id, change, actor=manager, now=now)
        shown = plan_hash(plan)
    await change_it(company, cohort_id, CHANGES["move following"](stands))
    async with company.acting("manager") as manager:
        with pytest.raises((Conflict, Refused)):
            await apply_change(cohort_id, change, shown=shown, actor=manager, now=now)


async def test_a_room_that_is_taken_is_named(company: Company) -> None:
    one, other = await a_series(company), await a_series(company)
    there = (await sessions(company, other))[0].room_id
    session_id = (await sessions(company, one))[3].id
    assert there is not None
    assert session_id is not None
    change = SwapRoom(session_id=session_id, reach=Reach.THIS_AND_FOLLOWING, room_id=there)
    with pytest.raises(Clashed, match="is taken by group"):
        await change_it(company, one, change)


async def test_a_facilitator_hands_the_group_over(company: Company) -> None:
    async with company.acting("manager"):
        leaves, comes = await account_of(FIRST), await account_of(SECOND)
    cohort_id = await a_series(company, days=700, staff=(leaves,))
    first = (await sessions(company, cohort_id))[0].id
    assert first is not None
    change = SwapFacilitator(
        session_id=first, reach=Reach.THIS_AND_FOLLOWING, leaves=leaves, comes=comes
    )
    await change_it(company, cohort_id, change)
    assert {s.facilitator_ids for s in await sessions(company, cohort_id)} == {(comes,)}
    async with company.owner(Side.WORK) as owner:
        staff = await owner.fetch(
            "SELECT account_id FROM cohort_staff WHERE cohort_id = $1 AND until_on IS NULL",
            cohort_id,
        )
    assert [row["account_id"] for row in staff] == [comes]


async def test_a_past_session_stays_as_it_is(company: Company) -> None:
    cohort_id = await a_series(company)
    stands = await sessions(company, cohort_id)
    later = stands[-1].ends_at + timedelta(days=1)
    async with company.acting("manager") as manager:
        with pytest.raises(Refused, match="past and stays as it is"):
            await show_change(
                cohort_id, CHANGES["cancel and owe"](stands), actor=manager, now=later
            )


async def test_who_only_reads_cohorts_changes_none(company: Company) -> None:
    cohort_id = await a_series(company)
    stands = await sessions(company, cohort_id)
    for role in ("probation", "iom", "board"):
        async with company.acting(role) as actor:
            with pytest.raises(NotFound):
                await show_change(
                    cohort_id, CHANGES["move one"](stands), actor=actor, now=company.clock.now()
                )
