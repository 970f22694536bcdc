"""One row of a register at a time, by several at once; and whoever came unlisted."""

import asyncio
import itertools
from collections.abc import Callable
from uuid import UUID

import pytest

from programmes.catalogue.words import MarkCode
from programmes.common.db import Side, fetch, fetch_value
from programmes.common.errors import Conflict, NotFound, Refused
from scheduling.attendance.arrival_commands import add_arrival, settle_arrival
from scheduling.attendance.arrival_queries import arrivals
from scheduling.attendance.commands import save_mark, sign_off
from scheduling.attendance.rules import GivenMark
from scheduling.attendance.words import Settlement
from tests.attendance_case import (
    ABSENT,
    ATTENDED,
    FACILITATOR,
    MANAGER,
    OUTSIDER,
    Group,
    make_group,
    mark_and_sign_off,
)
from tests.cast import Company

LATE = GivenMark(code=MarkCode.LATE, minutes_late=10)


@pytest.fixture
async def group(company: Company) -> Group:
    return await make_group(company)


async def _save(
    company: Company, group: Group, number: int, given: GivenMark, revision: int
) -> tuple[int, int]:
    async with company.acting(FACILITATOR) as facilitator:
        saved = await save_mark(
            group.past,
            group.enrolments[number],
            given,
            revision=revision,
            actor=facilitator,
            now=company.clock.now(),
        )
    return saved.revision, saved.version


async def test_rows_are_saved_apart_and_each_save_counts_one(
    company: Company, group: Group
) -> None:
    assert await _save(company, group, 0, ATTENDED, 0) == (1, 2)
    assert await _save(company, group, 1, LATE, 0) == (1, 3)
    assert await _save(company, group, 0, ABSENT, 1) == (2, 4)


async def test_saying_the_same_again_is_no_save_and_no_conflict(
    company: Company, group: Group
) -> None:
    """An answer that was lost on the way is asked for again with the revision of before."""
    first = await _save(company, group, 0, LATE, 0)
    assert await _save(company, group, 0, LATE, 0) == first


