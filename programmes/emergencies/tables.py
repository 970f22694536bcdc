"""Records opened in an emergency: who, whose, why, until when, and who looked at it afterwards."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.common.columns import Privacy, instant, key, loose_id, refers_to, rule, text
from programmes.common.db import WORK
from programmes.common.tables import Account
from programmes.people.tables import Person


class EmergencyOpening(Table, db=WORK, tablename="emergency_opening"):
    """One hour of reading somebody's record. Added by `auth.open_in_emergency` alone."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    account_id: ForeignKey[Account] = refers_to(Account)
    reason = text(Privacy.FREE)
    opened_at = instant(Privacy.RECORD)
    until_at = instant(Privacy.RECORD)
    seen_at = instant(Privacy.RECORD, null=True)
    seen_by = loose_id(Privacy.RECORD, null=True)
    seen_words = text(Privacy.FREE, null=True)
    at_most_one_hour = rule("until_at > opened_at AND until_at <= opened_at + interval '1 hour'")
    seen_whole = rule("num_nulls(seen_at, seen_by, seen_words) IN (0, 3)")
    not_seen_by_oneself = rule("seen_by <> account_id")
