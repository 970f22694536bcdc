"""Who is told of a new task, when, and how a text provider's answers are read."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

import pytest

from app.job_list import JOBS
from app.jobs import run_job
from app.operator import operator_sign_in
from app.outbox.senders import HttpTextSender
from app.settings import TextProvider
from outcomes.messages.commands import choose_telling
from outcomes.messages.sending_commands import NotSent
from outcomes.messages.words import Telling
from outcomes.messages.writing_commands import write_messages
from outcomes.tasks.queries import tasks_about
from outcomes.tasks.words import TaskKind
from programmes.common.db import Side
from programmes.common.ids import new_id
from tests.attendance_case import FACILITATOR, MANAGER, OUTSIDER, Group, make_group
from tests.cast import Company
from tests.commands.test_tasks import REACT, a_breach_of_somebody

LOOK = next(job for job in JOBS if job.name == "look-for-tasks")


async def chosen(company: Company, email: str, choice: Telling) -> None:
    async with company.acting(email) as actor:
        await choose_telling(choice, actor=actor, now=company.clock.now())


async def told(company: Company, at: datetime) -> dict[str, list[tuple[str, int]]]:
    """What was written to each of the staff by this run."""
    now = company.clock.now()
    async with company.owner(Side.WORK) as owner:
        before = {row["id"] for row in await owner.fetch("SELECT id FROM message")}
    async with (
        operator_sign_in(company.databases, Side.WORK, now=now) as acting,
        acting("write-messages") as actor,
    ):
        await write_messages(actor=actor, now=at)
    async with company.owner(Side.WORK) as owner:
        rows = await owner.fetch(
            "SELECT m.id, a.email, m.kind, m.items FROM message m "
            "JOIN auth.account a ON a.id = m.account_id ORDER BY m.created_at"
        )
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        if row["id"] not in before:
            found.setdefault(row["email"], []).append((row["kind"], row["items"]))
    return found


@pytest.fixture
async def group(company: Company) -> Group:
    """With everything that stood open before told already, and what waited to be opened."""
    for email in (FACILITATOR, OUTSIDER, MANAGER):
        await chosen(company, email, Telling.IMMEDIATE)
    await run_job(company.databases, REACT, now=company.clock.now())
    await told(company, company.clock.now())
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute("UPDATE message SET created_at = now() WHERE created_at > now()")
    return await make_group(company, size=1)


async def test_those_whose_person_it_is_are_told_once_and_nobody_else(
    company: Company, group: Group
) -> None:
    await chosen(company, MANAGER, Telling.NOT_AT_ALL)
    await a_breach_of_somebody(company, group.people[0])
    await run_job(company.databases, REACT, now=company.clock.now())
    first = await told(company, company.clock.now())
    assert first[FACILITATOR] == [("new item", 1)]
    assert OUTSIDER not in first
    assert MANAGER not in first
    assert FACILITATOR not in await told(company, company.clock.now())


async def test_a_digest_comes_on_working_days_from_half_past_seven(
    company: Company, group: Group
) -> None:
    await chosen(company, FACILITATOR, Telling.DIGEST)
    await a_breach_of_somebody(company, group.people[0])
    await run_job(company.databases, REACT, now=company.clock.now())
    coming = [company.clock.now() + timedelta(days=days) for days in range(1, 7)]
    working = next(day for day in coming if day.weekday() < 5)
    weekend = next(day for day in coming if day.weekday() >= 5)
    for at in (weekend.replace(hour=12), working.replace(hour=6, minute=0)):
        assert FACILITATOR not in await told(company, at)
    morning = await told(company, working.replace(hour=9))
    assert morning[FACILITATOR] == [("digest", 1)]


async def test_silence_opens_a_task_once(company: Company, group: Group) -> None:
    later = company.clock.now() + timedelta(days=20)
    for days in (0, 1):
        await run_job(company.databases, LOOK, now=later + timedelta(days=days))
    async with company.acting(MANAGER) as manager:
        found = await tasks_about(manager, group.enrolments[0])
    assert [one.kind for one in found] == [TaskKind.NO_CONTACT]


@contextmanager
def text_provider(status: int, answer: Any) -> Iterator[tuple[str, list[Any]]]:
    seen: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.headers["Idempotency-Key"], json.loads(body)))
            said = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: Any) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/", seen
        finally:
            server.shutdown()


def _id() -> UUID:
    return new_id(datetime.now(UTC))


async def test_a_text_goes_with_its_own_key_and_brings_the_providers_reference() -> None:
    with text_provider(201, {"id": "ref-7"}) as (url, seen):
        message_id = _id()
        sender = HttpTextSender(TextProvider(url, "key"))
        assert await sender.send(message_id, "07700900123", "", "Appointment") == "ref-7"
    assert seen == [
        (
            str(message_id),
            {"to": "07700900123", "text": "Appointment", "reference": str(message_id)},
        )
    ]


@pytest.mark.parametrize(
    ("status", "for_good"), [(400, True), (429, False), (503, False), (401, True)]
)
async def test_a_provider_that_refuses_did_not_send(status: int, for_good: bool) -> None:
    with text_provider(status, {}) as (url, _):
        sender = HttpTextSender(TextProvider(url, "key"))
        with pytest.raises(NotSent) as refused:
            await sender.send(_id(), "07700900123", "", "Appointment")
    assert refused.value.for_good is for_good