async def test_a_row_that_somebody_else_marked_shows_their_mark(
    company: Company, group: Group
) -> None:
    await _save(company, group, 0, LATE, 0)
    with pytest.raises(Conflict) as conflict:
        await _save(company, group, 0, ABSENT, 0)
    current = conflict.value.current
    assert (current["code"], current["minutes_late"], current["revision"]) == ("late", "10", "1")
    assert current["entered_by"] == "Frankie Ackroyd"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (GivenMark(code=MarkCode.LATE), "how many minutes"),
        (GivenMark(code=MarkCode.LATE, minutes_late=601), "1 to 600"),
        (GivenMark(code=MarkCode.LATE_NOT_ADMITTED, minutes_late=5), "not"),
    ],
)
async def test_a_row_keeps_to_its_programmes_marks(
    company: Company, group: Group, given: GivenMark, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        await _save(company, group, 0, given, 0)


async def test_an_outsider_and_a_stranger_to_the_register_find_nothing(
    company: Company, group: Group
) -> None:
    now = company.clock.now()
    for who, place in ((OUTSIDER, group.enrolments[0]), (FACILITATOR, UUID(int=7))):
        async with company.acting(who) as actor:
            with pytest.raises(NotFound):
                await save_mark(group.past, place, ATTENDED, revision=0, actor=actor, now=now)


async def many_writers(company: Company, group: Group, *, writers: int, rounds: int) -> int:
    """Every round says something new, and is said again until it is acknowledged.

    How often somebody else was first.
    """

    async def say(number: int, what: str, seen: dict[int, int]) -> int:
        """How often somebody else was first."""
        given = GivenMark(code=MarkCode.ATTENDED, note=what)
        for clashes in itertools.count():
            try:
                seen[number], _ = await _save(company, group, number, given, seen.get(number, 0))
            except Conflict as conflict:
                seen[number] = int(conflict.current["revision"])
            else:
                return clashes
        raise AssertionError

    async def write(writer: int) -> int:
        seen: dict[int, int] = {}
        marks = [((writer + turn) % 3, f"{writer} {turn}") for turn in range(rounds)]
        return sum([await say(number, what, seen) for number, what in marks])

    clashes = sum(await asyncio.gather(*(write(writer) for writer in range(writers))))
    async with company.owner(Side.WORK) as owner:
        rows = await owner.fetch(
            "SELECT note, is_current FROM attendance_mark WHERE session_id = $1", group.past
        )
        version = await owner.fetchval(
            "SELECT version FROM register WHERE session_id = $1", group.past
        )
    acknowledged = [f"{writer} {turn}" for writer in range(writers) for turn in range(rounds)]
    assert sorted(row["note"] for row in rows) == sorted(acknowledged)
    assert version - 1 == len(acknowledged) == writers * rounds
    assert sum(row["is_current"] for row in rows) == 3
    assert clashes > 0, "nobody wrote at the same time as anybody else"
    return clashes


async def test_of_many_writers_on_one_register_no_mark_is_lost(
    company: Company, group: Group
) -> None:
    """Whatever was acknowledged is a row; the version counts every one of them."""
    await many_writers(company, group, writers=4, rounds=6)


@pytest.mark.deep
async def test_eight_writers_of_two_hundred_rounds_lose_no_mark(
    company: Company, group: Group, record_property: Callable[[str, object], None]
) -> None:
    clashes = await many_writers(company, group, writers=8, rounds=200)
    record_property("clashes of 8 writers over 1,600 marks, every acknowledged one kept", clashes)


async def test_the_page_and_the_interface_say_the_same(company: Company, group: Group) -> None:
    mark = f"/api/v1/sessions/{group.past}/marks/{group.enrolments[0]}"
    async with await company.as_(FACILITATOR) as browser:
        saved = await browser.put(mark, json={"code": "late", "minutes_late": 5, "revision": 0})
        clash = await browser.put(mark, json={"code": "absent", "revision": 0})
        bad = await browser.put(mark, json={"code": "present", "revision": 1})
        page = await browser.get(f"/sessions/{group.past}/register")
    assert saved.json() == {"revision": 1, "version": 2}
    assert (clash.status_code, clash.json()["current"]["code"]) == (409, "late")
    assert bad.status_code in (400, 422)
    assert "Saved: Late, 5 minutes" in page.text
    assert "Not marked yet" in page.text


async def test_somebody_unlisted_is_noted_and_a_manager_settles_it(
    company: Company, group: Group
) -> None:
    async with await company.as_(FACILITATOR) as browser:
        page = await browser.get(f"/sessions/{group.past}/register")
        submission = page.text.partition("/arrivals")[2].partition('name="submission" value="')[2]
        sent = {"submission": submission[:36], "version": "", "called": "Somebody New"}
        refused = await browser.post(f"/sessions/{group.past}/arrivals", data=sent)
        sent["stayed"] = "yes"
        noted = await browser.post(f"/sessions/{group.past}/arrivals", data=sent)
        page = await browser.get(f"/sessions/{group.past}/register")
        hidden = await browser.get("/arrivals")
    assert (refused.status_code, noted.status_code) == (422, 303)
    assert "Select whether they stayed" in refused.text
    assert "Somebody New came and is not listed: a manager settles it" in page.text
    assert hidden.status_code == 404
    now = company.clock.now()
    async with company.acting(MANAGER) as manager:
        (found,) = await arrivals(manager, session_id=group.past, only_open=True)
        await settle_arrival(found.id, Settlement.ELSEWHERE, actor=manager, now=now)
        with pytest.raises(Refused, match="already"):
            await settle_arrival(found.id, Settlement.PLACE, actor=manager, now=now)
        assert await arrivals(manager, session_id=group.past, only_open=True) == []


async def test_the_database_lets_no_facilitator_settle_an_arrival(
    company: Company, group: Group
) -> None:
    now = company.clock.now()
    async with company.acting(FACILITATOR) as actor:
        await add_arrival(
            group.past, called="Somebody", stayed=False, note=None, actor=actor, now=now
        )
        changed = await fetch(
            "UPDATE unlisted_arrival SET settled_at = $2, settled_by = $3, "
            "settlement = 'given a place' WHERE session_id = $1 RETURNING id",
            group.past,
            now,
            actor.account_id,
        )
    assert changed == []


async def test_nobody_is_added_to_a_register_that_is_signed_off(
    company: Company, group: Group
) -> None:
    await mark_and_sign_off(company, group)
    now = company.clock.now()
    async with company.acting(FACILITATOR) as actor:
        with pytest.raises(Refused, match="signed off"):
            await add_arrival(
                group.past, called="Late Comer", stayed=True, note=None, actor=actor, now=now
            )
    async with await company.as_(MANAGER) as browser:
        page = await browser.get(f"/sessions/{group.past}/register")
    assert "Signed off by Frankie Ackroyd" in page.text


async def test_signing_off_needs_the_version_that_was_seen(company: Company, group: Group) -> None:
    for number in range(3):
        _, version = await _save(company, group, number, ATTENDED, 0)
    await _save(company, group, 0, ABSENT, 1)
    async with company.acting(FACILITATOR) as actor:
        with pytest.raises(Conflict):
            await sign_off(group.past, version=version, actor=actor, now=company.clock.now())
        await sign_off(group.past, version=version + 1, actor=actor, now=company.clock.now())
        signed = await fetch_value(
            "SELECT signed_off_by FROM register WHERE session_id = $1", group.past
        )
    assert signed == actor.account_id
