"""Each report is for those whom the table names; to the others it is not there."""

import pytest

from outcomes.reports.figures import year
from outcomes.reports.management import management_report
from outcomes.reports.safety import survivor_report
from programmes.common.errors import NotFound
from programmes.common.staff import Role
from tests.cast import Company


async def test_a_manager_reads_the_management_report(company: Company) -> None:
    async with company.acting(Role.MANAGER) as actor:
        found = await management_report(year(2018), actor=actor)
    assert set(found.programmes) >= {"caring-dads", "cara", "dvpp"}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PROBATION, Role.IOM, Role.BOARD])
async def test_to_others_there_is_no_management_report(company: Company, role: Role) -> None:
    async with company.acting(role) as actor:
        with pytest.raises(NotFound):
            await management_report(year(2018), actor=actor)


async def test_a_support_worker_has_no_report_of_everybody(company: Company) -> None:
    async with company.acting(Role.SURVIVOR_WORKER) as actor:
        with pytest.raises(NotFound):
            await survivor_report(year(2018), actor=actor)
