"""Who may not see a survivor's record, though their role or assignment would let them."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from outcomes.survivors.exclusion_words import WhyExcluded
from outcomes.survivors.tables import Survivor
from programmes.common.columns import (
    Privacy,
    day,
    instant,
    key,
    loose_id,
    one_of,
    refers_to,
    rule,
    text,
)
from programmes.common.db import SURVIVOR
from programmes.common.tables import Account


class SurvivorExclusion(Table, db=SURVIVOR, tablename="survivor_exclusion"):
    """Dated, and stronger than every right. `until_on` is the first day on which it is over."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    account_id: ForeignKey[Account] = refers_to(Account)
    why = text(Privacy.HERS)
    from_on = day(Privacy.HERS)
    until_on = day(Privacy.HERS, null=True)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    lifted_by = loose_id(Privacy.HERS, null=True)
    known_why = one_of("why", WhyExcluded)
    in_order = rule("until_on IS NULL OR until_on >= from_on")
    lifted_by_another = rule("lifted_by IS NULL OR lifted_by <> account_id")
