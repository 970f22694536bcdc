"""Safety notices: a fixed vocabulary, and the same row whoever raised it."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from outcomes.notices.words import NOTICE_CODES
from programmes.common.columns import Privacy, instant, key, one_of, refers_to, text
from programmes.common.db import WORK
from programmes.people.tables import Person


class Notice(Table, db=WORK, tablename="notice"):
    """Words from a fixed list about one person. Holds nothing that could tell who raised it."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    code = text(Privacy.RECORD)
    shown_from_at = instant(Privacy.RECORD, index=True)
    ends_at = instant(Privacy.RECORD, null=True)
    known_code = one_of("code", NOTICE_CODES)
