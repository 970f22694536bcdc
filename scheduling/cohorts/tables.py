"""Venues, rooms, cohorts, who runs them, and who has a place."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.catalogue.tables import Programme, ProgrammeVersion
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
    text_list,
    version,
)
from programmes.common.db import WORK
from programmes.common.tables import Account
from programmes.people.tables import Person
from programmes.referrals.tables import Referral
from scheduling.cohorts.words import CohortStatus, EndReason, EnrolmentStatus, StaffAway, StaffDuty


class Venue(Table, db=WORK, tablename="venue"):
    """A place where sessions are held."""

    id = key()
    name = text(Privacy.REFERENCE, unique=True)
    postcode_district = text(Privacy.REFERENCE, null=True)


class Room(Table, db=WORK, tablename="room"):
    """A room of a venue, and how many it seats."""

    id = key()
    venue_id: ForeignKey[Venue] = refers_to(Venue)
    name = text(Privacy.REFERENCE)
    seats = number(Privacy.REFERENCE, default=12)
    code = text(Privacy.REFERENCE, unique=True)
    room_once = Unique([venue_id, name])


class Closure(Table, db=WORK, tablename="closure"):
    """Days on which the service, or one venue, is closed; both ends included."""

    id = key()
    venue_id: ForeignKey[Venue] = refers_to(Venue, null=True)
    from_on = day(Privacy.REFERENCE)
    until_on = day(Privacy.REFERENCE)
    why = text(Privacy.REFERENCE)
    withdrawn_at = instant(Privacy.REFERENCE, null=True)
    in_order = rule("until_on >= from_on")


class Interpreter(Table, db=WORK, tablename="interpreter"):
    """Somebody who interprets at sessions. Has no account here."""

    id = key()
    name = text(Privacy.RECORD)
    language = text(Privacy.RECORD)
    interpreter_once = Unique([name, language])


class StaffProfile(Table, db=WORK, tablename="staff_profile"):
    """What planning asks of a member of staff besides their account."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account, index=False)
    sex = text(Privacy.RECORD, null=True)
    languages = text_list(Privacy.RECORD, null=True)
    staff_profile_once = Unique([account_id])


class StaffAccreditation(Table, db=WORK, tablename="staff_accreditation"):
    """That somebody may lead a programme, until a day (included) or without an end."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    code = text(Privacy.RECORD)
    until_on = day(Privacy.RECORD, null=True)
    withdrawn_at = instant(Privacy.RECORD, null=True)


class StaffLeave(Table, db=WORK, tablename="staff_leave"):
    """Days on which a member of staff is on leave or on another duty, both ends included."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    from_on = day(Privacy.RECORD)
    until_on = day(Privacy.RECORD)
    why = text(Privacy.RECORD, null=True)
    withdrawn_at = instant(Privacy.RECORD, null=True)
    in_order = rule("until_on >= from_on")
    known_why = one_of("why", StaffAway)


class Cohort(Table, db=WORK, tablename="cohort"):
    """A group of people who go through one version of a programme together."""

    id = key()
    reference = text(Privacy.RECORD, unique=True)
    source_ref = text(Privacy.KEY, null=True, unique=True)
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    programme_version_id: ForeignKey[ProgrammeVersion] = refers_to(ProgrammeVersion)
    room_id: ForeignKey[Room] = refers_to(Room)
    capacity = number(Privacy.RECORD)
    interpreter_language = text(Privacy.RECORD, null=True)
    sex = text(Privacy.RECORD, null=True)
    status = text(Privacy.RECORD)
    first_on = day(Privacy.RECORD)
    last_on = day(Privacy.RECORD, index=True)
    slots = document(Privacy.RECORD, null=True)
    created_at = instant(Privacy.RECORD)
    version = version()
    known_status = one_of("status", CohortStatus)
    in_order = rule("last_on >= first_on")


class CohortPause(Table, db=WORK, tablename="cohort_pause"):
    """Days on which one cohort is paused, both ends included: a closure of its own."""

    id = key()
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    from_on = day(Privacy.RECORD)
    until_on = day(Privacy.RECORD)
    why = text(Privacy.RECORD)
    withdrawn_at = instant(Privacy.RECORD, null=True)
    in_order = rule("until_on >= from_on")


class CohortStaff(Table, db=WORK, tablename="cohort_staff"):
    """Who facilitates or interprets a cohort, dated."""

    id = key()
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    account_id: ForeignKey[Account] = refers_to(Account)
    duty = text(Privacy.RECORD)
    from_on = day(Privacy.RECORD)
    until_on = day(Privacy.RECORD, null=True)
    known_duty = one_of("duty", StaffDuty)


class Enrolment(Table, db=WORK, tablename="enrolment"):
    """A person's place in a cohort, bound to the version of the programme he joined."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    referral_id: ForeignKey[Referral] = refers_to(Referral)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    programme_version_id: ForeignKey[ProgrammeVersion] = refers_to(ProgrammeVersion)
    status = text(Privacy.RECORD)
    enrolled_on = day(Privacy.RECORD)
    ended_on = day(Privacy.RECORD, null=True)
    end_reason = text(Privacy.RECORD, null=True)
    created_at = instant(Privacy.RECORD)
    version = version()
    known_status = one_of("status", EnrolmentStatus)
    known_reason = one_of("end_reason", EndReason)
    ended_has_date = rule("(status IN ('enrolled', 'paused')) = (ended_on IS NULL)")
    enrolment_once = Unique([referral_id, cohort_id])


class EnrolmentMove(Table, db=WORK, tablename="enrolment_move"):
    """One change of a place's status. Appended, never altered."""

    id = key()
    enrolment_id: ForeignKey[Enrolment] = refers_to(Enrolment)
    person_id: ForeignKey[Person] = refers_to(Person)
    before = text(Privacy.RECORD, null=True)
    after = text(Privacy.RECORD)
    moved_at = instant(Privacy.RECORD)
    moved_by = loose_id(Privacy.RECORD)
    reason = text(Privacy.FREE, null=True)
    known_after = one_of("after", EnrolmentStatus)
