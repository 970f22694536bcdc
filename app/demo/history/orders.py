"""Orders of earlier years, and the breaches of some of them, at every stage that there is."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from app.demo.history.people import Past, Referred
from app.demo.history.rows import at_hour, days
from app.demo.people import CARA, IOM
from programmes.common.ids import new_id
from programmes.orders.tables import Breach, BreachMove, Order, OrderCondition
from programmes.orders.words import Authority, BreachStage, ConditionKind

TABLES: Final = (Order, OrderCondition, Breach, BreachMove)
_COURT: Final = "Leeds Magistrates' Court"
_KINDS: Final = (
    ("dvpo", 27, Authority.COURT, _COURT),
    ("pre-charge-bail", 90, Authority.CUSTODY_OFFICER, "Elland Road Police Station"),
    ("dvpo", 27, Authority.COURT, _COURT),
    ("non-molestation", 364, Authority.COURT, "Leeds Family Court"),
)
_S = BreachStage
_STAGES: Final = (
    (_S.ALLEGED, _S.ARRESTED, _S.BEFORE_COURT, _S.PROVED),
    (_S.ALLEGED, _S.WITHDRAWN),
    (_S.ALLEGED, _S.ARRESTED, _S.BEFORE_COURT, _S.ADMITTED),
    (_S.ALLEGED, _S.ARRESTED, _S.BEFORE_COURT, _S.NOT_PROVED),
)
_ONE_ORDER_IN: Final = 3
_ONE_BREACH_IN: Final = 2


def add_orders(past: Past, people: list[Referred]) -> None:
    """One in three has one, made shortly before the referral; half of those were breached."""
    for one in people[::_ONE_ORDER_IN]:
        turn = one.number // _ONE_ORDER_IN
        kind, length, authority, issued_by = _KINDS[turn % len(_KINDS)]
        made_on = one.received_on - days(2 + one.number % 12)
        order_id = _order(
            past,
            one,
            kind,
            made_on=made_on,
            ends_on=made_on + days(length),
            authority=authority,
            issued_by=issued_by,
            by=IOM,
        )
        if turn % _ONE_BREACH_IN == 0:
            _breach(past, one, order_id, made_on + days(3 + turn % 17), turn)


def add_cautions(past: Past, people: list[Referred]) -> None:
    """Everybody in a pair came under a conditional caution, and was in time."""
    for one in people:
        made_on = one.received_on - days(5)
        _order(
            past,
            one,
            "conditional-caution",
            made_on=made_on,
            ends_on=made_on + days(180),
            authority=Authority.AUTHORISED_PERSON,
            issued_by="Leeds District, West Yorkshire Police",
            by=CARA,
        )


def _order(
    past: Past,
    one: Referred,
    kind: str,
    *,
    made_on: date,
    ends_on: date,
    authority: Authority,
    issued_by: str,
    by: str,
) -> UUID:
    at = at_hour(made_on, 15)
    order_id = past.rows.add_named(
        Order,
        at,
        "O",
        person_id=one.person_id,
        kind_id=past.kinds[kind],
        kind=kind,
        made_on=made_on,
        served_at=at,
        ends_on=ends_on,
        issued_by=issued_by,
        authority=authority,
        arrested_at=at_hour(made_on, 9) if kind == "pre-charge-bail" else None,
        offence_on=made_on - days(6) if by == CARA else None,
        status="live",
        created_at=at,
        created_by=past.who(by),
    )
    past.rows.add(
        OrderCondition,
        at,
        order_id=order_id,
        person_id=one.person_id,
        number=1,
        kind=ConditionKind.PROGRAMME_ATTENDANCE if by == CARA else ConditionKind.NO_CONTACT,
    )
    return order_id


def _breach(past: Past, one: Referred, order_id: UUID, on: date, turn: int) -> None:
    """Through every stage that it reached, a day or a week apart."""
    at, stages = at_hour(on, 21), _STAGES[turn // _ONE_BREACH_IN % len(_STAGES)]
    breach_id = past.rows.add_named(
        Breach,
        at,
        "B",
        order_id=order_id,
        person_id=one.person_id,
        condition_id=None,
        event_id=new_id(at),
        occurred_at=at,
        reported_at=at + timedelta(hours=2),
        arrested_at=at + timedelta(hours=5) if _S.ARRESTED in stages else None,
        court_at=at + timedelta(hours=15) if _S.BEFORE_COURT in stages else None,
        stage=stages[-1],
        created_at=at,
        created_by=past.who(IOM),
    )
    for step, stage in enumerate(stages):
        reached = at + timedelta(hours=(2, 5, 15, 15)[step])
        past.rows.add(
            BreachMove,
            reached,
            breach_id=breach_id,
            person_id=one.person_id,
            before=stages[step - 1] if step else None,
            after=stage,
            moved_at=reached,
            moved_by=past.who(IOM),
            happened_at=reached,
        )
