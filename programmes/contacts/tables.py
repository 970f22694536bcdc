"""The log of contacts: calls, meetings and messages with referrers and others. Appended."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
    flag,
    instant,
    key,
    loose_id,
    one_of,
    refers_to,
    rule,
    text,
)
from programmes.common.db import WORK
from programmes.contacts.words import ContactHow, ContactWith
from programmes.people.tables import Person


class ContactEntry(Table, db=WORK, tablename="contact_entry"):
    """One contact about one person: when, with whom, and what was said."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    happened_at = instant(Privacy.RECORD, index=True)
    with_whom = text(Privacy.RECORD)
    how = text(Privacy.RECORD)
    was_reached = flag(Privacy.RECORD, default=True)
    what = text(Privacy.FREE)
    entered_at = instant(Privacy.RECORD)
    entered_by = loose_id(Privacy.RECORD)
    known_with = one_of("with_whom", ContactWith)
    known_how = one_of("how", ContactHow)
    not_ahead = rule("happened_at <= entered_at")
