"""The printed register: references alone, and only for whoever may take it."""

from tests.cast import Company
from tests.commands.test_cohort_changes import a_series, sessions
from tests.pages.test_calendar_pages import a_group_of_the_facilitator
from tests.pdf_ua import faults


async def test_the_sheet_is_a_pdf_for_whoever_takes_the_register(company: Company) -> None:
    cohort_id = await a_group_of_the_facilitator(company, 1500)
    session = (await sessions(company, cohort_id))[0]
    address = f"/sessions/{session.id}/register.pdf"
    async with await company.as_("facilitator") as browser:
        answer = await browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert faults(answer.content) == []
    async with await company.as_("board") as browser:
        assert (await browser.get(address)).status_code == 404


async def test_another_facilitators_group_is_absent(company: Company) -> None:
    session = (await sessions(company, await a_series(company)))[0]
    async with await company.as_("facilitator") as browser:
        assert (await browser.get(f"/sessions/{session.id}/register.pdf")).status_code == 404
