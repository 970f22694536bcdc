"""Registers and the marks in them. A mark is appended; a correction is a new mark."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
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
from programmes.common.db import WORK
from programmes.common.tables import Account
from programmes.people.tables import Person
from scheduling.attendance.words import EVIDENCE_TYPES
from scheduling.cohorts.tables import Cohort, Enrolment
from scheduling.sessions.tables import Session


class Register(Table, db=WORK, tablename="register"):
    """A session's register: opened, then signed off by a named facilitator."""

    id = key()
    session_id: ForeignKey[Session] = refers_to(Session)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    opened_at = instant(Privacy.RECORD)
    signed_off_at = instant(Privacy.RECORD, null=True)
    signed_off_by = loose_id(Privacy.RECORD, null=True)
    version = version()
    register_one_a_session = Unique([session_id])
    signed_by_somebody = rule("(signed_off_at IS NULL) = (signed_off_by IS NULL)")


class AttendanceMark(Table, db=WORK, tablename="attendance_mark"):
    """What happened: one mark for one person at one session. The latest one is current."""

    id = key()
    session_id: ForeignKey[Session] = refers_to(Session)
    enrolment_id: ForeignKey[Enrolment] = refers_to(Enrolment)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort, index=False)
    person_id: ForeignKey[Person] = refers_to(Person)
    code = text(Privacy.RECORD)
    is_there = flag(Privacy.RECORD)
    minutes_late = number(Privacy.RECORD, null=True)
    claimed_reason = text(Privacy.HIS, null=True)
    note = text(Privacy.FREE, null=True)
    revision = number(Privacy.RECORD, default=1)
    is_current = flag(Privacy.RECORD, default=True)
    held_at = instant(Privacy.RECORD)
    entered_at = instant(Privacy.RECORD)
    entered_by = loose_id(Privacy.RECORD)
    signed_off_at = instant(Privacy.RECORD, null=True)
    corrected_because = text(Privacy.FREE, null=True)
    agreed_by = loose_id(Privacy.RECORD, null=True)
    attendance_mark_once = Unique([session_id, enrolment_id, revision])
    correction_has_reason = rule(
        "agreed_by IS NULL OR (corrected_because IS NOT NULL AND agreed_by <> entered_by)"
    )


class MarkCorrection(Table, db=WORK, tablename="mark_correction"):
    """A change to a signed-off mark that one person asked for and a second one settles."""

    id = key()
    mark_id: ForeignKey[AttendanceMark] = refers_to(AttendanceMark)
    person_id: ForeignKey[Person] = refers_to(Person)
    session_id: ForeignKey[Session] = refers_to(Session)
    code = text(Privacy.RECORD)
    minutes_late = number(Privacy.RECORD, null=True)
    reason = text(Privacy.FREE)
    asked_at = instant(Privacy.RECORD)
    asked_by = loose_id(Privacy.RECORD)
    settled_at = instant(Privacy.RECORD, null=True)
    settled_by = loose_id(Privacy.RECORD, null=True)
    outcome = text(Privacy.RECORD, null=True)
    known_outcome = one_of("outcome", ["agreed", "declined"])
    by_a_second_person = rule("settled_by IS NULL OR settled_by <> asked_by")


class Acceptability(Table, db=WORK, tablename="acceptability"):
    """Whether an absence is acceptable, judged by the case owner. The latest one is current."""

    id = key()
    mark_id: ForeignKey[AttendanceMark] = refers_to(AttendanceMark)
    person_id: ForeignKey[Person] = refers_to(Person)
    verdict = text(Privacy.RECORD)
    why = text(Privacy.RECORD, null=True)
    note = text(Privacy.FREE, null=True)
    revision = number(Privacy.RECORD, default=1)
    is_current = flag(Privacy.RECORD, default=True)
    decided_at = instant(Privacy.RECORD)
    decided_by = loose_id(Privacy.RECORD)
    known_verdict = one_of("verdict", ["acceptable", "not acceptable"])
    acceptability_once = Unique([mark_id, revision])


class AbsenceEvidence(Table, db=WORK, tablename="absence_evidence"):
    """A paper that bears on an absence. The file lies sealed in the home, under the row's id."""

    id = key()
    mark_id: ForeignKey[AttendanceMark] = refers_to(AttendanceMark)
    person_id: ForeignKey[Person] = refers_to(Person)
    what = text(Privacy.FREE)
    media_type = text(Privacy.RECORD)
    size = number(Privacy.RECORD)
    digest = secret_bytes(Privacy.RECORD)
    stored_at = instant(Privacy.RECORD)
    stored_by = loose_id(Privacy.RECORD)
    known_media_type = one_of("media_type", EVIDENCE_TYPES)
    some_size = rule("size > 0")


class LastLook(Table, db=WORK, tablename="last_look"):
    """When one member of staff last opened one person's attendance: what is new since then."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    person_id: ForeignKey[Person] = refers_to(Person)
    looked_at = instant(Privacy.RECORD)
    last_look_once = Unique([account_id, person_id])
