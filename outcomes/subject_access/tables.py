"""Requests for access, what two readers left out, and legal holds."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from outcomes.subject_access.words import AccessStatus
from programmes.common.columns import (
    Privacy,
    day,
    document,
    instant,
    key,
    loose_id,
    one_of,
    refers_to,
    rule,
    text,
    version,
)
from programmes.common.db import WORK
from programmes.people.tables import Person


class SubjectAccess(Table, db=WORK, tablename="subject_access"):
    """One request: the bundle as it was gathered, and what its reader left out of it."""

    id = key()
    reference = text(Privacy.RECORD, unique=True)
    person_id: ForeignKey[Person] = refers_to(Person)
    asked_on = day(Privacy.RECORD)
    status = text(Privacy.RECORD)
    bundle = document(Privacy.OTHERS)
    left_out = document(Privacy.OTHERS, null=True)
    prepared_at = instant(Privacy.RECORD)
    prepared_by = loose_id(Privacy.RECORD)
    sent_at = instant(Privacy.RECORD, null=True)
    due_at = instant(Privacy.RECORD, null=True)
    released_at = instant(Privacy.RECORD, null=True)
    released_by = loose_id(Privacy.RECORD, null=True)
    version = version()
    known_status = one_of("status", AccessStatus)
    second_person = rule("released_by IS NULL OR released_by <> prepared_by")
    waiting_has_its_day = rule("(sent_at IS NULL) = (due_at IS NULL)")


class SubjectAccessClearance(Table, db=WORK, tablename="subject_access_clearance"):
    """The second reader's answer. Nobody reads it: it is merged with the first reader's."""

    id = key()
    request_id: ForeignKey[SubjectAccess] = refers_to(SubjectAccess)
    person_id: ForeignKey[Person] = refers_to(Person)
    left_out = document(Privacy.OTHERS)
    cleared_at = instant(Privacy.RECORD)


class LegalHold(Table, db=WORK, tablename="legal_hold"):
    """While it stands, nothing about this person is erased."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    reason = text(Privacy.FREE)
    from_on = day(Privacy.RECORD)
    until_on = day(Privacy.RECORD, null=True)
    recorded_at = instant(Privacy.RECORD)
    recorded_by = loose_id(Privacy.RECORD)


class PersonErased(Table, db=WORK, tablename="person_erased"):
    """That everything which leads to this person was erased, and under which rule."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    erased_at = instant(Privacy.RECORD)
    rule_applied = text(Privacy.RECORD)
