"""The survivor side's own database. Holds a man's id without a foreign key."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
    day,
    flag,
    instant,
    key,
    loose_id,
    number,
    one_of,
    refers_to,
    rule,
    secret_bytes,
    text,
    version,
)
from programmes.common.db import SURVIVOR
from programmes.common.tables import Account

TIMEPOINTS = ("start", "middle", "end", "six months", "twelve months")
CONSENTS = ("contact", "support", "outcome questions", "sharing")


class DataKey(Table, db=SURVIVOR, tablename="data_key"):
    """One survivor's data key, wrapped by a key that is not in the database."""

    id = key()
    wrapped = secret_bytes(Privacy.HERS, null=True)
    wrapped_with = text(Privacy.HERS)
    destroyed_at = instant(Privacy.HERS, null=True)


class Survivor(Table, db=SURVIVOR, tablename="survivor"):
    """A victim-survivor. Her name and everything written about her are under her data key."""

    id = key()
    reference = text(Privacy.HERS, unique=True)
    source_ref = text(Privacy.HERS, null=True, unique=True)
    data_key_id: ForeignKey[DataKey] = refers_to(DataKey)
    sealed_name = secret_bytes(Privacy.HERS, null=True)
    created_at = instant(Privacy.HERS)
    version = version()


class WorkerAssignment(Table, db=SURVIVOR, tablename="worker_assignment"):
    """Which worker supports her, dated."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    account_id: ForeignKey[Account] = refers_to(Account)
    from_on = day(Privacy.HERS)
    until_on = day(Privacy.HERS, null=True)


class Link(Table, db=SURVIVOR, tablename="link"):
    """That this person harmed her. Ends, never disappears."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    person_id = loose_id(Privacy.HERS, index=True)
    relationship = text(Privacy.HERS)
    linked_on = day(Privacy.HERS)
    unlinked_on = day(Privacy.HERS, null=True)
    in_order = rule("unlinked_on IS NULL OR unlinked_on >= linked_on")


class Consent(Table, db=SURVIVOR, tablename="consent"):
    """One answer to one request for consent. The latest of its kind counts."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    kind = text(Privacy.HERS)
    is_given = flag(Privacy.HERS)
    answered_on = day(Privacy.HERS)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    known_kind = one_of("kind", CONSENTS)


class SafeContact(Table, db=SURVIVOR, tablename="safe_contact"):
    """How and when it is safe to reach her, sealed. The latest counts; stale ones block."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    sealed_details = secret_bytes(Privacy.HERS)
    reviewed_on = day(Privacy.HERS)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)


class CheckIn(Table, db=SURVIVOR, tablename="check_in"):
    """One time that she was asked how safe she is; always her own report."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    link_id: ForeignKey[Link] = refers_to(Link)
    timepoint = text(Privacy.HERS)
    asked_on = day(Privacy.HERS)
    questionnaire = text(Privacy.HERS)
    source = text(Privacy.HERS)
    police_called = text(Privacy.HERS)
    sealed_words = secret_bytes(Privacy.HERS, null=True)
    may_quote = flag(Privacy.HERS, default=False)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    known_timepoint = one_of("timepoint", TIMEPOINTS)
    known_source = one_of("source", ["survivor", "childrens worker"])
    known_police = one_of("police_called", ["yes", "no", "not stated"])
    check_in_once = Unique([link_id, timepoint, source])


class CheckInAnswer(Table, db=SURVIVOR, tablename="check_in_answer"):
    """One answer: a theme from 1 to 5, or how often a kind of abuse happened from 0 to 4."""

    id = key()
    check_in_id: ForeignKey[CheckIn] = refers_to(CheckIn)
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    question = text(Privacy.HERS)
    value = number(Privacy.HERS)
    believable = rule("value BETWEEN 0 AND 5")
    check_in_answer_once = Unique([check_in_id, question])
