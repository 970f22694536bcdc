"""Messages to survivors: only as they agreed, in their hours, once, and again only by a person."""

import asyncio
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from asyncpg import CheckViolationError

from app.operator import operator_sign_in
from app.outbox.her_worker import send_to_survivors
from app.outbox.senders import SmtpSender
from app.settings import MailServer
from outcomes.messages.words import Channel as WayOut
from outcomes.survivors.commands import record_consent, record_safe_contact
from outcomes.survivors.message_commands import (
    ask_for_message,
    leave_her_message,
    send_to_her_again,
)
from outcomes.survivors.message_rules import GOES_WITHIN, WORDS
from outcomes.survivors.words import Channel, ConsentKind, SafeContactDetails
from programmes.common.clock import LONDON
from programmes.common.db import Side
from programmes.common.errors import Conflict, NotFound, Refused
from tests.cast import Company
from tests.mail_server import mail_server
from tests.outbox_workers import SENDER
from tests.survivor_case import (
    NAME,
    OTHER_WORKER,
    WORKER,
    Case,
    now,
    sealing,
    survivor,
    today,
)

NINE, FIVE = time(9), time(17)


def at(hour: int, *, days: int = 0) -> datetime:
    """By London's clocks, on a day from today."""
    on = now().astimezone(LONDON).date() + timedelta(days=days)
    return datetime.combine(on, time(hour), LONDON)


async def reachable(
    company: Company, *, address: str = "", channel: Channel = Channel.EMAIL, **more: Any
) -> tuple[Case, str]:
    case = await survivor(company)
    where = address or f"{case.survivor_id}@example.org"
    hours: dict[str, Any] = {"from_time": NINE, "until_time": FIVE, **more}
    await change_way(company, case, SafeContactDetails(channel=channel, address=where, **hours))
    return case, where


async def change_way(company: Company, case: Case, details: SafeContactDetails) -> None:
    async with company.owner(Side.SURVIVOR) as owner:
        version = await owner.fetchval(
            "SELECT version FROM survivor WHERE id = $1", case.survivor_id
        )
    async with company.acting(WORKER) as actor:
        await record_safe_contact(
            case.survivor_id,
            details,
            reviewed_on=today(),
            version=version,
            sealing=sealing(company),
            actor=actor,
            now=now(),
        )


async def asked(company: Company, case: Case, *, worker: str = WORKER) -> UUID:
    async with company.acting(worker) as actor:
        return await ask_for_message(
            case.survivor_id, sealing=sealing(company), actor=actor, now=now()
        )


async def again(company: Company, message_id: UUID, version: int, *, worker: str = WORKER) -> None:
    async with company.acting(worker) as actor:
        await send_to_her_again(
            message_id, version=version, sealing=sealing(company), actor=actor, now=now()
        )


async def consent(company: Company, case: Case, *, is_given: bool) -> None:
    async with company.acting(WORKER) as actor:
        await record_consent(
            case.survivor_id,
            ConsentKind.CONTACT,
            is_given=is_given,
            answered_on=today(),
            sealing=sealing(company),
            actor=actor,
            now=now(),
        )


async def sent(company: Company, port: int, when: datetime, **more: Any) -> None:
    """One round of the survivor side's sender, as if it ran at this moment."""
    server = MailServer(host="127.0.0.1", port=port, security="none", sender=SENDER)
    senders = {WayOut.EMAIL: SmtpSender(server)}
    async with operator_sign_in(company.databases, Side.SURVIVOR, now=now()) as acting:
        await send_to_survivors(acting, senders, lambda: when, sealing=sealing(company), **more)


async def stands(company: Company, message_id: UUID) -> tuple[str, int, int]:
    """Its state, how often it was tried, and its version."""
    async with company.owner(Side.SURVIVOR) as owner:
        row = await owner.fetchrow(
            "SELECT state, attempts, version FROM her_message WHERE id = $1", message_id
        )
    return row["state"], row["attempts"], row["version"]


async def test_a_message_goes_in_her_hours_and_says_nothing(company: Company) -> None:
    case, where = await reachable(company)
    one = await asked(company, case)
    with mail_server() as mail:
        await sent(company, mail.port, at(8, days=1))
        await sent(company, mail.port, at(17, days=1))
        assert mail.to(where) == []
        await sent(company, mail.port, at(9, days=1))
        await sent(company, mail.port, at(9, days=1))
        (letter,) = mail.to(where)
    assert letter.message_id == str(one)
    text = " ".join(letter.text.replace("=\r\n", "").split())
    assert text.endswith(WORDS)
    assert not {*NAME.split(), "Waymark", "programme", case.reference} & set(text.split())
    assert (await stands(company, one))[:2] == ("sent", 1)


