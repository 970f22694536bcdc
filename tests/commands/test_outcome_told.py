"""Telling who referred: by e-mail after the head start, by telephone, and never why."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.operator import operator_sign_in
from app.outbox.senders import SmtpSender
from app.outbox.worker import send_all
from app.settings import MailServer
from outcomes.messages.words import Channel
from outcomes.messages.writing_commands import write_messages
from programmes.common.db import Side
from programmes.referrals.consent_commands import withdraw_consent
from tests.cast import Company
from tests.mail_server import mail_server
from tests.referral_case import a_referral, send

HEAD_START = timedelta(hours=24)


def now() -> datetime:
    return datetime.now(UTC)


async def decided(
    company: Company, outcome: str = "not suitable", **law: Any
) -> tuple[str, str, str]:
    """A referral with an address of its own, decided on; its id, address and outcome's id."""
    address = f"w{uuid4().hex[:12]}@agency.example.org"
    changes = {"referral": {"worker_email": address, **law.pop("referral", {})}, "law": law}
    async with await company.as_("probation") as browser:
        sent = await send(browser, await a_referral(company, changes))
        assert sent.status_code == 201, sent.text
        referral = str(sent.json()["id"])
    async with await company.as_("manager") as browser:
        body = {"outcome": outcome, "version": 1, "reason_code": "language", "note": "clinical"}
        done = await browser.post(f"/api/v1/referrals/{referral}/decide", json=body)
        assert done.status_code == 201, done.text
    return referral, address, str(done.json()["told"][0]["id"])


async def outbox_at(company: Company, at: datetime) -> Any:
    """Writes what is due now and sends what is due then; every letter that went."""
    async with operator_sign_in(company.databases, Side.WORK, now=now()) as acting:
        async with acting("write-messages") as actor:
            await write_messages(actor=actor, now=now())
        with mail_server() as mail:
            server = MailServer(
                host="127.0.0.1", port=mail.port, security="none", sender="w@example.org"
            )
            await send_all(acting, {Channel.EMAIL: SmtpSender(server)}, lambda: at)
            return mail


async def messages_of(company: Company, told: str) -> list[str]:
    async with company.owner(Side.WORK) as owner:
        rows = await owner.fetch("SELECT state FROM message WHERE outcome_told_id = $1", UUID(told))
    return [row["state"] for row in rows]


async def test_the_referrer_hears_once_after_the_head_start_and_the_page_says_when(
    company: Company,
) -> None:
    referral, address, _ = await decided(company)
    before = await outbox_at(company, now())
    assert before.to(address) == []
    async with await company.as_("manager") as browser:
        assert (
            f"An e-mail goes to {address} after"
            in (await browser.get(f"/referrals/{referral}")).text
        )
    after = [await outbox_at(company, now() + HEAD_START) for _ in range(2)]
    (letter,) = [one for mail in after for one in mail.to(address)]
    assert "we cannot take them" in letter.text.replace("=\n", "").replace("\r\n", " ")
    assert not re.search(r"Caring|Sam|clinical|language|Waymark", letter.text)
    for role in ("manager", "probation"):
        async with await company.as_(role) as browser:
            page = await browser.get(f"/referrals/{referral}")
        assert f"Told by e-mail: {address}" in page.text


@pytest.mark.parametrize(
    "law",
    [
        {"may_be_told": []},
        {"may_be_told": ["court"]},
    ],
)
async def test_nobody_hears_whom_the_referral_does_not_name(
    company: Company, law: dict[str, Any]
) -> None:
    referral, address, told = await decided(company, **law)
    mail = await outbox_at(company, now() + HEAD_START)
    assert mail.to(address) == []
    assert await messages_of(company, told) == []
    async with await company.as_("manager") as browser:
        page = (await browser.get(f"/referrals/{referral}")).text
        rung = await browser.post(
            f"/api/v1/referrals/{referral}/told/{told}", json={"whom": "Robin"}
        )
    assert "Not to be told" in page
    assert rung.status_code == 422
    assert "does not say" in rung.text


async def test_the_agency_hears_where_its_kind_is_named(company: Company) -> None:
    _, address, _ = await decided(company, may_be_told=["probation"])
    mail = await outbox_at(company, now() + HEAD_START)
    assert len(mail.to(address)) == 1


