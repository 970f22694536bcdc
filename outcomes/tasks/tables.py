"""Tasks, the dated rules that set them, and the decision whether somebody stays in the group."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from outcomes.tasks.words import RuleCode, StayOutcome, TaskFor, TaskKind, TaskStatus
from programmes.common.columns import (
    Privacy,
    day,
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
from programmes.orders.tables import Breach
from programmes.people.tables import Person
from scheduling.cohorts.tables import Enrolment


class Task(Table, db=WORK, tablename="task"):
    """Something that one part of the staff has to do about one person, once for each cause."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    kind = text(Privacy.RECORD)
    for_whom = text(Privacy.RECORD)
    cause = text(Privacy.KEY, unique=True)
    about_id = loose_id(Privacy.KEY, null=True)
    detail = text(Privacy.RECORD)
    rule_from = day(Privacy.REFERENCE, null=True)
    opened_at = instant(Privacy.RECORD)
    due_at = instant(Privacy.RECORD, index=True)
    status = text(Privacy.RECORD)
    acknowledged_at = instant(Privacy.RECORD, null=True)
    acknowledged_by = loose_id(Privacy.RECORD, null=True)
    escalated_at = instant(Privacy.RECORD, null=True)
    done_at = instant(Privacy.RECORD, null=True)
    done_by = loose_id(Privacy.RECORD, null=True)
    note = text(Privacy.FREE, null=True)
    version = version()
    known_kind = one_of("kind", TaskKind)
    known_for = one_of("for_whom", TaskFor)
    known_status = one_of("status", TaskStatus)
    done_by_somebody = rule("(status = 'done') = (done_at IS NOT NULL AND done_by IS NOT NULL)")


class ReactionRuleVersion(Table, db=WORK, tablename="reaction_rule"):
    """One dated version of a rule that sets tasks or holds. Appended, never altered."""

    id = key()
    code = text(Privacy.REFERENCE)
    threshold = number(Privacy.REFERENCE)
    within = number(Privacy.REFERENCE, null=True)
    for_whom = text(Privacy.REFERENCE, null=True)
    due_hours = number(Privacy.REFERENCE, null=True)
    valid_from = day(Privacy.REFERENCE)
    source = text(Privacy.REFERENCE)
    added_at = instant(Privacy.RECORD)
    added_by = loose_id(Privacy.RECORD, null=True)
    known_code = one_of("code", RuleCode)
    known_for = one_of("for_whom", TaskFor)
    above_nothing = rule("threshold > 0 AND (due_hours IS NULL OR due_hours > 0)")
    reaction_rule_once = Unique([code, valid_from])


class StayDecision(Table, db=WORK, tablename="stay_decision"):
    """Whether somebody stays in the group after a breach: decided by a named person, appended."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    breach_id: ForeignKey[Breach] = refers_to(Breach)
    enrolment_id: ForeignKey[Enrolment] = refers_to(Enrolment)
    outcome = text(Privacy.RECORD)
    reason = text(Privacy.FREE)
    decided_at = instant(Privacy.RECORD)
    decided_by = loose_id(Privacy.RECORD)
    known_outcome = one_of("outcome", StayOutcome)
