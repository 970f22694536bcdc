"""Asking participants what they thought: who was asked, and, apart from that, what was said."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.catalogue.tables import Programme
from programmes.common.columns import (
    Privacy,
    day,
    document,
    instant,
    key,
    loose_id,
    refers_to,
    secret_bytes,
)
from programmes.common.db import WORK
from programmes.people.tables import Person
from scheduling.cohorts.tables import Cohort, Enrolment


class FeedbackInvitation(Table, db=WORK, tablename="feedback_invitation"):
    """A way to answer once, given to one participant. Only the hash of its token is kept."""

    id = key()
    enrolment_id: ForeignKey[Enrolment] = refers_to(Enrolment)
    person_id: ForeignKey[Person] = refers_to(Person)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    token_hash = secret_bytes(Privacy.SECRET, unique=True)
    made_at = instant(Privacy.RECORD)
    made_by = loose_id(Privacy.RECORD)
    expires_at = instant(Privacy.RECORD)
    answered_on = day(Privacy.RECORD, null=True)
    withdrawn_at = instant(Privacy.RECORD, null=True)


class FeedbackAnswers(Table, db=WORK, tablename="feedback_answers"):
    """What one participant said. Nothing leads from here to whoever it was.

    The id is random, not made from the time, and the month is all that is kept of the day.
    """

    id = key()
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    month = day(Privacy.REFERENCE)
    answers = document(Privacy.REFERENCE)
