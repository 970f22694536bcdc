"""Sixteen who want one slot at the same moment: one gets it, and nobody sees a fault."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

from programmes.common.db import Side
from tests.cast import Company
from tests.commands.cohort_cases import a_room, in_days

RIVALS, SLOTS = 16, ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def asked(company: Company, room_id: UUID, weekday: str, plan: str = "") -> dict[str, Any]:
    return {
        "programme": "caring-dads",
        "first_day": in_days(company.clock.now(), 60).isoformat(),
        "slots": [{"weekday": weekday, "starts": "18:00:00"}],
        "room_id": str(room_id),
        "facilitator_ids": [],
        "capacity": 12,
        "sex": "male",
        "plan": plan,
    }


async def test_of_sixteen_rivals_for_a_room_exactly_one_wins_each_slot(company: Company) -> None:
    room_id = await a_room(company)
    async with await company.as_("manager") as browser:
        for weekday in SLOTS:
            wanted = asked(company, room_id, weekday)
            shown = (await browser.post("/api/v1/cohorts/plan", json=wanted)).json()["hash"]
            sent = asked(company, room_id, weekday, shown)
            answers = await asyncio.gather(
                *(browser.post("/api/v1/cohorts", json=sent) for _ in range(RIVALS))
            )
            codes = Counter(one.status_code for one in answers)
            assert codes == {201: 1, 409: RIVALS - 1}, weekday
            assert all("taken by group" in one.text for one in answers if one.status_code == 409)
    async with company.owner(Side.WORK) as owner:
        booked = await owner.fetchval(
            "SELECT count(*) FROM booking WHERE what = $1 AND released_at IS NULL", room_id
        )
    assert booked == 15 * len(SLOTS), "two of seventeen are one to one and take no room yet"
