"""Lists of referrals that wait for a second person, row by row."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
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
    text,
    version,
)
from programmes.common.db import WORK
from programmes.referrals.import_words import ImportStatus, Verdict
from programmes.referrals.tables import Referral


class ReferralImport(Table, db=WORK, tablename="referral_import"):
    """One file, by its hash: who sent it, who approved it, and whether it was undone."""

    id = key()
    file_name = text(Privacy.RECORD)
    file_hash = text(Privacy.RECORD)
    uploaded_by = loose_id(Privacy.RECORD)
    uploaded_at = instant(Privacy.RECORD)
    status = text(Privacy.RECORD)
    approved_by = loose_id(Privacy.RECORD, null=True)
    applied_at = instant(Privacy.RECORD, null=True)
    undone_by = loose_id(Privacy.RECORD, null=True)
    undone_at = instant(Privacy.RECORD, null=True)
    version = version()
    known_status = one_of("status", ImportStatus)
    two_people = rule("approved_by IS NULL OR approved_by <> uploaded_by")
    applied_whole = rule("(applied_at IS NULL) = (approved_by IS NULL)")


class ReferralImportRow(Table, db=WORK, tablename="referral_import_row"):
    """One row: what it said, what it was compared with, what was decided, what came of it."""

    id = key()
    import_id: ForeignKey[ReferralImport] = refers_to(ReferralImport)
    number = number(Privacy.RECORD)
    row_ref = text(Privacy.RECORD)
    cells = document(Privacy.FREE)
    verdict = text(Privacy.RECORD)
    says = text(Privacy.FREE)
    likely = document(Privacy.FREE)
    decision = text(Privacy.RECORD)
    before = document(Privacy.FREE, null=True)
    referral_id: ForeignKey[Referral] = refers_to(Referral, null=True)
    referral_import_row_once = Unique([import_id, number])
    known_verdict = one_of("verdict", Verdict)
