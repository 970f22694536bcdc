"""The outbox: nothing twice, nothing lost, nothing after consent is withdrawn, nothing too soon."""

import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.databases import login_address
from app.operator import operator_sign_in
from app.outbox.senders import HttpTextSender, SmtpSender
from app.outbox.worker import send_all
from app.settings import MailServer, TextProvider
from outcomes.messages.commands import (
    NewContactPoint,
    add_contact_point,
    leave_message,
    send_again,
    withdraw_consent,
)
from outcomes.messages.sending_commands import NotSent, sweep
from outcomes.messages.words import Channel
from outcomes.messages.writing_commands import write_messages
from programmes.common.db import Side
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from tests.attendance_case import ABSENT, MANAGER, Group, make_group, mark_and_sign_off
from tests.cast import Company
from tests.mail_server import mail_server
from tests.order_cases import a_person
from tests.outbox_workers import LEASE, SENDER

TO = "facilitator@waymark.example"
LOGINS = ("work_web", "work_door")


def now() -> datetime:
    return datetime.now(UTC)


def smtp(port: int) -> dict[Channel, Any]:
    server = MailServer(host="127.0.0.1", port=port, security="none", sender=SENDER)
    return {Channel.EMAIL: SmtpSender(server)}


async def messages_to(company: Company, number: int, *, point: bool = False) -> list[UUID]:
    """Messages to staff; or each to an address of its own of a participant."""
    person_id = await a_person(company, role="manager")
    ids = [new_id(now()) for _ in range(number)]
    points = [new_id(now()) if point else None for _ in ids]
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute("UPDATE message SET state = 'cancelled' WHERE state = 'waiting'")
        account = await owner.fetchval("SELECT id FROM auth.account WHERE email = $1", TO)
        if point:
            await owner.executemany(
                "INSERT INTO contact_point (id, person_id, channel, address, safe_from, "
                "safe_until, consented_at, consented_to) "
                "VALUES ($1, $2, 'email', $1::uuid::text || '@example.org', '00:00', '24:00', "
                "now(), $3)",
                [(one, person_id, account) for one in points],
            )
        await owner.executemany(
            "INSERT INTO message (id, kind, channel, account_id, contact_point_id, cause, "
            "created_at, next_try_at, state) VALUES ($1, 'new item', 'email', $2, $3, "
            "$1::uuid::text, now(), now(), 'waiting')",
            [(one, None if point else account, at) for one, at in zip(ids, points, strict=True)],
        )
    return [one for one in points if one] if point else ids


async def states(company: Company, ids: list[UUID]) -> Counter[str]:
    async with company.owner(Side.WORK) as owner:
        rows = await owner.fetch("SELECT state FROM message WHERE id = ANY($1)", ids)
    return Counter(row["state"] for row in rows)


async def sent(company: Company, senders: dict[Channel, Any], **more: Any) -> None:
    async with operator_sign_in(company.databases, Side.WORK, now=now()) as acting:
        await send_all(acting, senders, now, **more)


async def swept(company: Company, at: datetime) -> None:
    async with (
        operator_sign_in(company.databases, Side.WORK, now=now()) as acting,
        acting("sweep-outbox") as actor,
    ):
        await sweep(actor=actor, now=at)


async def killed_while_sending(company: Company, number: int, *, workers: int, kills: int) -> int:
    """How many waited for a person in the end."""
    ids = await messages_to(company, number)
    settings, server = company.databases.settings, company.databases.server
    addresses = {
        f"DATABASE_{login.upper()}": login_address(settings, server, login) for login in LOGINS
    }
    with mail_server(delay=0.01) as mail:
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.outbox_workers",
            str(settings.home),
            str(mail.port),
            str(workers),
            str(kills),
            env={**os.environ, **addresses},
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await running.communicate()
        accepted = Counter(UUID(one.message_id) for one in mail.accepted)
    assert running.returncode == 0
    assert int(said) == kills, "the workers were done before they were killed"
    await swept(company, now() + 2 * LEASE)
    stands = await states(company, ids)
    assert set(stands) <= {"sent", "held"}, stands
    assert stands["held"] <= kills
    assert max(accepted[one] for one in ids) == 1, "a message went twice"
    assert sum(accepted[one] for one in ids) >= stands["sent"], "a message that was lost"
    return stands["held"]


