"""Lists that leave the service: who asked, why, who agreed, when it was taken."""

from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
    document,
    instant,
    key,
    loose_id,
    number,
    rule,
    text,
)
from programmes.common.db import WORK


class ExportAsk(Table, db=WORK, tablename="export_ask"):
    """One list that somebody takes or wants to take away. Over 200 rows a second person agrees."""

    id = key()
    list_name = text(Privacy.RECORD)
    query = document(Privacy.RECORD)
    rows = number(Privacy.RECORD)
    reason = text(Privacy.FREE)
    asked_by = loose_id(Privacy.RECORD)
    asked_at = instant(Privacy.RECORD)
    agreed_by = loose_id(Privacy.RECORD, null=True)
    agreed_at = instant(Privacy.RECORD, null=True)
    taken_at = instant(Privacy.RECORD, null=True)
    two_people = rule("agreed_by IS NULL OR agreed_by <> asked_by")
    long_ones_are_agreed = rule("rows <= 200 OR taken_at IS NULL OR agreed_by IS NOT NULL")
