"""Completion as a person decided it, and the day on which it was out of reach."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from outcomes.completion.words import CompletionOutcome
from programmes.catalogue.tables import ProgrammeVersion
from programmes.common.columns import (
    Privacy,
    day,
    document,
    flag,
    instant,
    key,
    loose_id,
    number,
    one_of,
    refers_to,
    rule,
    text,
)
from programmes.common.db import WORK
from programmes.people.tables import Person
from scheduling.cohorts.tables import Cohort, Enrolment


class CompletionDecision(Table, db=WORK, tablename="completion_decision"):
    """What the marks came to on one day, and what a named person made of it.

    `standing` holds what was counted, `programme_version_id` the rule it was counted by. A later
    decision needs a reason and leaves the earlier one readable; the latest one is current.
    """

    id = key()
    enrolment_id: ForeignKey[Enrolment] = refers_to(Enrolment)
    person_id: ForeignKey[Person] = refers_to(Person)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    programme_version_id: ForeignKey[ProgrammeVersion] = refers_to(ProgrammeVersion)
    outcome = text(Privacy.RECORD)
    attended = number(Privacy.RECORD)
    needed = number(Privacy.RECORD)
    sessions = number(Privacy.RECORD)
    standing = document(Privacy.RECORD)
    reason = text(Privacy.FREE, null=True)
    revision = number(Privacy.RECORD, default=1)
    is_current = flag(Privacy.RECORD, default=True)
    decided_at = instant(Privacy.RECORD)
    decided_by = loose_id(Privacy.RECORD)
    known_outcome = one_of("outcome", CompletionOutcome)
    never_above_the_whole = rule("attended BETWEEN 0 AND sessions")
    later_ones_have_a_reason = rule("revision = 1 OR reason IS NOT NULL")
    decision_once = Unique([enrolment_id, revision])


class FinishLost(Table, db=WORK, tablename="finish_lost"):
    """From this day on they could no longer finish; over again if a way was found."""

    id = key()
    enrolment_id: ForeignKey[Enrolment] = refers_to(Enrolment)
    person_id: ForeignKey[Person] = refers_to(Person)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    lost_on = day(Privacy.RECORD)
    attended = number(Privacy.RECORD)
    needed = number(Privacy.RECORD)
    possible = number(Privacy.RECORD)
    noticed_at = instant(Privacy.RECORD)
    over_at = instant(Privacy.RECORD, null=True)