async def test_killed_workers_send_nothing_twice_and_lose_nothing(company: Company) -> None:
    await killed_while_sending(company, 120, workers=4, kills=6)


@pytest.mark.deep
async def test_two_hundred_kills_over_five_thousand_messages(
    company: Company, record_property: Callable[[str, object], None]
) -> None:
    held = await killed_while_sending(company, 5_000, workers=4, kills=200)
    record_property("held for a person of 5,000 after 200 kills, none twice, none lost", held)


async def withdrawn_while_sending(company: Company, number: int) -> int:
    """How many went before consent was withdrawn."""
    points = await messages_to(company, number, point=True)
    withdrawn: dict[str, float] = {}

    async def withdraw_all(some: list[UUID]) -> None:
        for one in some:
            async with company.acting(MANAGER) as manager:
                await withdraw_consent(one, actor=manager, now=now())
            withdrawn[f"{one}@example.org"] = time.monotonic()

    order = points[:]
    random.Random(4).shuffle(order)
    with mail_server(delay=0.02) as mail:
        senders = smtp(mail.port)
        await asyncio.gather(sent(company, senders), sent(company, senders), withdraw_all(order))
        late = [one.to for one in mail.accepted if one.at > withdrawn[one.to]]
        went = len(mail.accepted)
    assert late == []
    assert 0 < went < number, "the race was no race"
    return went


async def test_nothing_goes_after_consent_is_withdrawn(company: Company) -> None:
    await withdrawn_while_sending(company, 60)


@pytest.mark.deep
async def test_a_thousand_withdrawals_race_the_sender(
    company: Company, record_property: Callable[[str, object], None]
) -> None:
    went = await withdrawn_while_sending(company, 1_000)
    record_property("of 1,000 messages went, none after its consent was withdrawn", went)


@pytest.mark.parametrize(
    ("fault", "state"),
    [("", "sent"), ("451", "waiting"), ("550", "failed"), ("drop", "held")],
)
async def test_what_the_mail_server_says_decides_what_follows(
    company: Company, fault: str, state: str
) -> None:
    (one,) = await messages_to(company, 1)
    with mail_server(fault=lambda to: fault) as mail:
        await sent(company, smtp(mail.port))
        letters = mail.to(TO)
    assert await states(company, [one]) == {state: 1}
    if fault == "":
        assert "You have one new item. Sign in." in letters[0].text
        assert not {"Waymark", "Caring", "probation"} & set(letters[0].text.split())


async def test_a_server_that_is_away_is_tried_later_and_given_up_in_the_end(
    company: Company,
) -> None:
    (one,) = await messages_to(company, 1)
    senders = smtp(1)
    at = now()
    for _ in range(6):
        async with operator_sign_in(company.databases, Side.WORK, now=now()) as acting:
            await send_all(acting, senders, lambda at=at: at)
        at += timedelta(hours=5)
    assert await states(company, [one]) == {"failed": 1}


async def test_what_may_have_gone_waits_for_a_person(company: Company) -> None:
    first, second = await messages_to(company, 2)
    with mail_server(fault=lambda to: "drop") as mail:
        await sent(company, smtp(mail.port))
    with mail_server() as mail:
        await sent(company, smtp(mail.port))
        assert mail.accepted == []
        async with company.acting(MANAGER) as manager:
            version = 3
            with pytest.raises(Conflict):
                await send_again(first, version=1, actor=manager, now=now())
            await send_again(first, version=version, actor=manager, now=now())
            await leave_message(second, version=version, actor=manager, now=now())
            with pytest.raises(Refused):
                await send_again(second, version=version + 1, actor=manager, now=now())
        async with company.acting(TO) as facilitator:
            with pytest.raises(NotFound):
                await send_again(first, version=version, actor=facilitator, now=now())
        await sent(company, smtp(mail.port))
        assert [one.message_id for one in mail.accepted] == [str(first)]
    assert await states(company, [first, second]) == {"sent": 1, "cancelled": 1}


