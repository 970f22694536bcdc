"""Facts reach the survivor side through its own bridge, before anything is done on his."""

from datetime import timedelta

from outcomes.survivors.his_side_queries import changes
from outcomes.survivors.words import ChangeKind
from programmes.common.audit import name_act
from programmes.common.clock import london_date
from programmes.facts.commands import NewFact, record_facts
from programmes.facts.words import FactKind
from tests.attendance_case import ABSENT, MANAGER, make_group, mark_and_sign_off
from tests.cast import Company
from tests.commands.test_tasks import a_breach_of_somebody


async def test_a_miss_a_breach_and_a_finish_out_of_reach_are_read_before_any_task_opens(
    company: Company,
) -> None:
    group = await make_group(company, size=1)
    (person_id,) = group.people
    await mark_and_sign_off(company, group, ABSENT)
    await a_breach_of_somebody(company, person_id)
    now = company.clock.now()
    async with company.acting(MANAGER):
        await name_act("arrange-test")
        lost = NewFact(person_id, FactKind.CANNOT_FINISH, group.enrolments[0], now)
        assert await record_facts((lost,), now=now) == 1
        assert await record_facts((lost,), now=now) == 0
    today = london_date(now)
    async with company.databases.transaction("work_bridge_reader"):
        found = await changes(
            [person_id], since=today - timedelta(days=2), until=today, today=today
        )
    assert {one.kind for one in found} == {
        ChangeKind.MISSED,
        ChangeKind.BREACH,
        ChangeKind.CANNOT_FINISH,
    }
    assert "Caring Dads" in {one.about for one in found}
