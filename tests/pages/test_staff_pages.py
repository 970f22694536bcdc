"""What a manager enters of those who lead, and that planning minds it."""

from datetime import timedelta
from uuid import UUID

from scheduling.sessions.planning_commands import plan_cohort
from scheduling.sessions.words import WarningKind
from tests.cast import Company
from tests.commands.cohort_cases import a_request, a_room, account_of
from tests.commands.test_cohort_changes import SECOND
from tests.pages.test_cohort_plan_pages import carried


def on(name: str, day: object) -> dict[str, str]:
    return {f"{name}-day": f"{day:%d}", f"{name}-month": f"{day:%m}", f"{name}-year": f"{day:%Y}"}


async def test_leave_and_accreditation_are_entered_and_planning_minds_them(
    company: Company,
) -> None:
    now = company.clock.now()
    away = (now + timedelta(days=410)).date()
    async with company.acting("manager"):
        facilitator = await account_of(SECOND)
    base = f"/staff/{facilitator}"
    async with await company.as_("manager") as browser:
        listed = await browser.get("/staff")
        assert base in listed.text
        shown = await browser.get(base)
        fields = carried(shown.text, f"{base}/leave")
        days = {**on("from_on", away), **on("until_on", away + timedelta(days=20))}
        wrong = await browser.post(f"{base}/leave", data={**fields, **days})
        assert wrong.status_code == 422, "why is not said"
        done = await browser.post(f"{base}/leave", data={**fields, **days, "why": "another duty"})
        assert done.status_code == 303, done.text
        held = carried(shown.text, f"{base}/accreditations")
        ends = on("until_on", (now + timedelta(days=30)).date())
        code = {"code": "caring-dads"}
        entered = await browser.post(f"{base}/accreditations", data={**held, **ends, **code})
        assert entered.status_code == 303, entered.text
        profile = carried(shown.text, f"{base}/profile")
        await browser.post(f"{base}/profile", data={**profile, "sex": "male"})
        again = await browser.get(base)
        said = (await browser.get(f"/api/v1{base}")).json()
    assert "Ends soon" in again.text
    assert said["staff"]["sex"] == "male"
    assert said["leave"][0]["why"] == "another duty"
    assert {WarningKind.AWAY, WarningKind.NOT_ACCREDITED} <= await warned(company, facilitator)
    async with await company.as_("manager") as browser:
        to = f"{base}/leave/{said['leave'][0]['id']}/withdraw"
        back = await browser.post(to, data=carried(again.text, to))
        assert back.status_code == 303
        assert (await browser.get(f"/api/v1{base}")).json()["leave"] == []


async def warned(company: Company, facilitator: UUID) -> set[WarningKind]:
    """Of a group that would begin shortly before they are away."""
    now, room_id = company.clock.now(), await a_room(company)
    request = a_request(now, room_id, facilitators=(facilitator,), from_days=400)
    async with company.acting("manager") as manager:
        plan = await plan_cohort(request, actor=manager, now=now)
    return {warning.kind for warning in plan.series.warnings}


async def test_only_a_manager_enters_them(company: Company) -> None:
    for role in ("facilitator", "probation", "board"):
        async with await company.as_(role) as browser:
            assert (await browser.get("/staff")).status_code == 404
    async with await company.as_("manager") as browser:
        absent = await browser.get("/staff/00000000-0000-7000-8000-000000000000")
    assert absent.status_code == 404