async def test_a_text_provider_that_is_away_did_not_send() -> None:
    away = HttpTextSender(TextProvider("http://127.0.0.1:1/", "key"))
    with pytest.raises(NotSent):
        await away.send(new_id(now()), "07700900123", "", "Appointment")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_refused_and_the_key_goes_nowhere_else(status: int) -> None:
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode().split(" ")[1])
        head = f"HTTP/1.1 {status} Elsewhere\r\nLocation: /elsewhere\r\n"
        writer.write(f"{head}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sender = HttpTextSender(TextProvider(f"http://127.0.0.1:{port}/send", "key"))
    async with server:
        with pytest.raises(NotSent, match=str(status)):
            await sender.send(new_id(now()), "07700900123", "", "Appointment")
    assert asked == ["/send"]


async def written(company: Company, at: datetime) -> None:
    async with (
        operator_sign_in(company.databases, Side.WORK, now=now()) as acting,
        acting("write-messages") as actor,
    ):
        await write_messages(actor=actor, now=at)


async def reachable(company: Company, person_id: UUID) -> str:
    address = f"{person_id}@example.org"
    new = NewContactPoint(
        channel=Channel.EMAIL, address=address, safe_from="00:00", safe_until="23:59"
    )
    async with company.acting(MANAGER) as manager:
        await add_contact_point(person_id, new, actor=manager, now=now())
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute(
            "UPDATE contact_point SET safe_until = '24:00' WHERE address = $1", address
        )
    return address


async def about(company: Company, person_id: UUID) -> list[tuple[str, datetime]]:
    async with company.owner(Side.WORK) as owner:
        rows = await owner.fetch(
            "SELECT kind, next_try_at, created_at FROM message WHERE person_id = $1 ORDER BY kind",
            person_id,
        )
    return [(row["kind"], row["next_try_at"]) for row in rows]


@pytest.fixture
async def group(company: Company) -> Group:
    return await make_group(company, size=1)


async def test_what_goes_to_him_about_an_absence_waits_for_the_head_start(
    company: Company, group: Group
) -> None:
    person_id = group.people[0]
    await reachable(company, person_id)
    await written(company, now())
    assert await about(company, person_id) == []
    await mark_and_sign_off(company, group, ABSENT)
    signed_at = now()
    for _ in range(2):
        await written(company, now())
    ((kind, goes_at),) = await about(company, person_id)
    assert kind == "missed"
    assert abs(goes_at - signed_at - timedelta(hours=24)) < timedelta(minutes=1)


async def test_a_reminder_goes_once_with_time_and_room_and_not_for_a_cancelled_session(
    company: Company, group: Group
) -> None:
    person_id = group.people[0]
    address = await reachable(company, person_id)
    five_days = now() + timedelta(days=5)
    for _ in range(2):
        await written(company, five_days)
    ((kind, goes_at),) = await about(company, person_id)
    assert kind == "reminder"
    with mail_server() as mail:
        async with operator_sign_in(company.databases, Side.WORK, now=now()) as acting:
            await send_all(acting, smtp(mail.port), lambda: goes_at)
        (letter,) = mail.to(address)
    assert "Appointment: " in letter.text
    assert "room " in letter.text


async def test_a_cancelled_session_reminds_nobody(company: Company, group: Group) -> None:
    person_id = group.people[0]
    await reachable(company, person_id)
    await written(company, now() + timedelta(days=5))
    ((_, goes_at),) = await about(company, person_id)
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute(
            "UPDATE session SET status = 'cancelled', cancelled_because = 'Illness' WHERE id = $1",
            group.coming,
        )
    with mail_server() as mail:
        async with operator_sign_in(company.databases, Side.WORK, now=now()) as acting:
            await send_all(acting, smtp(mail.port), lambda: goes_at)
        assert mail.accepted == []


async def test_an_address_that_cannot_be_one_is_refused(company: Company, group: Group) -> None:
    for channel, address in (
        (Channel.EMAIL, "no-at.example.org"),
        (Channel.EMAIL, "two@example.org, other@example.org"),
        (Channel.EMAIL, "a@example.org\nBcc: b@example.org"),
        (Channel.TEXT, "0113 496 0000"),
    ):
        new = NewContactPoint(channel=channel, address=address)
        async with company.acting(MANAGER) as manager:
            with pytest.raises(Invalid):
                await add_contact_point(group.people[0], new, actor=manager, now=now())
