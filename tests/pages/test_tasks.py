"""The pages of tasks: one press to take on, done with a line, and rules that a manager changes."""

from datetime import timedelta
from uuid import UUID, uuid4

from app.job_list import JOBS
from app.jobs import run_job
from programmes.common.clock import london_date
from tests.attendance_case import FACILITATOR, MANAGER, make_group
from tests.cast import Company
from tests.commands.test_tasks import a_breach_of_somebody
from tests.order_cases import a_person, typed

REACT = next(job for job in JOBS if job.name == "react-to-facts")


async def a_task(company: Company) -> tuple[UUID, str, str]:
    """The breach, and the address of the facilitators' task about it."""
    group = await make_group(company, size=1)
    breach_id = await a_breach_of_somebody(company, group.people[0])
    await run_job(company.databases, REACT, now=company.clock.now())
    async with await company.as_(FACILITATOR) as browser:
        rows = (await browser.get("/api/v1/tasks")).json()["rows"]
    found = next(row for row in rows if row["about_id"] == str(breach_id))
    return breach_id, f"/tasks/{found['id']}", found["person_name"]


async def test_a_facilitator_takes_a_task_on_and_does_it(company: Company) -> None:
    breach_id, path, name = await a_task(company)
    async with await company.as_(FACILITATOR) as browser:
        listed = await browser.get("/tasks")
        assert path in listed.text
        assert "more task" in (home := (await browser.get("/")).text) or path in home
        page = await browser.get(path)
        assert f"/breaches/{breach_id}" in page.text
        assert name in page.text
        taken = await browser.post(f"{path}/acknowledge", headers={"origin": str(browser.base_url)})
        assert taken.status_code == 303, taken.text
        page = await browser.get(path)
        assert "In hand" in page.text
        empty = await browser.post(f"{path}/done", data=typed(page.text, note=""))
        assert empty.status_code == 422
        assert "Enter what was done" in empty.text
        done = await browser.post(f"{path}/done", data=typed(page.text, note="Both of us know"))
        assert done.status_code == 303, done.text
        assert path in (await browser.get("/tasks?view=done")).text


async def test_a_manager_decides_on_the_breach_page_and_everybody_reads_it(
    company: Company,
) -> None:
    breach_id, _, _ = await a_task(company)
    path = f"/breaches/{breach_id}/stay"
    async with await company.as_(MANAGER) as browser:
        page = await browser.get(path)
        assert "Stays, with conditions" in page.text
        refused = await browser.post(path, data=typed(page.text, outcome="stays"))
        assert refused.status_code == 422
        sent = typed(page.text, outcome="stays", reason="The officer has spoken with the group")
        assert (await browser.post(path, data=sent)).status_code == 303
        shown = await browser.get(f"/breaches/{breach_id}")
        assert "The officer has spoken with the group" in shown.text
        answer = await browser.get(f"/api/v1/breaches/{breach_id}/stay")
        assert [row["outcome"] for row in answer.json()] == ["stays"]
    async with await company.as_("board") as browser:
        assert (await browser.get(path)).status_code == 404


async def test_a_refused_decision_keeps_its_words_though_no_place_is_held(company: Company) -> None:
    breach_id = await a_breach_of_somebody(company, await a_person(company))
    sent = {"submission": str(uuid4()), "version": "", "outcome": "", "reason": "Spoke to both"}
    async with await company.as_(MANAGER) as browser:
        refused = await browser.post(f"/breaches/{breach_id}/stay", data=sent)
    assert refused.status_code == 422
    assert "No place is held" in refused.text
    assert "Spoke to both" in refused.text


async def test_a_rule_is_changed_by_a_form_with_a_source(company: Company) -> None:
    coming = london_date(company.clock.now()) + timedelta(days=500)
    path = "/task-rules/absences-in-all/new-version"
    async with await company.as_(MANAGER) as browser:
        assert "3 sessions missed in all" in (await browser.get("/task-rules")).text
        page = await browser.get(path)
        sent = typed(
            page.text,
            threshold="4",
            for_whom="managers",
            due_hours="48",
            valid_from=coming,
            source="Steering group, November",
        )
        assert (await browser.post(path, data=sent)).status_code == 303
        assert "4 sessions missed in all" in (await browser.get("/task-rules")).text
        assert (await browser.get("/task-rules/nonsense/new-version")).status_code == 404
    async with await company.as_(FACILITATOR) as browser:
        assert (await browser.get(path)).status_code == 404
        assert (await browser.get("/task-rules")).status_code == 200


async def test_signing_off_opens_the_tasks_at_once(company: Company) -> None:
    group = await make_group(company, size=1, of="cara")
    absent = {"enrolment_id": str(group.enrolments[0]), "code": "absent"}
    sent = {"marks": [absent], "version": 1, "sign_off": True}
    async with await company.as_(FACILITATOR) as browser:
        answer = await browser.put(f"/api/v1/sessions/{group.past}/register", json=sent)
        assert answer.status_code == 200, answer.text
        rows = (await browser.get("/api/v1/tasks")).json()["rows"]
        mine = [row for row in rows if row["person_id"] == str(group.people[0])]
        assert [row["kind"] for row in mine] == ["tell the issuer"]
        statements = f"/people/{group.people[0]}/statements"
        assert statements in (await browser.get(f"/tasks/{mine[0]['id']}")).text
        page = await browser.get(statements)
        notice = typed(page.text, kind="police notice", place=str(group.enrolments[0]))
        assert (await browser.post(statements, data=notice)).status_code == 303
        done = (await browser.get(f"/api/v1/tasks/{mine[0]['id']}")).json()
    assert done["status"] == "done"
