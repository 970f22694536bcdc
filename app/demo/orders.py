"""Orders, bail and breaches of the demonstration: something on every page of the DVPO team."""

from datetime import date, datetime, timedelta
from uuid import UUID

from app.demo.context import DemoContext
from programmes.common.clock import london_date
from programmes.common.staff import Actor
from programmes.common.wall_time import midnight
from programmes.orders.breach_commands import BreachStep, NewBreach, move_breach, record_breach
from programmes.orders.breach_queries import breach
from programmes.orders.civil_kinds import DVPN, DVPO
from programmes.orders.commands import NewCondition, NewOrder, enter_order
from programmes.orders.criminal_kinds import CONDITIONAL_CAUTION, PRE_CHARGE_BAIL
from programmes.orders.queries import conditions_of
from programmes.orders.words import Authority, BreachStage, ConditionKind, KindCode, Sanction
from programmes.people.commands import NewPerson, add_person, assign
from programmes.people.team_commands import DVPO_TEAM, join_team
from programmes.people.words import Sex

OFFICER = "iom@waymark.example"
_COURT = "Leeds Magistrates' Court"
_STATION = "Elland Road Police Station"
_CAST = (
    ("order-dvpo", "Conrad", "Brearley", date(1988, 2, 11)),
    ("order-notice", "Darnell", "Peckett", date(1994, 9, 3)),
    ("order-bail", "Emil", "Novotny", date(1979, 12, 20)),
    ("order-two", "Fergus", "Lathom", date(1991, 6, 17)),
    ("order-over", "Gareth", "Whitwam", date(1985, 4, 28)),
    ("order-caution", "Harpreet", "Sandal", date(1997, 1, 30)),
)
_NO_CONTACT = NewCondition(
    kind=ConditionKind.NO_CONTACT,
    wording="Must not contact Rosalind Entwhistle by any means, directly or indirectly.",
)
_ZONE = NewCondition(
    kind=ConditionKind.EXCLUSION_ZONE,
    wording="Must not go within 100 metres of Larkspur Court, invented town.",
)
_PREMISES = NewCondition(
    kind=ConditionKind.LEAVE_PREMISES,
    wording="Must leave and stay away from 4 Larkspur Court, invented town.",
)
_CURFEW = NewCondition(
    kind=ConditionKind.CURFEW,
    wording="Must remain at his mother's address from 9pm to 6am.",
    from_time="21:00",
    until_time="06:00",
)


async def load(context: DemoContext) -> None:
    """A DVPO that ends on Thursday, a notice and an arrest whose clocks run, bail that expires,
    one that ended with nothing after it, and breaches at several stages."""
    officer = context.accounts[OFFICER]
    async with context.acting("load-demo-orders") as operator:
        await join_team(officer.account_id, DVPO_TEAM, actor=operator, now=context.now)
        for key, first, last, born in _CAST:
            await _person(context, officer, key, NewPerson(first, last, born, Sex.MALE))
        await _dvpo_ending_on_thursday(context, officer)
        await _notice_served(context, officer)
        await _bail_expiring(context, officer)
        await _two_orders_one_event(context, officer)
        await _lapsed(context, officer)
        await _caution(context, officer)


async def _person(context: DemoContext, officer: Actor, key: str, new: NewPerson) -> None:
    context.people[key] = await add_person(new, actor=officer, now=context.ago(40))
    await assign(context.people[key], team_name=DVPO_TEAM, actor=officer, now=context.ago(40))


async def _dvpo_ending_on_thursday(context: DemoContext, officer: Actor) -> None:
    thursday = context.today + timedelta(days=(3 - context.today.weekday()) % 7)
    made_on = thursday - timedelta(days=27)
    order_id = await _enter(
        context,
        officer,
        "order-dvpo",
        DVPO,
        made_on,
        ends_on=thursday,
        served_at=_at(made_on, 15),
        conditions=(_NO_CONTACT, _ZONE, _PREMISES),
    )
    await _breach(context, officer, order_id, days_ago=1.2, account="Eleven calls in one evening")
    arrested = await _breach(
        context,
        officer,
        order_id,
        days_ago=0.6,
        account="Seen outside her place of work",
        condition=1,
    )
    step = BreachStep(after=BreachStage.ARRESTED, happened_at=context.ago(0.2))
    await _move(context, officer, arrested, step)


async def _notice_served(context: DemoContext, officer: Actor) -> None:
    served_at = context.ago(0.7)
    await _enter(
        context,
        officer,
        "order-notice",
        DVPN,
        london_date(served_at),
        authority=Authority.SUPERINTENDENT,
        issued_by="Superintendent, Leeds District",
        served_at=served_at,
        conditions=(_NO_CONTACT, _PREMISES),
    )


