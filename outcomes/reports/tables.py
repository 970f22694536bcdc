"""What a programme or a group cost, as the manager entered it: dated, sourced, never altered."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.catalogue.tables import Programme
from programmes.common.columns import (
    Privacy,
    big_number,
    day,
    instant,
    key,
    loose_id,
    refers_to,
    rule,
    text,
)
from programmes.common.db import WORK
from scheduling.cohorts.tables import Cohort


class ProgrammeCost(Table, db=WORK, tablename="programme_cost"):
    """Pence spent on a programme, or on one of its groups, over the days from one until another.

    A mistake is withdrawn and entered again.
    """

    id = key()
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort, null=True)
    from_on = day(Privacy.REFERENCE)
    until_on = day(Privacy.REFERENCE)
    pence = big_number(Privacy.REFERENCE)
    source = text(Privacy.REFERENCE)
    entered_at = instant(Privacy.RECORD)
    entered_by = loose_id(Privacy.RECORD)
    withdrawn_at = instant(Privacy.RECORD, null=True)
    withdrawn_by = loose_id(Privacy.RECORD, null=True)
    in_order = rule("until_on > from_on")
    not_negative = rule("pence >= 0")
    withdrawn_by_somebody = rule("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)")
