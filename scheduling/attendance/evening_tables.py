"""What an evening leaves beside its marks: a note, how each took part, worries, who else came."""

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
    text,
)
from programmes.common.db import WORK
from programmes.people.tables import Person
from scheduling.attendance.words import ConcernKind, Engagement, Homework, Settlement
from scheduling.cohorts.tables import Cohort, Enrolment
from scheduling.sessions.tables import Session


class UnlistedArrival(Table, db=WORK, tablename="unlisted_arrival"):
    """Somebody who came and is not on the register, until a manager settles it."""

    id = key()
    session_id: ForeignKey[Session] = refers_to(Session)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    called = text(Privacy.HIS)
    note = text(Privacy.FREE, null=True)
    stayed = flag(Privacy.RECORD)
    added_at = instant(Privacy.RECORD)
    added_by = loose_id(Privacy.RECORD)
    settled_at = instant(Privacy.RECORD, null=True)
    settled_by = loose_id(Privacy.RECORD, null=True)
    settlement = text(Privacy.RECORD, null=True)
    known_settlement = one_of("settlement", Settlement)
    settled_whole = rule(
        "(settled_at IS NULL) = (settlement IS NULL) AND "
        "(settled_at IS NULL) = (settled_by IS NULL)"
    )


class SessionNote(Table, db=WORK, tablename="session_note"):
    """What was covered, and how it went. A change is a new note; the latest one is current."""

    id = key()
    session_id: ForeignKey[Session] = refers_to(Session)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    covered = text(Privacy.FREE)
    homework = text(Privacy.FREE, null=True)
    note = text(Privacy.FREE, null=True)
    revision = number(Privacy.RECORD, default=1)
    is_current = flag(Privacy.RECORD, default=True)
    written_at = instant(Privacy.RECORD)
    written_by = loose_id(Privacy.RECORD)
    session_note_once = Unique([session_id, revision])


class Participation(Table, db=WORK, tablename="participation"):
    """How one person took part in one session, and their homework. The latest one is current."""

    id = key()
    session_id: ForeignKey[Session] = refers_to(Session)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    enrolment_id: ForeignKey[Enrolment] = refers_to(Enrolment)
    person_id: ForeignKey[Person] = refers_to(Person)
    engagement = text(Privacy.RECORD, null=True)
    homework = text(Privacy.RECORD, null=True)
    revision = number(Privacy.RECORD, default=1)
    is_current = flag(Privacy.RECORD, default=True)
    noted_at = instant(Privacy.RECORD)
    noted_by = loose_id(Privacy.RECORD)
    known_engagement = one_of("engagement", Engagement)
    known_homework = one_of("homework", Homework)
    participation_once = Unique([session_id, enrolment_id, revision])


class Concern(Table, db=WORK, tablename="concern"):
    """A worry about one person from one session, until a manager says what was done."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    session_id: ForeignKey[Session] = refers_to(Session)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    kind = text(Privacy.RECORD)
    what = text(Privacy.FREE)
    raised_at = instant(Privacy.RECORD, index=True)
    raised_by = loose_id(Privacy.RECORD)
    answered_at = instant(Privacy.RECORD, null=True)
    answered_by = loose_id(Privacy.RECORD, null=True)
    answer = text(Privacy.FREE, null=True)
    known_kind = one_of("kind", ConcernKind)
    answered_whole = rule(
        "(answered_at IS NULL) = (answer IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL)"
    )
