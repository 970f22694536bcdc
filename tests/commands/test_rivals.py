"""Sixteen who want one slot at the same moment: one gets it, and nobody sees a fault."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from programmes.common.db import Side
from tests.cast import Company
from tests.commands.cohort_cases import a_room, in_days

Slot = tuple[str, str]
RIVALS = 16
SLOTS: tuple[Slot, ...] = tuple(
    (day, "18:00:00")
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
)
EIGHT = (*SLOTS, ("monday", "10:00:00"), ("tuesday", "10:00:00"))


def asked(company: Company, room_id: UUID, slot: Slot, plan: str = "") -> dict[str, Any]:
    return {
        "programme": "caring-dads",
        "first_day": in_days(company.clock.now(), 60).isoformat(),
        "slots": [{"weekday": slot[0], "starts": slot[1]}],
        "room_id": str(room_id),
        "facilitator_ids": [],
        "capacity": 12,
        "sex": "male",
        "plan": plan,
    }


async def test_of_sixteen_rivals_for_a_room_exactly_one_wins_each_slot(company: Company) -> None:
    answered = await one_wins_each(company, SLOTS)
    assert answered == {201: len(SLOTS), 409: (RIVALS - 1) * len(SLOTS)}


@pytest.mark.deep
async def test_of_two_hundred_slots_each_has_exactly_one_winner(company: Company) -> None:
    answered: Counter[int] = Counter()
    for _ in range(200 // len(EIGHT)):
        answered += await one_wins_each(company, EIGHT)
    assert answered == {201: 200, 409: 200 * (RIVALS - 1)}


async def one_wins_each(company: Company, slots: tuple[Slot, ...]) -> Counter[int]:
    """Sixteen at once for each slot of one new room; answers how often each status came."""
    room_id, answered = await a_room(company), Counter[int]()
    async with await company.as_("manager") as browser:
        for slot in slots:
            wanted = asked(company, room_id, slot)
            shown = (await browser.post("/api/v1/cohorts/plan", json=wanted)).json()["hash"]
            sent = asked(company, room_id, slot, shown)
            answers = await asyncio.gather(
                *(browser.post("/api/v1/cohorts", json=sent) for _ in range(RIVALS))
            )
            codes = Counter(one.status_code for one in answers)
            assert codes == {201: 1, 409: RIVALS - 1}, slot
            assert all("taken by group" in one.text for one in answers if one.status_code == 409)
            answered += codes
    async with company.owner(Side.WORK) as owner:
        booked = await owner.fetchval(
            "SELECT count(*) FROM booking WHERE what = $1 AND released_at IS NULL", room_id
        )
    assert booked == 15 * len(slots), "two of seventeen are one to one and take no room yet"
    return answered
