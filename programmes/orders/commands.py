"""Entering an order from the served paper, with its conditions and their wording."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_one, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.references import new_reference
from programmes.common.staff import Actor, Role
from programmes.orders.criminal_kinds import CAUTIONS
from programmes.orders.kind_queries import StoredKind, kind_for, order_kinds
from programmes.orders.rules import ConditionFacts, OrderFacts, by_field, reasons_not_lawful
from programmes.orders.tables import Order, OrderChange, OrderCondition, OrderWording
from programmes.orders.words import (
    ENGLAND_AND_WALES,
    Authority,
    ConditionKind,
    KindCode,
    OrderId,
    OrderStatus,
)
from programmes.people.commands import assign
from programmes.people.team_commands import DVPO_TEAM
from programmes.people.words import PersonId

CREATE_ORDER = Permission(Resource.ORDERS, Verb.CREATE)


class NewCondition(msgspec.Struct, frozen=True, kw_only=True):
    """One condition as served. Times are London wall time, "18:30"; no times: at all times."""

    kind: ConditionKind
    wording: str
    weekdays: str | None = None
    from_time: str | None = None
    until_time: str | None = None
    responsible_person: str | None = None
    ends_on: date | None = None


class NewOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the served paper says. `area` is where it was made; `ends_on` its last whole day."""

    person_id: UUID
    kind: KindCode
    made_on: date
    authority: Authority
    issued_by: str
    area: str = ENGLAND_AND_WALES
    ends_on: date | None = None
    served_at: datetime | None = None
    hearing_at: datetime | None = None
    arrested_at: datetime | None = None
    offence_on: date | None = None
    assault_statement_on: date | None = None
    follows_id: UUID | None = None
    conditions: tuple[NewCondition, ...] = ()


async def enter_order(new: NewOrder, *, actor: Actor, now: datetime) -> OrderId:
    """Checked against the law of its kind, area and day; the person goes to the DVPO team.

    Raises Invalid with every rule and its source beside its field, NotFound where the person or
    the earlier order is not there for the asking person.
    """
    await begin(actor, CREATE_ORDER, "enter-order")
    refuse_other_than_cautions(new.kind, actor)
    facts = await _facts(new)
    kind = await _kind(new)
    problems = by_field(reasons_not_lawful(facts, kind.law, now=now)) | _gaps(new)
    problems |= _wrong_days(new, london_date(now))
    if problems:
        raise Invalid(problems)
    order_id = OrderId(new_id(now))
    await _insert_order(order_id, new, kind, actor, now)
    await add_conditions(order_id, new.person_id, new.conditions, first=1, now=now)
    if new.follows_id:
        await _replace(new.follows_id, new, actor, now)
    if actor.role is not Role.CARA_COORDINATOR:
        await assign(PersonId(new.person_id), team_name=DVPO_TEAM, actor=actor, now=now)
    return order_id


def kinds_open_to(actor: Actor, kinds: Sequence[StoredKind]) -> list[StoredKind]:
    """The CARA co-ordinator keeps cautions and nothing else."""
    if actor.role is not Role.CARA_COORDINATOR:
        return list(kinds)
    return [kind for kind in kinds if kind.law.code in CAUTIONS]


def refuse_other_than_cautions(kind: KindCode, actor: Actor) -> None:
    if actor.role is Role.CARA_COORDINATOR and kind not in CAUTIONS:
        raise Invalid({"kind": "Your role enters cautions only. Ask the DVPO team."})


async def _facts(new: NewOrder) -> OrderFacts:
    person = await fetch_one(
        "SELECT date_of_birth, merged_into FROM person WHERE id = $1", new.person_id
    )
    if person is None:
        raise NotFound
    born: date = person["date_of_birth"]
    had_birthday = (new.made_on.month, new.made_on.day) >= (born.month, born.day)
    return OrderFacts(
        made_on=new.made_on,
        authority=new.authority,
        ends_on=new.ends_on,
        served_at=new.served_at,
        hearing_at=new.hearing_at,
        arrested_at=new.arrested_at,
        follows=await _followed_kind(new),
        person_is_merged=person["merged_into"] is not None,
        age_when_made=new.made_on.year - born.year - (0 if had_birthday else 1),
        conditions=tuple(
            ConditionFacts(
                kind=one.kind,
                responsible_person=one.responsible_person or "",
                ends_on=one.ends_on,
            )
            for one in new.conditions
        ),
    )


