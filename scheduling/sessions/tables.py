"""Dated sessions of a cohort, and the things that a session occupies."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
    document,
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
from scheduling.cohorts.tables import Cohort, Enrolment, Room


class Session(Table, db=WORK, tablename="session"):
    """One meeting of a cohort. Keeps its id when it moves; a past one never changes.

    `facilitators` and `interpreters` are lists of ids; none given means those of the cohort.
    A withdrawn one was added by a change that was undone: it is shown nowhere. One number may
    stand twice, but only one of the two is to be held (a partial index).
    """

    id = key()
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    number = number(Privacy.RECORD)
    module = text(Privacy.RECORD)
    kind = text(Privacy.RECORD)
    starts_at = instant(Privacy.RECORD, index=True)
    ends_at = instant(Privacy.RECORD)
    room_id: ForeignKey[Room] = refers_to(Room)
    status = text(Privacy.RECORD)
    cancelled_because = text(Privacy.RECORD, null=True)
    facilitators = document(Privacy.RECORD, null=True)
    interpreters = document(Privacy.RECORD, null=True)
    version = version()
    known_kind = one_of("kind", ["group", "individual", "extra"])
    known_status = one_of("status", ["planned", "cancelled", "withdrawn"])
    ends_after_start = rule("ends_at > starts_at")


class Booking(Table, db=WORK, tablename="booking"):
    """That something which cannot be in two places is taken for a time.

    `what` is the id of a room, a member of staff, an interpreter or a participant; an exclusion
    constraint (scheduling/structure.sql) refuses two that overlap. With an appointment it is that
    one person's, and no change of the series frees it.
    """

    id = key()
    session_id: ForeignKey[Session] = refers_to(Session)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    kind = text(Privacy.RECORD)
    what = loose_id(Privacy.KEY)
    starts_at = instant(Privacy.RECORD)
    ends_at = instant(Privacy.RECORD)
    released_at = instant(Privacy.RECORD, null=True)
    appointment_id = loose_id(Privacy.KEY, null=True, index=True)
    known_kind = one_of("kind", ["room", "staff", "interpreter", "participant"])
    ends_after_start = rule("ends_at > starts_at")


class SeriesChange(Table, db=WORK, tablename="series_change"):
    """A change of a cohort's series as it was applied, so that it can be undone."""

    id = key()
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    what = text(Privacy.RECORD)
    plan = document(Privacy.RECORD)
    slots_before = document(Privacy.RECORD, null=True)
    pause_id = loose_id(Privacy.KEY, null=True)
    applied_at = instant(Privacy.RECORD)
    applied_by = loose_id(Privacy.RECORD)
    undone_at = instant(Privacy.RECORD, null=True)


class Appointment(Table, db=WORK, tablename="appointment"):
    """A time booked for one person: an individual session, or catching up in another cohort.

    `cohort_id` is the person's own; `session_id` the session at which they will be. An individual
    one has its own time, room and facilitator, in the week of its session.
    """

    id = key()
    enrolment_id: ForeignKey[Enrolment] = refers_to(Enrolment)
    person_id: ForeignKey[Person] = refers_to(Person)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    session_id: ForeignKey[Session] = refers_to(Session)
    kind = text(Privacy.RECORD)
    number = number(Privacy.RECORD)
    starts_at = instant(Privacy.RECORD)
    ends_at = instant(Privacy.RECORD)
    room_id: ForeignKey[Room] = refers_to(Room, null=True)
    facilitator_id = loose_id(Privacy.RECORD, null=True)
    interpreter_id = loose_id(Privacy.RECORD, null=True)
    booked_at = instant(Privacy.RECORD)
    booked_by = loose_id(Privacy.RECORD)
    given_up_at = instant(Privacy.RECORD, null=True)
    known_kind = one_of("kind", ["individual", "catch-up"])
    ends_after_start = rule("ends_at > starts_at")


class CalendarFeed(Table, db=WORK, tablename="calendar_feed"):
    """A member of staff's private calendar address. Only the hash of its token is kept."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    token_hash = secret_bytes(Privacy.SECRET, unique=True)
    made_at = instant(Privacy.RECORD)
    revoked_at = instant(Privacy.RECORD, null=True)
