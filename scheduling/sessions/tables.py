"""Dated sessions of a cohort, and the things that a session occupies."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
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
from scheduling.cohorts.tables import Cohort, Room


class Session(Table, db=WORK, tablename="session"):
    """One meeting of a cohort. Keeps its id when it moves; a past one never changes."""

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
    version = version()
    known_kind = one_of("kind", ["group", "individual", "extra"])
    known_status = one_of("status", ["planned", "cancelled"])
    ends_after_start = rule("ends_at > starts_at")
    session_once = Unique([cohort_id, number])


class Booking(Table, db=WORK, tablename="booking"):
    """That something which cannot be in two places is taken for a time.

    `what` is the id of a room, a member of staff or a participant; an exclusion constraint
    (made by the migration) refuses two that overlap.
    """

    id = key()
    session_id: ForeignKey[Session] = refers_to(Session)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort)
    kind = text(Privacy.RECORD)
    what = loose_id(Privacy.KEY)
    starts_at = instant(Privacy.RECORD)
    ends_at = instant(Privacy.RECORD)
    released_at = instant(Privacy.RECORD, null=True)
    known_kind = one_of("kind", ["room", "staff", "participant"])
    ends_after_start = rule("ends_at > starts_at")
