"""Planning a cohort against the database: as shown, once, and never two in one place."""

import asyncio
from datetime import time
from uuid import UUID

import asyncpg
import pytest
from msgspec.structs import replace

from programmes.common.db import Side
from programmes.common.errors import Conflict, NotFound, Refused
from scheduling.cohorts.queries import cohort, sessions_of
from scheduling.sessions.booking_commands import Clashed
from scheduling.sessions.planning_commands import free_slots, plan_cohort, start_cohort
from scheduling.sessions.words import Weekday, WeeklySlot
from tests.cast import Company
from tests.commands.cohort_cases import a_request, a_room


async def planned(company: Company, room_id: UUID, who: str = "manager", **asked: object) -> UUID:
    now = company.clock.now()
    request = a_request(now, room_id, **asked)  # type: ignore[arg-type]
    async with company.acting(who) as actor:
        plan = await plan_cohort(request, actor=actor, now=now)
        return await start_cohort(request, shown=plan.hash, actor=actor, now=now)


async def test_a_series_of_seventeen_is_written_exactly_as_shown(company: Company) -> None:
    now = company.clock.now()
    request = a_request(now, await a_room(company))
    async with company.acting("manager") as manager:
        plan = await plan_cohort(request, actor=manager, now=now)
        cohort_id = await start_cohort(request, shown=plan.hash, actor=manager, now=now)
        written = await sessions_of(manager, cohort_id)
        facts = await cohort(manager, cohort_id)
    assert [(s.number, s.starts_at, s.ends_at, s.kind) for s in written] == [
        (s.number, s.starts_at, s.ends_at, s.kind) for s in plan.series.sessions
    ]
    assert len(written) == 17
    assert (facts.first_on, facts.last_on) == (
        written[0].starts_at.date(),
        written[-1].starts_at.date(),
    )
    assert facts.reference.isdigit()


async def test_what_is_written_under_a_savepoint_is_chained_with_all_the_rest(
    company: Company,
) -> None:
    """In the order of writing, at one go: else the time to commit grows with the square."""
    now, room_id = company.clock.now(), await a_room(company)
    async with company.acting("manager") as manager:
        for weekday in (Weekday.MONDAY, Weekday.SUNDAY):
            request = a_request(now, room_id, slots=(WeeklySlot(weekday, time(9)),))
            plan = await plan_cohort(request, actor=manager, now=now)
            await start_cohort(request, shown=plan.hash, actor=manager, now=now)
    async with company.owner(Side.WORK) as owner:
        entries = await owner.fetch(
            "SELECT e.at, e.resource FROM audit.entry e JOIN audit.link l ON l.entry_id = e.id "
            "WHERE e.row_id IN (SELECT s.id::text FROM session s WHERE s.room_id = $1 UNION ALL "
            "SELECT b.id::text FROM booking b WHERE b.what = $1) ORDER BY l.position",
            room_id,
        )
    written = [row["at"] for row in entries]
    assert written == sorted(written)
    assert len(written) == 2 * (17 + 15)


async def test_a_plan_that_was_not_shown_is_not_applied(company: Company) -> None:
    now = company.clock.now()
    request = a_request(now, await a_room(company))
    async with company.acting("manager") as manager:
        plan = await plan_cohort(request, actor=manager, now=now)
        with pytest.raises(Conflict):
            await start_cohort(
                replace(request, capacity=11), shown=plan.hash, actor=manager, now=now
            )


async def test_a_taken_room_is_named_with_both_sides_and_free_times_are_offered(
    company: Company,
) -> None:
    now, room_id = company.clock.now(), await a_room(company)
    first = await planned(company, room_id)
    request = a_request(now, room_id)
    async with company.acting("manager") as manager:
        plan = await plan_cohort(request, actor=manager, now=now)
        offers = await free_slots(request, actor=manager)
        reference = (await cohort(manager, first)).reference
    assert {clash.taken.cohort_reference for clash in plan.clashes} == {reference}
    assert all("Room A" in clash.shown_as for clash in plan.clashes)
    for slot in offers:
        moved = replace(request, slots=(slot,))
        async with company.acting("manager") as manager:
            assert (await plan_cohort(moved, actor=manager, now=now)).clashes == ()
    assert len(offers) == 3


async def test_sixteen_rivals_for_one_room_have_one_winner(company: Company) -> None:
    room_id = await a_room(company)
    answers = await asyncio.gather(
        *(planned(company, room_id) for _ in range(16)), return_exceptions=True
    )
    winners = [one for one in answers if isinstance(one, UUID)]
    losers = [one for one in answers if not isinstance(one, UUID)]
    assert len(winners) == 1
    assert all(isinstance(one, Clashed) for one in losers), losers
    async with company.owner(Side.WORK) as owner:
        written = await owner.fetchval("SELECT count(*) FROM cohort WHERE room_id = $1", room_id)
    assert written == 1


async def test_the_database_itself_refuses_two_bookings_at_once(company: Company) -> None:
    room_id = await a_room(company)
    await planned(company, room_id)
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'test', true)")
        with pytest.raises(asyncpg.ExclusionViolationError):
            await owner.execute(
                "INSERT INTO booking (id, session_id, cohort_id, kind, what, starts_at, "
                "ends_at) SELECT gen_random_uuid(), session_id, cohort_id, kind, what, "
                "starts_at, ends_at FROM booking WHERE what = $1 LIMIT 1",
                room_id,
            )


async def test_a_planned_programme_is_refused(company: Company) -> None:
    now = company.clock.now()
    request = a_request(now, await a_room(company), programme="dvpp")
    async with company.acting("manager") as manager:
        with pytest.raises(Refused, match="planned and not yet open"):
            await plan_cohort(request, actor=manager, now=now)


async def test_the_co_ordinator_plans_a_pair_four_weeks_apart(company: Company) -> None:
    cohort_id = await planned(company, await a_room(company), "cara-coordinator", programme="cara")
    async with company.acting("cara-coordinator") as actor:
        first, second = await sessions_of(actor, cohort_id)
    assert 28 <= (second.starts_at.date() - first.starts_at.date()).days <= 35


async def test_the_co_ordinator_cannot_plan_another_programme(company: Company) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await planned(company, await a_room(company), "cara-coordinator")


async def test_a_probation_officer_plans_nothing(company: Company) -> None:
    with pytest.raises(NotFound):
        await planned(company, await a_room(company), "probation")
