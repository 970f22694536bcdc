"""Protective orders of every kind, their conditions, and their breaches."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.catalogue.tables import Agency
from programmes.common.columns import (
    Privacy,
    day,
    document,
    instant,
    key,
    loose_id,
    number,
    one_of,
    refers_to,
    rule,
    text,
    version,
)
from programmes.common.db import WORK
from programmes.people.tables import Person

BREACH_STAGES = (
    "alleged",
    "arrested",
    "before court",
    "admitted",
    "proved",
    "not proved",
    "withdrawn",
)

ORDER_CHANGES = (
    "extended",
    "varied",
    "discharged",
    "replaced",
    "refused",
    "reopened",
    "notified",
)


class OrderKind(Table, db=WORK, tablename="order_kind"):
    """One dated version of the law of one kind of instrument in one area."""

    id = key()
    code = text(Privacy.REFERENCE)
    number = number(Privacy.REFERENCE)
    area = text(Privacy.REFERENCE)
    name = text(Privacy.REFERENCE)
    valid_from = day(Privacy.REFERENCE)
    source = text(Privacy.REFERENCE)
    law = document(Privacy.REFERENCE)
    order_kind_once = Unique([code, area, number])


class Order(Table, db=WORK, tablename="protective_order"):
    """An order, notice, bail or caution made on a person: kind and dates, never the wording."""

    id = key()
    reference = text(Privacy.RECORD, unique=True)
    source_ref = text(Privacy.KEY, null=True, unique=True)
    person_id: ForeignKey[Person] = refers_to(Person)
    kind_id: ForeignKey[OrderKind] = refers_to(OrderKind)
    kind = text(Privacy.RECORD, index=True)
    made_on = day(Privacy.RECORD, index=True)
    served_at = instant(Privacy.RECORD, null=True)
    hearing_at = instant(Privacy.RECORD, null=True)
    ends_on = day(Privacy.RECORD, null=True, index=True)
    issued_by = text(Privacy.RECORD)
    authority = text(Privacy.RECORD, null=True)
    arrested_at = instant(Privacy.RECORD, null=True)
    offence_on = day(Privacy.RECORD, null=True)
    assault_statement_on = day(Privacy.RECORD, null=True)
    notified_at = instant(Privacy.RECORD, null=True)
    follows_id = loose_id(Privacy.KEY, null=True)
    status = text(Privacy.RECORD)
    created_at = instant(Privacy.RECORD)
    created_by = loose_id(Privacy.RECORD)
    version = version()
    known_status = one_of("status", ["live", "varied", "discharged", "replaced", "refused"])
    ends_after_start = rule("ends_on >= made_on")


class OrderCondition(Table, db=WORK, tablename="order_condition"):
    """A prohibition or requirement by its kind, with the times it holds: no names, no places."""

    id = key()
    order_id: ForeignKey[Order] = refers_to(Order)
    person_id: ForeignKey[Person] = refers_to(Person)
    number = number(Privacy.RECORD)
    kind = text(Privacy.RECORD)
    weekdays = text(Privacy.RECORD, null=True)
    from_time = text(Privacy.RECORD, null=True)
    until_time = text(Privacy.RECORD, null=True)
    responsible_person = text(Privacy.OTHERS, null=True)
    ends_on = day(Privacy.RECORD, null=True)
    order_condition_once = Unique([order_id, number])


class OrderChange(Table, db=WORK, tablename="order_change"):
    """One change of an order: extended, varied, ended early, reopened. Appended, never altered."""

    id = key()
    order_id: ForeignKey[Order] = refers_to(Order)
    person_id: ForeignKey[Person] = refers_to(Person)
    what = text(Privacy.RECORD)
    before = text(Privacy.RECORD)
    after = text(Privacy.RECORD)
    ends_before = day(Privacy.RECORD, null=True)
    ends_after = day(Privacy.RECORD, null=True)
    effective_on = day(Privacy.RECORD)
    authority = text(Privacy.RECORD, null=True)
    reason = text(Privacy.FREE, null=True)
    changed_at = instant(Privacy.RECORD)
    changed_by = loose_id(Privacy.RECORD)
    known_change = one_of("what", ORDER_CHANGES)


class OrderWording(Table, db=WORK, tablename="order_wording"):
    """A condition's wording as served; may name her or a place, so each opening is logged."""

    id = key()
    condition_id: ForeignKey[OrderCondition] = refers_to(OrderCondition)
    person_id: ForeignKey[Person] = refers_to(Person)
    wording = text(Privacy.OTHERS)


class Breach(Table, db=WORK, tablename="breach"):
    """A breach of one condition of one order, and the stage it has reached."""

    id = key()
    reference = text(Privacy.RECORD, unique=True)
    source_ref = text(Privacy.KEY, null=True, unique=True)
    order_id: ForeignKey[Order] = refers_to(Order)
    person_id: ForeignKey[Person] = refers_to(Person)
    condition_id: ForeignKey[OrderCondition] = refers_to(OrderCondition, null=True)
    event_id = loose_id(Privacy.KEY, index=True)
    occurred_at = instant(Privacy.RECORD, index=True)
    reported_at = instant(Privacy.RECORD)
    arrested_at = instant(Privacy.RECORD, null=True)
    court_at = instant(Privacy.RECORD, null=True)
    stage = text(Privacy.RECORD)
    response = text(Privacy.RECORD, null=True)
    sanction = text(Privacy.RECORD, null=True)
    account = text(Privacy.FREE, null=True)
    evidence = text(Privacy.FREE, null=True)
    reported_by_agency_id: ForeignKey[Agency] = refers_to(Agency, null=True)
    created_at = instant(Privacy.RECORD)
    created_by = loose_id(Privacy.RECORD)
    version = version()
    known_stage = one_of("stage", BREACH_STAGES)
    reported_after = rule("reported_at >= occurred_at")


class BreachMove(Table, db=WORK, tablename="breach_move"):
    """One change of a breach's stage. Appended, never altered."""

    id = key()
    breach_id: ForeignKey[Breach] = refers_to(Breach)
    person_id: ForeignKey[Person] = refers_to(Person)
    before = text(Privacy.RECORD, null=True)
    after = text(Privacy.RECORD)
    moved_at = instant(Privacy.RECORD)
    moved_by = loose_id(Privacy.RECORD)
    happened_at = instant(Privacy.RECORD, null=True)
    reason = text(Privacy.FREE, null=True)
    known_after = one_of("after", BREACH_STAGES)