@pytest.mark.parametrize(
    ("details", "says"),
    [
        ({"channel": Channel.CALL}, "a text message or an e-mail"),
        ({"channel": Channel.TEXT, "address": "0113 496 0000"}, "mobile number"),
        ({"from_time": None}, "between which hours"),
    ],
)
async def test_what_was_not_said_to_be_safe_is_refused(
    company: Company, details: dict[str, Any], says: str
) -> None:
    case, _ = await reachable(company, **details)
    with pytest.raises(Refused, match=says):
        await asked(company, case)


async def test_nothing_is_asked_for_without_consent_or_with_a_stale_contact(
    company: Company,
) -> None:
    stale = await survivor(company, reviewed=timedelta(days=91))
    with pytest.raises(Refused, match="90 days"):
        await asked(company, stale)
    case, _ = await reachable(company)
    await consent(company, case, is_given=False)
    with pytest.raises(Refused, match="not agreed"):
        await asked(company, case)


async def test_what_changes_after_it_was_asked_for_stops_it(company: Company) -> None:
    withdrawn, there = await reachable(company)
    moved, elsewhere = await reachable(company)
    first, second = await asked(company, withdrawn), await asked(company, moved)
    await consent(company, withdrawn, is_given=False)
    await change_way(company, moved, SafeContactDetails(channel=Channel.CALL, address="x"))
    with mail_server() as mail:
        await sent(company, mail.port, at(10, days=1))
        assert mail.to(there) == mail.to(elsewhere) == []
    assert (await stands(company, first))[0] == (await stands(company, second))[0] == "cancelled"


async def test_one_that_found_no_safe_hour_in_three_days_does_not_go(company: Company) -> None:
    case, where = await reachable(company)
    one = await asked(company, case)
    with mail_server() as mail:
        await sent(company, mail.port, now() + GOES_WITHIN + timedelta(minutes=1))
        assert mail.to(where) == []
    assert (await stands(company, one))[0] == "cancelled"


async def test_a_second_waits_for_the_first_and_a_first_can_be_taken_back(
    company: Company,
) -> None:
    case, _ = await reachable(company)
    one = await asked(company, case)
    with pytest.raises(Refused, match="already"):
        await asked(company, case)
    async with company.acting(WORKER) as actor:
        await leave_her_message(one, version=1, actor=actor, now=now())
    await asked(company, case)


@pytest.mark.parametrize(
    ("fault", "state"), [("451", "failed"), ("550", "failed"), ("drop", "held")]
)
async def test_what_did_not_go_goes_again_only_when_a_person_says_so(
    company: Company, fault: str, state: str
) -> None:
    case, where = await reachable(company)
    one = await asked(company, case)
    with mail_server(fault=lambda to: fault) as mail:
        for hour in (10, 11, 12):
            await sent(company, mail.port, at(hour, days=1))
    assert await stands(company, one) == (state, 1, 3)
    with pytest.raises(NotFound):
        await again(company, one, 3, worker=OTHER_WORKER)
    with pytest.raises(Conflict):
        await again(company, one, 1)
    await again(company, one, 3)
    with mail_server() as mail:
        await sent(company, mail.port, at(13, days=1))
        assert len(mail.to(where)) == 1
    assert (await stands(company, one))[:2] == ("sent", 2)


async def test_a_sender_that_dies_leaves_it_held(company: Company) -> None:
    """The claim is committed before anything goes out; after its lease it may have gone."""
    case, where = await reachable(company)
    one = await asked(company, case)

    class Dies:
        async def send(self, *_: Any) -> str:
            raise asyncio.CancelledError

    async with operator_sign_in(company.databases, Side.SURVIVOR, now=now()) as acting:
        with pytest.raises(asyncio.CancelledError):
            await send_to_survivors(
                acting,
                {WayOut.EMAIL: Dies()},
                lambda: at(10, days=1),
                sealing=sealing(company),
                lease=timedelta(minutes=5),
            )
    assert (await stands(company, one))[0] == "sending"
    with mail_server() as mail:
        await sent(company, mail.port, at(11, days=1))
        assert mail.to(where) == []
    assert (await stands(company, one))[:2] == ("held", 1)


