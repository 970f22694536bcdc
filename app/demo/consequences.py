"""What facts set off in the demonstration: a breach in a group, tasks, contacts, messages."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from app.demo.context import DemoContext
from app.documents.statements import make
from app.operator import operator_sign_in
from app.outbox.worker import send_all
from outcomes.messages.commands import NewContactPoint, add_contact_point, choose_telling
from outcomes.messages.sending_commands import MayHaveGone, Sender
from outcomes.messages.words import Channel, Telling
from outcomes.messages.writing_commands import write_messages
from outcomes.reactions import look_for_tasks, react
from outcomes.statements.words import StatementKind
from outcomes.tasks.commands import acknowledge_task, finish_task
from outcomes.tasks.queries import tasks
from outcomes.tasks.words import TaskKind
from programmes.common.clock import london_date
from programmes.common.db import Side, fetch_value
from programmes.common.staff import Actor
from programmes.contacts.commands import NewContact, record_contact
from programmes.contacts.words import ContactHow, ContactWith
from programmes.orders.breach_commands import NewBreach, record_breach
from programmes.orders.civil_kinds import DVPO
from programmes.orders.commands import NewCondition, NewOrder, enter_order
from programmes.orders.words import Authority, ConditionKind
from scheduling.cohorts.commands import end_place
from scheduling.cohorts.words import EndReason

MANAGER: Final = "manager@waymark.example"
FACILITATOR: Final = "facilitator@waymark.example"
OFFICER: Final = "iom@waymark.example"
_IN_A_GROUP: Final = "now-4"
_DROPS_OUT: Final = "now-2"
_HOURS_AGO: Final = 2
_CONTACTS: Final = (
    ("now-1", 12, ContactWith.REFERRER, ContactHow.CALL, True, "Told of the start and the aims"),
    ("now-1", 5, ContactWith.REFERRER, ContactHow.MEETING, True, "Progress after module 1"),
    ("now-2", 9, ContactWith.REFERRER, ContactHow.CALL, False, "Rang twice, left no message"),
    ("now-3", 8, ContactWith.PERSON, ContactHow.CALL, True, "Missed the bus; comes next week"),
    ("now-4", 6, ContactWith.REFERRER, ContactHow.MESSAGE, True, "Asked for a date to talk"),
)
_REMINDED: Final = (
    ("now-1", Channel.EMAIL, "now-1@example.org"),
    ("now-2", Channel.TEXT, "07700 900 142"),
    ("now-3", Channel.TEXT, "07700 900 175"),
)


class _Silent(Sender):
    """Takes a message and never answers, so that it is held for a person."""

    async def send(self, message_id: UUID, address: str, subject: str, words: str) -> str:
        raise MayHaveGone("the connection broke while it was being sent")


async def load(context: DemoContext) -> None:
    async with context.acting("load-demo-consequences") as operator:
        await _breach_in_a_group(context, context.accounts[OFFICER])
        await _contacts(context)
        await _drops_out_this_morning(context)
        await react(operator, now=context.now)
        await look_for_tasks(operator, now=context.now)
        await react(operator, now=context.now)
        await _take_on(operator, context)
        await make(
            context.accounts[MANAGER],
            context.people["now-1"],
            StatementKind.ATTENDANCE,
            enrolment_id=None,
            now=context.now,
        )
    await _messages(context)


async def _breach_in_a_group(context: DemoContext, officer: Actor) -> None:
    """Somebody who comes to a running group and is said to have broken an order two nights ago."""
    made_on = context.today - timedelta(days=9)
    condition = NewCondition(
        kind=ConditionKind.NO_CONTACT,
        wording="Must not contact Ottilie Fernsby by any means, directly or indirectly.",
    )
    new = NewOrder(
        person_id=context.people[_IN_A_GROUP],
        kind=DVPO,
        made_on=made_on,
        authority=Authority.COURT,
        issued_by="Leeds Magistrates' Court",
        ends_on=made_on + timedelta(days=27),
        served_at=context.ago(8.5),
        conditions=(condition,),
    )
    order_id = await enter_order(new, actor=officer, now=context.now)
    at = context.ago(2)
    breach = NewBreach(
        condition_id=None,
        occurred_at=at,
        reported_at=at + timedelta(hours=2),
        account="Several messages through a cousin",
        match="separate",
    )
    await record_breach(order_id, breach, actor=officer, now=context.now)


async def _drops_out_this_morning(context: DemoContext) -> None:
    """So that a head start is running: survivor support hears before any letter goes to them."""
    at = context.ago(_HOURS_AGO / 24)
    place_id = await fetch_value(
        "SELECT id FROM enrolment WHERE person_id = $1 AND status = 'enrolled'",
        context.people[_DROPS_OUT],
    )
    await end_place(
        place_id,
        why=EndReason.WITHDREW,
        note="Rang to say that the group is not for him.",
        on=london_date(at),
        actor=context.accounts[MANAGER],
        now=at,
    )


async def _contacts(context: DemoContext) -> None:
    for key, days, whom, how, reached, what in _CONTACTS:
        new = NewContact(
            happened_at=context.ago(days), with_whom=whom, how=how, was_reached=reached, what=what
        )
        await record_contact(
            context.people[key],
            new,
            actor=context.accounts[FACILITATOR],
            now=context.ago(days - 0.1),
        )
    for key, channel, address in _REMINDED:
        point = NewContactPoint(channel=channel, address=address)
        await add_contact_point(
            context.people[key], point, actor=context.accounts[MANAGER], now=context.ago(20)
        )


async def _take_on(operator: Actor, context: DemoContext) -> None:
    """One task in hand, one done."""
    rows = (await tasks(operator, now=context.now, size=100)).rows
    read = sorted((r for r in rows if r.kind is TaskKind.READ_BREACH), key=lambda r: r.person_name)
    in_hand, done, *_ = read
    await acknowledge_task(in_hand.id, actor=operator, now=context.now)
    await finish_task(
        done.id,
        note="Spoken with the officer",
        version=done.version,
        actor=operator,
        now=context.now,
    )


async def _messages(context: DemoContext) -> None:
    def now() -> datetime:
        return context.now

    async with operator_sign_in(context.databases, Side.WORK, now=context.now) as acting:
        async with acting("load-demo-messages") as operator:
            officer = context.accounts[OFFICER]
            await choose_telling(Telling.IMMEDIATE, actor=officer, now=context.now)
            await write_messages(actor=operator, now=context.now)
        await send_all(acting, {Channel.EMAIL: _Silent()}, now, most=1)
