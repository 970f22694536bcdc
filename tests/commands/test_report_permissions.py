"""Each report is for those whom the table names; to the others it is not there."""

from datetime import timedelta

import pytest

from outcomes.reports.detail import Asking, part_of_report, seen_by
from outcomes.reports.detail_words import FigureTable, Part
from outcomes.reports.figures import Period, year
from outcomes.reports.management import management_report
from outcomes.reports.safety import survivor_report
from programmes.catalogue.queries import programmes
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.staff import Role
from scheduling.attendance.commands import save_marks, sign_off
from tests.attendance_case import ATTENDED, FACILITATOR, Group, make_group
from tests.cast import Company


async def test_a_manager_reads_the_management_report(company: Company) -> None:
    async with company.acting(Role.MANAGER) as actor:
        found = await management_report(year(2018), actor=actor)
    assert set(found.programmes) >= {"caring-dads", "cara", "dvpp"}


async def test_a_co_ordinator_reads_their_programmes_rows_of_waits_and_the_queue(
    company: Company,
) -> None:
    """The same figures that the manager reads of it, and no other programme's."""
    await taken(company, await make_group(company, size=2, of="cara"))
    await taken(company, await make_group(company, size=1, of="caring-dads"))
    whole = await _need(company, Role.MANAGER)
    hers = await _need(company, Role.CARA_COORDINATOR)
    assert [table.code for table in whole] == ["waits", "queue", "unmet-need"]
    assert [(table.code, table.about) for table in hers] == [("waits", "cara"), ("queue", "cara")]
    for here, there in zip(hers, whole, strict=False):
        assert here.rows == tuple(row for row in there.rows if row[0] == "CARA")
        assert len(here.rows) == 1 < len(there.rows)


async def taken(company: Company, group: Group) -> None:
    """Everybody was there on the first evening, so that everybody started."""
    now = company.clock.now()
    async with company.acting(FACILITATOR) as actor:
        marks = dict.fromkeys(group.enrolments, ATTENDED)
        version = await save_marks(group.past, marks, version=1, actor=actor, now=now)
        await sign_off(group.past, version=version, actor=actor, now=now)


async def _need(company: Company, role: Role) -> list[FigureTable]:
    now = company.clock.now()
    days = Period(london_date(now) - timedelta(days=60), london_date(now) + timedelta(days=1))
    async with company.acting(role) as actor:
        asking = Asking(actor=actor, period=days, now=now, programmes=await programmes())
        found = await part_of_report(Part.NEED, asking, before=days)
        return seen_by(asking, found, own="cara")


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PROBATION, Role.IOM, Role.BOARD])
async def test_to_others_there_is_no_management_report(company: Company, role: Role) -> None:
    async with company.acting(role) as actor:
        with pytest.raises(NotFound):
            await management_report(year(2018), actor=actor)


async def test_a_support_worker_has_no_report_of_everybody(company: Company) -> None:
    async with company.acting(Role.SURVIVOR_WORKER) as actor:
        with pytest.raises(NotFound):
            await survivor_report(year(2018), actor=actor)
