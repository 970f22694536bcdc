"""Absences that wait for a judgement, and the papers kept about them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app.safekeeping.evidence_store import HomeEvidenceStore
from programmes.common.db import Side, fetch_value
from programmes.common.errors import Invalid, NotFound, Refused
from scheduling.attendance.absence_queries import undecided_absences
from scheduling.attendance.commands import judge_absence
from scheduling.attendance.evidence_commands import add_evidence, open_evidence
from scheduling.attendance.evidence_rules import MOST_BYTES, media_type_of
from scheduling.attendance.queries import marks_of_session
from tests.attendance_case import (
    ABSENT,
    ATTENDED,
    FACILITATOR,
    MANAGER,
    OUTSIDER,
    Group,
    make_group,
    mark_and_sign_off,
)
from tests.cast import Company

PDF = b"%PDF-1.7\n% a letter from nobody\n"
IOM = "iom@waymark.example"


@pytest.fixture
async def group(company: Company) -> Group:
    made = await make_group(company, size=1)
    await mark_and_sign_off(company, made, ABSENT)
    return made


@pytest.fixture
def store(company: Company) -> HomeEvidenceStore:
    return HomeEvidenceStore(company.databases.settings.home)


async def _mark(company: Company, group: Group) -> UUID:
    async with company.acting(MANAGER) as manager:
        return (await marks_of_session(manager, group.past))[0].id


async def _keep(
    company: Company, group: Group, store: HomeEvidenceStore, content: bytes = PDF
) -> UUID:
    mark = await _mark(company, group)
    async with company.acting(FACILITATOR) as actor:
        return await add_evidence(
            mark, content, what="Letter", store=store, actor=actor, now=company.clock.now()
        )


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n1", "image/png"),
    ],
)
def test_a_paper_is_told_by_its_first_bytes(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a file"),
        (b"<svg onload=alert(1)>", "must be a PDF"),
        (b"MZ\x90", "must be a PDF"),
        (PDF + b"x" * MOST_BYTES, "smaller than 5 MB"),
    ],
)
def test_anything_else_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Invalid) as refusal:
        media_type_of(content)
    assert says in refusal.value.errors["file"]


async def test_a_paper_lies_sealed_outside_the_database_and_its_opening_is_on_record(
    company: Company, group: Group, store: HomeEvidenceStore
) -> None:
    kept = await _keep(company, group, store)
    path = company.databases.settings.home / "evidence" / f"{kept}.sealed"
    assert b"letter from nobody" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    async with company.acting(MANAGER) as manager:
        assert await open_evidence(kept, store=store, actor=manager) == (PDF, "application/pdf")
    async with company.owner(Side.WORK) as owner:
        noted = await owner.fetchval(
            "SELECT count(*) FROM audit.entry WHERE act = 'open-evidence' AND row_id = $1",
            str(kept),
        )
    assert noted == 1


async def test_two_papers_cannot_change_places(
    company: Company, group: Group, store: HomeEvidenceStore
) -> None:
    first = await _keep(company, group, store)
    second = await _keep(company, group, store, PDF + b"another")
    directory = company.databases.settings.home / "evidence"
    (directory / f"{first}.sealed").write_bytes((directory / f"{second}.sealed").read_bytes())
    async with company.acting(MANAGER) as manager:
        with pytest.raises(NotFound):
            await open_evidence(first, store=store, actor=manager)


async def test_only_those_who_have_the_person_add_and_open(
    company: Company, group: Group, store: HomeEvidenceStore
) -> None:
    kept, mark = await _keep(company, group, store), await _mark(company, group)
    for who in (OUTSIDER, IOM):
        async with company.acting(who) as actor:
            with pytest.raises(NotFound):
                await open_evidence(kept, store=store, actor=actor)
            with pytest.raises(NotFound):
                await add_evidence(
                    mark, PDF, what="Letter", store=store, actor=actor, now=company.clock.now()
                )


async def test_there_is_nothing_to_account_for_where_they_were_there(
    company: Company, store: HomeEvidenceStore
) -> None:
    present = await make_group(company, size=1)
    await mark_and_sign_off(company, present, ATTENDED)
    with pytest.raises(Refused, match="no absence"):
        await _keep(company, present, store)


async def test_the_page_takes_a_paper_and_refuses_another_kind(
    company: Company, group: Group
) -> None:
    mark, person = await _mark(company, group), group.people[0]
    here = f"/people/{person}/attendance/{mark}/evidence"
    sent = {"submission": str(uuid4()), "version": "", "what": "Letter from a GP"}
    async with await company.as_(FACILITATOR) as browser:
        bad = await browser.post(here, data=sent, files={"file": ("a.pdf", b"<html>", "text/x")})
        unchosen = {"file": ("", b"", "application/octet-stream")}
        none = await browser.post(here, data=sent, files=unchosen)
        kept = await browser.post(here, data=sent, files={"file": ("a.exe", PDF, "text/x")})
        page = await browser.get(f"/people/{person}/attendance")
        href = page.text.partition('href="/evidence/')[2].partition('"')[0]
        paper = await browser.get(f"/evidence/{href}")
        listed = await browser.get(f"/api/v1/people/{person}/evidence")
    assert (bad.status_code, none.status_code, kept.status_code) == (422, 422, 303)
    assert "must be a PDF" in bad.text
    assert "Choose a file" in none.text
    assert '<details class="govuk-details" open>' in none.text, "what was typed is in sight"
    assert 'value="Letter from a GP"' in none.text
    assert "Letter from a GP (PDF, 1 KB)" in page.text
    assert paper.content == PDF
    assert paper.headers["content-disposition"].startswith('attachment; filename="paper-')
    assert listed.json()[0]["what"] == "Letter from a GP"


async def test_a_refused_judgement_keeps_its_words_though_somebody_else_judged_meanwhile(
    company: Company, group: Group
) -> None:
    mark, person = await _mark(company, group), group.people[0]
    stranger = (await make_group(company, size=1)).people[0]
    sent = {"submission": str(uuid4()), "version": "", "verdict": "", "note": "Rang at noon"}
    async with company.acting(MANAGER) as manager:
        await judge_absence(
            mark, verdict="acceptable", why=None, note=None, actor=manager, now=company.clock.now()
        )
    async with await company.as_(MANAGER) as browser:
        refused = await browser.post(f"/people/{person}/attendance/{mark}", data=sent)
        elsewhere = await browser.post(f"/people/{stranger}/attendance/{mark}", data=sent)
    assert refused.status_code == 422
    assert "Rang at noon" in refused.text
    assert elsewhere.status_code == 404


async def test_what_nobody_judged_is_listed_with_its_age_until_it_is_judged(
    company: Company, group: Group
) -> None:
    mark, now = await _mark(company, group), company.clock.now()
    async with company.acting(MANAGER) as manager:
        (found,) = [m for m in await undecided_absences(manager) if m.mark_id == mark]
        assert now - found.held_at < timedelta(days=1)
    async with await company.as_(MANAGER) as browser:
        page = await browser.get("/absences")
        assert f"/people/{group.people[0]}/attendance" in page.text
    async with company.acting(MANAGER) as manager:
        await judge_absence(
            mark, verdict="acceptable", why="illness", note=None, actor=manager, now=now
        )
        assert mark not in [m.mark_id for m in await undecided_absences(manager)]
        assert await fetch_value("SELECT count(*) FROM acceptability WHERE mark_id = $1", mark) == 1
