"""Around the programmes: standards, changes of status, accreditation, consultations, trainings."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.catalogue.around_words import OnwardKind, OnwardOutcome
from programmes.catalogue.tables import Agency, Programme
from programmes.catalogue.words import ProgrammeStatus
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
)
from programmes.common.db import WORK
from programmes.people.tables import Person


class ServiceStandard(Table, db=WORK, tablename="service_standard"):
    """How many days the service gives itself, from a day on; the latest that has begun counts."""

    id = key()
    days_to_decision = number(Privacy.REFERENCE)
    days_to_first_contact = number(Privacy.REFERENCE)
    valid_from = day(Privacy.REFERENCE)
    source = text(Privacy.REFERENCE)
    entered_at = instant(Privacy.REFERENCE)
    entered_by = loose_id(Privacy.RECORD, null=True)
    believable = rule(
        "days_to_decision BETWEEN 1 AND 365 AND days_to_first_contact BETWEEN 1 AND 365"
    )


class ProgrammeMove(Table, db=WORK, tablename="programme_move"):
    """One change of a programme's status: who, when and why. Appended."""

    id = key()
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    before = text(Privacy.REFERENCE, null=True)
    after = text(Privacy.REFERENCE)
    moved_at = instant(Privacy.REFERENCE)
    moved_by = loose_id(Privacy.RECORD)
    reason = text(Privacy.REFERENCE, null=True)
    known_after = one_of("after", ProgrammeStatus)


class Accreditation(Table, db=WORK, tablename="accreditation"):
    """A programme's accreditation by an outside body, and when it has to be renewed."""

    id = key()
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    body = text(Privacy.REFERENCE)
    awarded_on = day(Privacy.REFERENCE)
    expires_on = day(Privacy.REFERENCE)
    entered_at = instant(Privacy.REFERENCE)
    entered_by = loose_id(Privacy.RECORD)
    in_order = rule("expires_on > awarded_on")


class Consultation(Table, db=WORK, tablename="consultation"):
    """Advice given to a colleague of another agency. Names nobody whom it was about."""

    id = key()
    agency_id: ForeignKey[Agency] = refers_to(Agency)
    held_on = day(Privacy.REFERENCE, index=True)
    minutes = number(Privacy.REFERENCE)
    topic = text(Privacy.REFERENCE)
    entered_at = instant(Privacy.REFERENCE)
    entered_by = loose_id(Privacy.RECORD)
    believable = rule("minutes BETWEEN 5 AND 600")


class Training(Table, db=WORK, tablename="training"):
    """A training that the team gave, and to how many."""

    id = key()
    title = text(Privacy.REFERENCE)
    for_whom = text(Privacy.REFERENCE)
    held_on = day(Privacy.REFERENCE, index=True)
    people = number(Privacy.REFERENCE)
    entered_at = instant(Privacy.REFERENCE)
    entered_by = loose_id(Privacy.RECORD)
    believable = rule("people BETWEEN 1 AND 5000")


class OnwardReferral(Table, db=WORK, tablename="onward_referral"):
    """Other help that somebody was referred to, and what became of it."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    kind = text(Privacy.RECORD)
    service = text(Privacy.RECORD)
    referred_on = day(Privacy.RECORD, index=True)
    outcome = text(Privacy.RECORD, null=True)
    outcome_on = day(Privacy.RECORD, null=True)
    entered_at = instant(Privacy.RECORD)
    entered_by = loose_id(Privacy.RECORD)
    known_kind = one_of("kind", OnwardKind)
    known_outcome = one_of("outcome", OnwardOutcome)
    outcome_has_day = rule("(outcome IS NULL) = (outcome_on IS NULL)")
    in_order = rule("outcome_on IS NULL OR outcome_on >= referred_on")
