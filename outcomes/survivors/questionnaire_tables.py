"""What survivors are asked, version by version. A version stands for good."""

from piccolo.table import Table

from programmes.common.columns import Privacy, day, document, instant, key, loose_id, text
from programmes.common.db import SURVIVOR


class QuestionnaireVersion(Table, db=SURVIVOR, tablename="questionnaire"):
    """One version of the questions, from its day on. A check-in names the one it was asked by."""

    id = key()
    code = text(Privacy.REFERENCE, unique=True)
    valid_from = day(Privacy.REFERENCE)
    based_on = text(Privacy.REFERENCE)
    questions = document(Privacy.REFERENCE)
    recorded_at = instant(Privacy.REFERENCE)
    recorded_by = loose_id(Privacy.REFERENCE, null=True)
