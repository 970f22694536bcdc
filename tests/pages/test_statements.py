"""Statements: recorded facts alone, nothing left out, checked by their hash; and contacts."""

import io
from datetime import timedelta
from uuid import UUID

import pytest
from pypdf import PdfReader

from programmes.common.clock import LONDON
from programmes.common.db import Side
from tests.attendance_case import (
    ABSENT,
    FACILITATOR,
    MANAGER,
    OUTSIDER,
    Group,
    make_group,
    mark_all,
    mark_and_sign_off,
)
from tests.cast import Company
from tests.order_cases import typed
from tests.pdf_ua import faults


@pytest.fixture
async def group(company: Company) -> Group:
    return await make_group(company, size=1)


async def made(company: Company, person_id: UUID, **values: str) -> str:
    """The address of a statement made by a manager."""
    async with await company.as_(MANAGER) as browser:
        path = f"/people/{person_id}/statements"
        page = await browser.get(path)
        answer = await browser.post(
            path, data=typed(page.text, **({"kind": "attendance statement"} | values))
        )
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])


async def test_a_statement_names_who_signed_off_and_can_be_checked(
    company: Company, group: Group
) -> None:
    await mark_and_sign_off(company, group, ABSENT)
    path = await made(company, group.people[0])
    async with await company.as_(MANAGER) as browser:
        whole = (await browser.get(f"/api/v1{path}")).json()
        assert "Session 1: absent" in whole["text"]
        assert "signed off" in whole["text"]
        assert "1 session up to now, 0 attended, 1 not attended" in whole["text"]
        pdf = await browser.get(f"{path}/statement.pdf")
        printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
        assert faults(pdf.content) == []
        digest = whole["statement"]["hash"]
        assert digest[:40] in printed.replace("\n", "").replace(" ", "")
        checked = await browser.get("/statements/check", params={"hash": f" {digest.upper()} "})
        assert "what is kept is unchanged" in checked.text
        wrong = await browser.get("/statements/check", params={"hash": "0" * 64})
        assert "Not found" in wrong.text
        short = await browser.get("/statements/check", params={"hash": "abc"})
        assert "That is not a hash" in short.text
    async with await company.as_(OUTSIDER) as browser:
        assert (await browser.get(path)).status_code == 404
        checked = await browser.get("/statements/check", params={"hash": digest})
        assert "Not found" in checked.text


async def test_what_is_kept_cannot_be_altered_unnoticed(company: Company, group: Group) -> None:
    await mark_and_sign_off(company, group)
    path = await made(company, group.people[0])
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'alter-for-a-test', true)")
        await owner.execute(
            "UPDATE statement SET says = jsonb_set(says, '{made_by}', '\"Another\"') "
            "WHERE id = $1::text::uuid",
            path.rsplit("/", 1)[1],
        )
    async with await company.as_(MANAGER) as browser:
        whole = (await browser.get(f"/api/v1{path}")).json()
        assert whole["is_unchanged"] is False
        digest = whole["statement"]["hash"]
        checked = await browser.get("/statements/check", params={"hash": digest})
        assert "no longer has this hash" in checked.text


async def test_a_session_that_is_not_signed_off_is_listed_as_such(
    company: Company, group: Group
) -> None:
    await mark_all(company, group, ABSENT)
    path = await made(company, group.people[0])
    async with await company.as_(MANAGER) as browser:
        text = (await browser.get(f"/api/v1{path}")).json()["text"]
    assert "Session 1: register not signed off" in text
    assert "1 not signed off, so not known" in text
    assert "absent" not in text


async def test_a_notice_to_the_police_is_for_programmes_that_report_to_them(
    company: Company, group: Group
) -> None:
    await mark_and_sign_off(company, group, ABSENT)
    path = f"/people/{group.people[0]}/statements"
    async with await company.as_(MANAGER) as browser:
        page = await browser.get(path)
        sent = typed(page.text, kind="police notice", place=str(group.enrolments[0]))
        refused = await browser.post(path, data=sent)
        assert refused.status_code == 422
        assert "does not report absence to the police" in refused.text
        none = await browser.post(path, data=typed(page.text, kind="final report"))
        assert "Select which place it is about" in none.text


async def test_a_cara_notice_holds_attendance_only(company: Company) -> None:
    group = await make_group(company, size=1, of="cara")
    await mark_and_sign_off(company, group, ABSENT)
    path = await made(
        company, group.people[0], kind="police notice", place=str(group.enrolments[0])
    )
    async with await company.as_(MANAGER) as browser:
        text = (await browser.get(f"/api/v1{path}")).json()["text"]
    assert "ATTENDANCE ONLY" in text
    assert "Session 1: absent" in text


async def test_contacts_with_the_referrer_are_counted_and_one_unreached_is_none(
    company: Company, group: Group
) -> None:
    path = f"/people/{group.people[0]}/contacts"
    at = company.clock.now().astimezone(LONDON)
    values = {
        "with_whom": "referrer",
        "how": "call",
        "happened_on": at.date(),
        "happened_time": f"{at:%H:%M}",
        "what": "Told how the first session went",
    }
    async with await company.as_(FACILITATOR) as browser:
        page = await browser.get(path)
        assert "0 of 3 contacts with the referrer are made. 3 missing." in page.text
        for reached, says in (("no", "0 of 3"), ("yes", "1 of 3")):
            page = await browser.get(path)
            sent = typed(page.text, **values, was_reached=reached)
            assert (await browser.post(path, data=sent)).status_code == 303
            assert says in (await browser.get(path)).text
        page = await browser.get(path)
        ahead = typed(page.text, **(values | {"happened_on": at.date() + timedelta(days=2)}))
        refused = await browser.post(path, data=ahead | {"was_reached": "yes"})
        assert refused.status_code == 422
        assert "That has not come yet" in refused.text
        owed = await browser.get("/referrer-contacts")
        assert path in owed.text
    async with await company.as_(OUTSIDER) as browser:
        assert (await browser.get(path)).status_code == 404
