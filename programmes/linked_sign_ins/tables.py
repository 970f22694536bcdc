"""Who an account is at a sign-in provider: in the `work` database alone."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.common.columns import Privacy, instant, key, refers_to, text
from programmes.common.db import WORK
from programmes.common.tables import Account


class LinkedSignIn(Table, db=WORK, schema="auth", tablename="linked_sign_in"):
    """One person at one provider, by its own opaque name for them; never by an e-mail address."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    issuer = text(Privacy.RECORD)
    subject = text(Privacy.SECRET)
    known_as = text(Privacy.RECORD)
    linked_at = instant(Privacy.RECORD)
    last_used_at = instant(Privacy.RECORD, null=True)
    ended_at = instant(Privacy.RECORD, null=True)
