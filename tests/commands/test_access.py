"""What is held about a person goes out, read twice, and looks the same whoever harmed whom."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app.job_list import JOBS
from app.jobs import run_job
from app.views.access import as_pdf, document_of
from outcomes.notices.commands import raise_notice
from outcomes.notices.words import NoticeCode
from outcomes.subject_access.commands import (
    prepare_access,
    release_access,
    send_access_on,
    withdraw_access,
)
from outcomes.subject_access.gathering_queries import disclosed_tables
from outcomes.subject_access.queries import access_request
from outcomes.subject_access.rules import WAITS, answer_by, known_keys, without
from outcomes.subject_access.words import Access, AccessStatus, Entry
from programmes.common.db import Side
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Role
from tests.cast import Company
from tests.pdf_ua import faults
from tests.survivor_case import LEAD, NAME, now, person, submission, survivor, today

COMPOSE = next(job for job in JOBS if job.name == "compose-access")
SECOND = "manager.two@waymark.example"
NOTE = "He said that his neighbour Mr Quillon told her."


async def case_note(company: Company, person_id: UUID) -> None:
    """A free text about him, as a colleague wrote it."""
    async with company.owner(Side.WORK) as work:
        await work.execute("SELECT set_config('waymark.act', 'test', false)")
        await work.execute(
            "INSERT INTO exclusion (id, person_id, account_id, reason, from_on) "
            "SELECT $1, $2, a.id, 'Knows the family', $3 FROM auth.account a "
            "WHERE a.role = 'case-owner' LIMIT 1",
            new_id(now()),
            person_id,
            today(),
        )
        await work.execute(
            "INSERT INTO contact_entry (id, person_id, happened_at, with_whom, how, was_reached, "
            "what, entered_at, entered_by) VALUES ($1, $2, $3, 'referrer', 'call', true, "
            "$4, $3, $1)",
            new_id(now()),
            person_id,
            now(),
            NOTE,
        )


async def gathered(company: Company, person_id: UUID) -> Access:
    async with company.acting(Role.MANAGER) as manager:
        made = await prepare_access(person_id, asked_on=today(), actor=manager, now=now())
        return await access_request(manager, made)


async def sent_on(company: Company, found: Access, left_out: tuple[str, ...] = ()) -> datetime:
    at = now()
    async with company.acting(Role.MANAGER) as manager:
        await send_access_on(
            found.row.id, left_out, version=found.row.version, actor=manager, now=at
        )
    return at


async def cleared(company: Company, found: Access, left_out: tuple[str, ...] = ()) -> None:
    async with await company.as_(LEAD) as browser:
        body = {"left_out": list(left_out)}
        answer = await browser.post(f"/api/v1/clearances/{found.row.id}", json=body)
        assert answer.status_code == 201, answer.text


async def now_of(company: Company, found: Access) -> Access:
    async with company.acting(Role.MANAGER) as manager:
        return await access_request(manager, found.row.id)


async def test_everything_his_is_in_it_and_nothing_of_others(company: Company) -> None:
    case = await survivor(company)
    await case_note(company, case.person_id)
    async with company.acting(Role.MANAGER) as manager:
        code = NoticeCode.RISK_RAISED
        await raise_notice(case.person_id, code, is_urgent=True, actor=manager, now=now())
    found = await gathered(company, case.person_id)
    said = str(found.entries)
    assert "Oxenholme" in said
    assert NOTE in said
    for hidden in ("Knows the family", "risk raised", NAME, "notice"):
        assert hidden not in said
    assert "name_key" in str(disclosed_tables())


async def test_what_either_reader_leaves_out_is_gone_and_nothing_tells_whose(
    company: Company,
) -> None:
    person_id, _ = await person(company)
    await case_note(company, person_id)
    found = await gathered(company, person_id)
    (free,) = [key for key in known_keys(found.entries) if ":" in key]
    himself = next(entry for entry in found.entries if entry.table == "person")
    at = await sent_on(company, found, (free,))
    await cleared(company, found, (str(himself.row),))
    await run_job(company.databases, COMPOSE, now=at + WAITS - timedelta(minutes=1))
    assert (await now_of(company, found)).row.status is AccessStatus.WAITING
    await run_job(company.databases, COMPOSE, now=at + WAITS)
    ready = await now_of(company, found)
    assert (ready.row.status, ready.left_out) == (AccessStatus.READY, [])
    assert NOTE not in str(ready.entries)
    assert "Oxenholme" not in str(ready.entries)


async def test_a_bundle_waits_the_same_whether_or_not_anybody_was_harmed(company: Company) -> None:
    """Linked and not linked: same states, same moments, same answers to the programme side."""
    linked = (await survivor(company)).person_id
    alone, _ = await person(company)
    seen = []
    for person_id in (linked, alone):
        found = await gathered(company, person_id)
        at = await sent_on(company, found)
        waiting = await now_of(company, found)
        await run_job(company.databases, COMPOSE, now=at + WAITS)
        late = await now_of(company, found)
        await cleared(company, found)
        await run_job(company.databases, COMPOSE, now=at + WAITS + timedelta(hours=24))
        ready = await now_of(company, found)
        assert waiting.row.due_at is not None
        assert late.row.due_at is not None
        seen.append(
            (
                waiting.row.status,
                waiting.row.due_at - at,
                late.row.status,
                late.row.due_at - at,
                ready.row.status,
                ready.row.version,
                sorted(entry.table for entry in ready.entries),
            )
        )
    assert seen[0] == seen[1]


async def test_a_second_manager_releases_it_and_it_goes_out_as_a_document(
    company: Company,
) -> None:
    person_id, _ = await person(company)
    found = await gathered(company, person_id)
    at = await sent_on(company, found)
    await cleared(company, found)
    await run_job(company.databases, COMPOSE, now=at + WAITS)
    path = f"/access-requests/{found.row.id}"
    async with await company.as_(Role.MANAGER) as browser:
        assert (await browser.get(f"{path}/bundle.pdf")).status_code == 404
        assert (await browser.post(f"/api/v1{path}/release")).status_code == 422
    async with await company.as_(SECOND) as browser:
        assert (await browser.post(f"{path}/release")).status_code == 303
        out = await browser.get(f"{path}/bundle.pdf")
        twin = (await browser.get(f"/api/v1{path}/bundle")).json()
    assert out.content.startswith(b"%PDF")
    assert twin["parts"][0]["title"] == "Person"
    assert str(person_id) not in str(twin)


async def test_what_cannot_be_is_refused(company: Company) -> None:
    person_id, _ = await person(company)
    with pytest.raises(Invalid):
        async with company.acting(Role.MANAGER) as manager:
            await prepare_access(
                person_id, asked_on=today() + timedelta(days=1), actor=manager, now=now()
            )
    found = await gathered(company, person_id)
    async with company.acting(Role.MANAGER) as manager:
        by = {"actor": manager, "now": now()}
        with pytest.raises(Invalid):
            await send_access_on(found.row.id, ("nothing",), version=1, **by)
        with pytest.raises(Conflict):
            await send_access_on(found.row.id, (), version=7, **by)
        with pytest.raises(Refused, match="not ready"):
            await release_access(found.row.id, version=1, **by)
        await withdraw_access(found.row.id, version=1, **by)
    assert (await now_of(company, found)).entries == []
    with pytest.raises(NotFound):
        async with company.acting(Role.PROBATION) as officer:
            await prepare_access(person_id, asked_on=today(), actor=officer, now=now())


async def test_nobody_but_the_lead_reads_what_waits(company: Company) -> None:
    person_id, _ = await person(company)
    found = await gathered(company, person_id)
    await sent_on(company, found)
    for role in (Role.MANAGER, Role.SURVIVOR_WORKER):
        async with await company.as_(role) as browser:
            assert (await browser.get("/clearances")).status_code == 404
            assert (await browser.get(f"/clearances/{found.row.id}")).status_code == 404
    async with await company.as_(LEAD) as browser:
        assert f'href="/clearances/{found.row.id}"' in (await browser.get("/")).text
        assert found.row.reference in (await browser.get("/clearances")).text
        page = await browser.get(f"/clearances/{found.row.id}")
        assert "No record that you may see is linked" in page.text
        sent = {**submission(page.text), "is_read": "yes"}
        assert (await browser.post(f"/clearances/{found.row.id}", data=sent)).status_code == 303
        assert (await browser.post(f"/clearances/{found.row.id}", data=sent)).status_code == 303
        again = await browser.post(f"/api/v1/clearances/{found.row.id}", json={})
        assert again.status_code == 422
        assert f'href="/clearances/{found.row.id}"' not in (await browser.get("/")).text


async def test_the_page_gathers_by_a_whole_reference(company: Company) -> None:
    _, reference = await person(company)
    async with await company.as_(Role.MANAGER) as browser:
        form = await browser.get("/access-requests")
        year, month, day = str(today()).split("-")
        days = {"asked_on-day": day, "asked_on-month": month, "asked_on-year": year}
        for said, status in (("P-2222-2222", 422), (reference.lower(), 303)):
            sent = {**submission(form.text), **days, "person": said}
            answer = await browser.post("/access-requests", data=sent)
            assert answer.status_code == status, answer.text
        opened = await browser.get(answer.headers["location"])
        assert "Oxenholme" in opened.text
        to_read = f'href="{answer.headers["location"]}"'
        assert to_read in (await browser.get("/")).text
        sent = {**submission(opened.text), "is_read": "yes"}
        done = await browser.post(f"{answer.headers['location']}/read", data=sent)
        assert done.status_code == 303, done.text
        assert to_read not in (await browser.get("/")).text


def test_an_answer_is_due_within_a_month() -> None:
    assert answer_by(date(2026, 1, 31)) == date(2026, 2, 28)
    assert answer_by(date(2026, 12, 4)) == date(2027, 1, 4)


def test_an_entry_of_which_nothing_is_left_is_not_in_it() -> None:
    row = UUID(int=1)
    entry = Entry(table="concern", row=row, facts={}, free={"what": "x"})
    assert without([entry], [f"{row}:what"]) == []
    assert without([entry], []) == [entry]
    assert without([entry], [str(row)]) == []


def test_the_document_is_a_tagged_pdf_without_ids() -> None:
    from outcomes.subject_access.words import AccessRow

    row = AccessRow(
        id=UUID(int=9),
        reference="D-2345-6789",
        person_id=UUID(int=8),
        person_name="Barnaby Oxenholme",
        person_reference="P-2345-6789",
        asked_on=date(2026, 11, 2),
        status=AccessStatus.RELEASED,
        due_at=datetime(2026, 11, 5, tzinfo=UTC),
        prepared_by=UUID(int=7),
        version=1,
    )
    entry = Entry(
        table="contact_entry", row=UUID(int=6), facts={"how": "telephone"}, free={"what": "Said"}
    )
    document = document_of(Access(row=row, entries=[entry], left_out=[]))
    assert str(UUID(int=6)) not in str(document)
    assert faults(as_pdf(document)) == []