async def _followed_kind(new: NewOrder) -> KindCode | None:
    if new.follows_id is None:
        return None
    row = await fetch_one(
        "SELECT kind, person_id, made_on FROM protective_order WHERE id = $1", new.follows_id
    )
    if row is None or row["person_id"] != new.person_id:
        raise NotFound
    if row["made_on"] > new.made_on:
        raise Invalid({"made_on": "The order that it follows was made later than this."})
    return KindCode(row["kind"])


async def _kind(new: NewOrder) -> StoredKind:
    try:
        return kind_for(await order_kinds(), new.kind, area=new.area, on=new.made_on)
    except Refused as refused:
        raise Invalid({"area": refused.message}) from None


def _gaps(new: NewOrder) -> dict[str, str]:
    """A condition that nobody can read, and times that are no span."""
    found: dict[str, str] = {}
    for number, one in enumerate(new.conditions, start=1):
        if not one.wording.strip():
            found[f"condition_{number}_wording"] = "Enter the wording as it was served."
        if (one.from_time is None) != (one.until_time is None):
            found[f"condition_{number}_until"] = "Give both times, or neither."
        elif one.from_time is not None and one.from_time == one.until_time:
            found[f"condition_{number}_until"] = "The two times are the same."
    return found


def _wrong_days(new: NewOrder, today: date) -> dict[str, str]:
    """An offence and its first statement are past, and in this order."""
    found: dict[str, str] = {}
    if new.offence_on and new.offence_on > today:
        found["offence_on"] = "The offence has not happened yet: enter a day that is past."
    statement_on = new.assault_statement_on
    if statement_on and new.offence_on is None:
        found["offence_on"] = "Enter the day of the offence as well: the time limit runs from it."
    elif statement_on and new.offence_on and statement_on < new.offence_on:
        found["assault_statement_on"] = "The statement is before the offence."
    elif statement_on and statement_on > today:
        found["assault_statement_on"] = "Enter a day that is past."
    return found


async def _insert_order(
    order_id: OrderId, new: NewOrder, kind: StoredKind, actor: Actor, now: datetime
) -> None:
    await insert(
        Order,
        id=order_id,
        reference=new_reference("D", order_id),
        person_id=new.person_id,
        kind_id=kind.id,
        kind=new.kind,
        made_on=new.made_on,
        served_at=new.served_at,
        hearing_at=new.hearing_at,
        ends_on=new.ends_on,
        issued_by=new.issued_by,
        authority=new.authority,
        arrested_at=new.arrested_at,
        offence_on=new.offence_on,
        assault_statement_on=new.assault_statement_on,
        follows_id=new.follows_id,
        status=OrderStatus.LIVE,
        created_at=now,
        created_by=actor.account_id,
    )


async def add_conditions(
    order_id: UUID,
    person_id: UUID,
    conditions: Sequence[NewCondition],
    *,
    first: int,
    now: datetime,
) -> None:
    """The wording goes where only those who keep the order may open it."""
    for number, one in enumerate(conditions, start=first):
        condition_id = new_id(now)
        await insert(
            OrderCondition,
            id=condition_id,
            order_id=order_id,
            person_id=person_id,
            number=number,
            kind=one.kind,
            weekdays=one.weekdays,
            from_time=one.from_time,
            until_time=one.until_time,
            responsible_person=one.responsible_person,
            ends_on=one.ends_on,
        )
        await insert(
            OrderWording,
            id=new_id(now),
            condition_id=condition_id,
            person_id=person_id,
            wording=one.wording,
        )


async def _replace(order_id: UUID, successor: NewOrder, actor: Actor, now: datetime) -> None:
    """The earlier instrument ends on the day that the next one is made, unless it ended before."""
    row = await fetch_one(
        "SELECT person_id, status, ends_on FROM protective_order WHERE id = $1 FOR UPDATE", order_id
    )
    if row is None or row["status"] not in (OrderStatus.LIVE, OrderStatus.VARIED):
        return
    ends_on = min(row["ends_on"] or successor.made_on, successor.made_on)
    await execute(
        "UPDATE protective_order SET status = $2, ends_on = $3, version = version + 1 "
        "WHERE id = $1",
        order_id,
        OrderStatus.REPLACED,
        ends_on,
    )
    await insert(
        OrderChange,
        id=new_id(now),
        order_id=order_id,
        person_id=row["person_id"],
        what="replaced",
        before=row["status"],
        after=OrderStatus.REPLACED,
        ends_before=row["ends_on"],
        ends_after=ends_on,
        effective_on=successor.made_on,
        authority=successor.authority,
        changed_at=now,
        changed_by=actor.account_id,
    )