async def test_what_was_told_by_telephone_does_not_go_by_e_mail_too(company: Company) -> None:
    referral, address, told = await decided(company)
    await outbox_at(company, now())
    path = f"/referrals/{referral}/told/{told}"
    async with await company.as_("probation") as browser:
        assert (await browser.post(f"/api/v1{path}", json={"whom": "Me"})).status_code == 404
    async with await company.as_("manager") as browser:
        empty = await browser.post(f"/api/v1{path}", json={"whom": " "})
        assert list(empty.json()["errors"]) == ["whom"]
        for _ in range(2):
            done = await browser.post(f"/api/v1{path}", json={"whom": "Robin at the desk"})
        page = (await browser.get(f"/referrals/{referral}")).text
        made_up = await browser.post(
            f"/api/v1/referrals/{referral}/told/{uuid4()}", json={"whom": "Robin"}
        )
    assert [one["whom"] for one in done.json()["told"][0]["ways"]] == ["Robin at the desk"]
    assert "Told by telephone: Robin at the desk" in page
    assert made_up.status_code == 404
    assert (await outbox_at(company, now() + HEAD_START)).to(address) == []
    assert await messages_of(company, told) == ["cancelled"]


async def test_an_outcome_that_is_no_longer_true_is_told_nobody(company: Company) -> None:
    referral, address, told = await decided(company)
    await outbox_at(company, now())
    async with await company.as_("manager") as browser:
        facts = (await browser.get(f"/api/v1/referrals/{referral}")).json()
        moved = await browser.post(
            f"/api/v1/referrals/{referral}/move",
            json={"after": "received", "reason": "A mistake", "version": facts["version"]},
        )
        assert moved.status_code < 300, moved.text
        late = await browser.post(
            f"/api/v1/referrals/{referral}/told/{told}", json={"whom": "Robin"}
        )
        sent = {"submission": str(uuid4()), "version": "", "whom": "Robin " * 50}
        typed = await browser.post(f"/referrals/{referral}/told/{told}", data=sent)
    assert late.status_code == 409
    assert (typed.status_code, typed.text.count(sent["whom"].strip())) == (422, 1)
    assert (await outbox_at(company, now() + HEAD_START)).to(address) == []
    assert await messages_of(company, told) == ["cancelled"]


CONSENT: dict[str, Any] = {"lawful_basis": "consent", "may_be_told": ["referrer"]}


async def test_consent_withdrawn_stops_the_message_that_waits_and_every_later_one(
    company: Company,
) -> None:
    referral, address, told = await decided(company, **CONSENT)
    await outbox_at(company, now())
    assert await messages_of(company, told) == ["waiting"]
    path = f"/api/v1/referrals/{referral}"
    async with await company.as_("probation") as browser:
        assert "They withdraw their consent" in (await browser.get(f"/referrals/{referral}")).text
        first = await browser.post(f"{path}/consent/withdraw")
        again = await browser.post(f"{path}/consent/withdraw")
        assert first.status_code == 200, first.text
        assert first.json()["consent_withdrawn_at"] is not None
        assert again.json() == first.json()
    assert (await outbox_at(company, now() + HEAD_START)).to(address) == []
    assert await messages_of(company, told) == ["cancelled"]
    async with await company.as_("manager") as browser:
        page = (await browser.get(f"/referrals/{referral}")).text
        rung = await browser.post(f"{path}/told/{told}", json={"whom": "Robin"})
    assert "Not to be told: they withdrew their consent" in page
    assert "They withdraw their consent" not in page
    assert "Withdrawn" in page
    assert rung.status_code == 422
    assert "Consent was withdrawn" in rung.text


async def test_a_message_waits_for_consent_that_is_being_withdrawn_and_does_not_go(
    company: Company,
) -> None:
    referral, address, told = await decided(company, **CONSENT)
    await outbox_at(company, now())
    async with company.acting("manager") as actor:
        await withdraw_consent(UUID(referral), actor=actor, now=now())
        sending = asyncio.create_task(outbox_at(company, now() + HEAD_START))
        for _ in range(1_500):
            if await messages_of(company, told) == ["sending"]:
                break
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)  # by now it stands in line for the consent
        assert not sending.done()
    assert (await sending).to(address) == []
    assert await messages_of(company, told) == ["cancelled"]


async def test_only_consent_can_be_withdrawn(company: Company) -> None:
    referral, _, _ = await decided(company)
    path = f"/api/v1/referrals/{referral}/consent/withdraw"
    async with await company.as_("manager") as browser:
        page = (await browser.get(f"/referrals/{referral}")).text
        refused = await browser.post(path)
        unknown = await browser.post(f"/api/v1/referrals/{uuid4()}/consent/withdraw")
    async with await company.as_("auditor") as browser:
        assert (await browser.post(path)).status_code == 404
    assert "They withdraw their consent" not in page
    assert refused.status_code == 422
    assert "does not rest on consent" in refused.text
    assert unknown.status_code == 404