async def _bail_expiring(context: DemoContext, officer: Actor) -> None:
    arrested_on = context.today - timedelta(days=83)
    order_id = await _enter(
        context,
        officer,
        "order-bail",
        PRE_CHARGE_BAIL,
        arrested_on,
        authority=Authority.CUSTODY_OFFICER,
        issued_by=_STATION,
        arrested_at=_at(arrested_on, 9),
        ends_on=context.today + timedelta(days=5),
        conditions=(_NO_CONTACT, _CURFEW),
    )
    withdrawn = await _breach(
        context,
        officer,
        order_id,
        days_ago=12,
        account="Said to have been out at 10pm",
        condition=1,
    )
    step = BreachStep(after=BreachStage.WITHDRAWN, reason="He was at work with leave to be")
    await _move(context, officer, withdrawn, step)


async def _two_orders_one_event(context: DemoContext, officer: Actor) -> None:
    """One act that broke bail and a DVPO: one event, two breaches, one of them proved."""
    arrested_on, made_on = (context.today - timedelta(days=days) for days in (30, 20))
    bail = await _enter(
        context,
        officer,
        "order-two",
        PRE_CHARGE_BAIL,
        arrested_on,
        authority=Authority.CUSTODY_OFFICER,
        issued_by=_STATION,
        arrested_at=_at(arrested_on, 9),
        ends_on=context.today + timedelta(days=30),
        conditions=(_NO_CONTACT,),
    )
    dvpo = await _enter(
        context,
        officer,
        "order-two",
        DVPO,
        made_on,
        ends_on=context.today + timedelta(days=7),
        served_at=_at(made_on, 16),
        conditions=(_NO_CONTACT, _ZONE),
    )
    first = await _breach(context, officer, dvpo, days_ago=9, account="Went to her door at night")
    event = (await breach(officer, first)).event_id
    await _breach(
        context, officer, bail, days_ago=9, account="Went to her door at night", match=str(event)
    )
    await _to_judgment(context, officer, first)


async def _to_judgment(context: DemoContext, officer: Actor, breach_id: UUID) -> None:
    """Arrested, before the court the next day, and proved."""
    steps = (
        BreachStep(after=BreachStage.ARRESTED, happened_at=context.ago(8.8)),
        BreachStep(after=BreachStage.BEFORE_COURT, happened_at=context.ago(8.1)),
        BreachStep(
            after=BreachStage.PROVED,
            happened_at=context.ago(8.1),
            sanction=Sanction.SUM,
            response="£250",
        ),
    )
    for step in steps:
        await _move(context, officer, breach_id, step)


async def _lapsed(context: DemoContext, officer: Actor) -> None:
    """Ended two days ago, and nothing follows."""
    made_on = context.today - timedelta(days=29)
    await _enter(
        context,
        officer,
        "order-over",
        DVPO,
        made_on,
        ends_on=context.today - timedelta(days=2),
        served_at=_at(made_on, 14),
        conditions=(_NO_CONTACT,),
    )


async def _caution(context: DemoContext, officer: Actor) -> None:
    made_on = context.today - timedelta(days=45)
    await _enter(
        context,
        officer,
        "order-caution",
        CONDITIONAL_CAUTION,
        made_on,
        authority=Authority.AUTHORISED_PERSON,
        issued_by="West Yorkshire Police",
        ends_on=made_on + timedelta(days=112),
        offence_on=made_on - timedelta(days=4),
        conditions=(
            NewCondition(
                kind=ConditionKind.PROGRAMME_ATTENDANCE,
                wording="Must attend both workshops of the CARA programme, on time.",
                responsible_person="CARA team",
            ),
        ),
    )


async def _enter(
    context: DemoContext,
    officer: Actor,
    key: str,
    kind: KindCode,
    made_on: date,
    *,
    conditions: tuple[NewCondition, ...],
    authority: Authority = Authority.COURT,
    issued_by: str = _COURT,
    ends_on: date | None = None,
    served_at: datetime | None = None,
    arrested_at: datetime | None = None,
    offence_on: date | None = None,
) -> UUID:
    new = NewOrder(
        person_id=context.people[key],
        kind=kind,
        made_on=made_on,
        authority=authority,
        issued_by=issued_by,
        ends_on=ends_on,
        served_at=served_at,
        arrested_at=arrested_at,
        offence_on=offence_on,
        conditions=conditions,
    )
    return await enter_order(new, actor=officer, now=context.now)


async def _breach(
    context: DemoContext,
    officer: Actor,
    order_id: UUID,
    *,
    days_ago: float,
    account: str,
    condition: int = 0,
    match: str = "separate",
) -> UUID:
    conditions = await conditions_of(officer, order_id)
    at = context.ago(days_ago)
    new = NewBreach(
        condition_id=conditions[condition].id,
        occurred_at=at,
        reported_at=at + timedelta(hours=1),
        account=account,
        match=match,
    )
    return await record_breach(order_id, new, actor=officer, now=context.now)


async def _move(context: DemoContext, officer: Actor, breach_id: UUID, step: BreachStep) -> None:
    version = (await breach(officer, breach_id)).version
    await move_breach(breach_id, step, version=version, actor=officer, now=context.now)


def _at(day: date, hour: int) -> datetime:
    return midnight(day) + timedelta(hours=hour)
