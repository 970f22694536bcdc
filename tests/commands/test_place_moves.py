"""A place changes only by its table of moves: in the commands, and in the database itself."""

from itertools import product

import asyncpg
import pytest

from programmes.common.clock import london_date
from programmes.common.db import Side, fetch
from scheduling.cohorts.commands import end_place
from scheduling.cohorts.transfer_commands import transfer
from scheduling.cohorts.words import PLACE_MOVES, EndReason, EnrolmentStatus
from tests.attendance_case import MANAGER, Group, make_group
from tests.cast import Company

_HISTORY = (
    "INSERT INTO enrolment_move (id, enrolment_id, person_id, before, after, moved_at, moved_by, "
    "reason) SELECT gen_random_uuid(), id, person_id, {}, now(), id, {} FROM enrolment "
    "WHERE id = $1"
)


@pytest.fixture
async def ended(company: Company) -> Group:
    """A group whose only place is over."""
    group = await make_group(company, size=1)
    now = company.clock.now()
    async with company.acting(MANAGER) as manager:
        await end_place(
            group.enrolments[0],
            why=EndReason.WITHDREW,
            note="",
            on=london_date(now),
            actor=manager,
            now=now,
        )
    return group


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE enrolment SET status = 'transferred' WHERE id = $1",
        "UPDATE enrolment SET status = 'paused', ended_on = NULL WHERE id = $1",
        _HISTORY.format("'ended', 'paused'", "'A reason'"),
        _HISTORY.format("'enrolled', 'transferred'", "' '"),
        _HISTORY.format("NULL, 'completed'", "'A reason'"),
        # Allowed by the table, but its history does not tell of it.
        "UPDATE enrolment SET status = 'completed' WHERE id = $1",
    ],
)
async def test_the_database_itself_refuses_every_other_move(
    company: Company, ended: Group, statement: str
) -> None:
    """Also as the tables' owner."""
    async with company.owner(Side.WORK) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', false)")
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute(statement, ended.enrolments[0])


async def test_the_database_holds_the_same_table_of_moves_as_the_code(company: Company) -> None:
    async with company.owner(Side.WORK) as owner:
        held = {
            (before, after): await owner.fetchval(
                "SELECT auth.enrolment_move($1, $2)", before.value, after.value
            )
            for before, after in product(EnrolmentStatus, EnrolmentStatus)
        }
    moves = {(one.before, one.after): one.needs_reason for one in PLACE_MOVES}
    assert {pair: reason for pair, reason in held.items() if reason is not None} == moves


async def test_going_there_and_back_again_leaves_one_live_place_and_its_whole_history(
    company: Company,
) -> None:
    first = await make_group(company, size=1)
    second = await make_group(company, size=0)
    (place,), now = first.enrolments, company.clock.now()
    async with company.acting(MANAGER) as manager:
        there = await transfer(place, into=second.cohort_id, reason="Work", actor=manager, now=now)
        back = await transfer(there, into=first.cohort_id, reason="Home", actor=manager, now=now)
        moves = await fetch(
            "SELECT before, after FROM enrolment_move WHERE enrolment_id = $1 ORDER BY id", place
        )
        places = await fetch("SELECT status FROM enrolment WHERE person_id = $1", first.people[0])
    assert back == place
    assert sorted(row["status"] for row in places) == ["enrolled", "transferred"]
    assert {(row["before"], row["after"]) for row in moves} == {
        (None, "enrolled"),
        ("enrolled", "transferred"),
        ("transferred", "enrolled"),
    }