async def test_one_that_breaks_holds_up_nobody_else(company: Company) -> None:
    broken, _ = await reachable(company)
    whole, _ = await reachable(company)
    first, second = await asked(company, broken), await asked(company, whole)

    class Breaks:
        async def send(self, message_id: UUID, *_: str) -> str:
            if message_id == first:
                raise ValueError("a fault of ours")
            return "reference"

    async with operator_sign_in(company.databases, Side.SURVIVOR, now=now()) as acting:
        when = at(10, days=1)
        senders = {WayOut.EMAIL: Breaks()}
        await send_to_survivors(acting, senders, lambda: when, sealing=sealing(company))
        later = when + timedelta(hours=1)
        await send_to_survivors(acting, senders, lambda: later, sealing=sealing(company))
    assert (await stands(company, first))[:2] == ("held", 1)
    assert (await stands(company, second))[:2] == ("sent", 1)


async def test_the_database_itself_refuses_a_try_that_nobody_asked_for(company: Company) -> None:
    case, _ = await reachable(company)
    one = await asked(company, case)
    async with company.owner(Side.SURVIVOR) as owner:
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', false)")
        with pytest.raises(CheckViolationError, match="never_unasked"):
            await owner.execute("UPDATE her_message SET attempts = 2 WHERE id = $1", one)


async def raced(company: Company, number: int) -> None:
    """Consents withdrawn while the sender runs: nothing goes after one was acknowledged."""
    cases = [await reachable(company) for _ in range(number)]
    for case, _ in cases:
        await asked(company, case)
    loop, withdrawn = asyncio.get_running_loop(), dict[str, float]()
    begun, ours = asyncio.Event(), {where for _, where in cases}

    def take(to: str) -> str:
        if to in ours:  # and not what another test left waiting
            loop.call_soon_threadsafe(begun.set)
        return ""

    async def withdraw(some: list[tuple[Case, str]]) -> None:
        await asyncio.wait_for(begun.wait(), 60)
        for case, where in some:
            await consent(company, case, is_given=False)
            withdrawn[where] = loop.time()

    with mail_server(delay=0.02, fault=take) as mail:
        sending = sent(company, mail.port, at(10, days=1))
        await asyncio.gather(sending, withdraw(cases[::-1]))
        late = [one.to for one in mail.accepted if one.at > withdrawn.get(one.to, one.at)]
        went = sum(one.to in withdrawn for one in mail.accepted)
    assert late == []
    assert 0 < went < number, "the race was no race"


async def test_nothing_goes_to_her_after_she_withdrew(company: Company) -> None:
    await raced(company, 12)


@pytest.mark.deep
async def test_nothing_goes_to_her_after_she_withdrew_in_the_long_form(company: Company) -> None:
    await raced(company, 400)


async def test_the_page_and_the_interface_say_the_same(company: Company) -> None:
    case, where = await reachable(company)
    page, mine = f"{case.page}/messages", f"/api/v1{case.page}/messages"
    async with await company.as_(WORKER) as browser:
        before = await browser.get(page)
        asked_for = await browser.post(page)
        twice = await browser.post(page)
        twin = (await browser.get(mine)).json()
        queue = await browser.get("/survivor-messages")
        listed = (await browser.get("/api/v1/survivor-messages")).json()
        (message,) = twin["messages"]
        bad = await browser.post(f"/survivor-messages/{message['id']}", data={"then": "maybe"})
        left = await browser.post(
            f"/api/v1/survivor-messages/{message['id']}", json={"again": False, "version": 1}
        )
        late = await browser.post(
            f"/survivor-messages/{message['id']}", data={"then": "again", "version": "1"}
        )
    assert "Send this message" in before.text
    assert WORDS in before.text
    assert (asked_for.status_code, twice.status_code, bad.status_code) == (303, 422, 422)
    assert "on its way already" in twice.text
    assert message["state"] == "waiting"
    assert message["id"] in [one["id"] for one in listed]
    assert message["id"] in queue.text
    assert left.json()["messages"][0]["state"] == "cancelled"
    assert late.status_code == 409
    assert not any(where in one.text for one in (before, twice, queue, left))


async def test_nobody_but_her_worker_finds_her_messages(company: Company) -> None:
    case, _ = await reachable(company)
    one = await asked(company, case)
    for who in (OTHER_WORKER, "survivor.lead@waymark.example", "manager"):
        async with await company.as_(who) as browser:
            seen = await browser.get(f"{case.page}/messages")
            put = await browser.post(
                f"/api/v1/survivor-messages/{one}", json={"again": False, "version": 1}
            )
        assert (seen.status_code, put.status_code) == (404, 404), who
