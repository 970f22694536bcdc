"""Safety notices: a fixed vocabulary, and the same row whoever raised it."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from outcomes.notices.words import NOTICE_CODES
from programmes.common.columns import (
    Privacy,
    instant,
    key,
    loose_id,
    one_of,
    refers_to,
    text,
)
from programmes.common.db import WORK
from programmes.people.tables import Person


class Notice(Table, db=WORK, tablename="notice"):
    """Words from a fixed list about one person. Holds nothing that could tell who raised it."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    code = text(Privacy.OTHERS)
    shown_from_at = instant(Privacy.OTHERS, index=True)
    ends_at = instant(Privacy.OTHERS, null=True)
    known_code = one_of("code", NOTICE_CODES)


class NoticeWaiting(Table, db=WORK, tablename="notice_waiting"):
    """A notice until its moment comes, wherever it comes from. Its id becomes the notice's.

    Seen by whoever raised it and by nobody else, and not at all once it is shown: then nothing
    here says who it was. It leaves no audit entry; the notice leaves one without a name.
    """

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    code = text(Privacy.OTHERS)
    show_from_at = instant(Privacy.OTHERS, index=True)
    raised_by = loose_id(Privacy.OTHERS, null=True)
    raised_at = instant(Privacy.OTHERS, null=True)
    recalled_at = instant(Privacy.OTHERS, null=True)
    shown_at = instant(Privacy.OTHERS, null=True)
    known_code = one_of("code", NOTICE_CODES)
