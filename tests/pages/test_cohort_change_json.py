"""Changing a series as JSON: nothing without the plan that was shown."""

from datetime import timedelta

from tests.cast import Company
from tests.commands.test_cohort_changes import a_series, sessions


async def test_a_change_is_shown_and_applied_as_shown(company: Company) -> None:
    cohort_id = await a_series(company)
    fifth = (await sessions(company, cohort_id))[4]
    wanted = fifth.starts_at + timedelta(days=1)
    change = {
        "type": "move one",
        "session_id": str(fifth.id),
        "starts_at": wanted.isoformat(),
    }
    address = f"/api/v1/cohorts/{cohort_id}/changes"
    async with await company.as_("manager") as browser:
        shown = await browser.post(f"{address}/plan", json={"change": change})
        assert shown.status_code == 200, shown.text
        unseen = await browser.post(address, json={"change": change, "plan": "x"})
        assert unseen.status_code == 409
        done = await browser.post(address, json={"change": change, "plan": shown.json()["plan"]})
        assert done.status_code == 201, done.text
        nonsense = await browser.post(f"{address}/plan", json={"change": {"type": "other"}})
    assert nonsense.status_code == 422
    assert (
        next(s for s in await sessions(company, cohort_id) if s.id == fifth.id).starts_at == wanted
    )
