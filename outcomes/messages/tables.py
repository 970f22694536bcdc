"""The outbox, the ways to reach a participant, and how staff want to be told."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from outcomes.messages.words import Channel, MessageKind, MessageState, Telling
from programmes.common.columns import (
    Privacy,
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
from programmes.common.tables import Account
from programmes.people.tables import Person
from programmes.referrals.tables import OutcomeTold


class ContactPoint(Table, db=WORK, tablename="contact_point"):
    """A participant's e-mail address or telephone, with his consent and the hours that suit."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    channel = text(Privacy.RECORD)
    address = text(Privacy.HIS)
    safe_from = text(Privacy.HIS)
    safe_until = text(Privacy.HIS)
    consented_at = instant(Privacy.RECORD)
    consented_to = loose_id(Privacy.RECORD)
    withdrawn_at = instant(Privacy.RECORD, null=True)
    known_channel = one_of("channel", Channel)
    hours_in_order = rule("safe_from < safe_until")


class Message(Table, db=WORK, tablename="message"):
    """One message to one member of staff, participant or referrer. No address and no words."""

    id = key()
    kind = text(Privacy.RECORD)
    channel = text(Privacy.RECORD)
    account_id: ForeignKey[Account] = refers_to(Account, null=True)
    contact_point_id: ForeignKey[ContactPoint] = refers_to(ContactPoint, null=True)
    outcome_told_id: ForeignKey[OutcomeTold] = refers_to(OutcomeTold, null=True)
    person_id: ForeignKey[Person] = refers_to(Person, null=True)
    about_id = loose_id(Privacy.KEY, null=True)
    items = number(Privacy.RECORD, default=1)
    cause = text(Privacy.KEY, unique=True)
    created_at = instant(Privacy.RECORD)
    expires_at = instant(Privacy.RECORD, null=True)
    next_try_at = instant(Privacy.RECORD, index=True)
    state = text(Privacy.RECORD)
    attempts = number(Privacy.RECORD, default=0)
    lease_until = instant(Privacy.RECORD, null=True)
    lease_by = loose_id(Privacy.KEY, null=True)
    provider_reference = text(Privacy.RECORD, null=True)
    trouble = text(Privacy.RECORD, null=True)
    sent_at = instant(Privacy.RECORD, null=True)
    settled_at = instant(Privacy.RECORD, null=True)
    settled_by = loose_id(Privacy.RECORD, null=True)
    version = version()
    known_kind = one_of("kind", MessageKind)
    known_channel = one_of("channel", Channel)
    known_state = one_of("state", MessageState)
    to_one = rule("num_nonnulls(account_id, contact_point_id, outcome_told_id) = 1")
    sending_has_lease = rule(
        "state <> 'sending' OR (lease_until IS NOT NULL AND lease_by IS NOT NULL)"
    )


class TellingChoice(Table, db=WORK, tablename="telling_choice"):
    """How one member of staff wants to hear of new tasks."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    choice = text(Privacy.RECORD)
    chosen_at = instant(Privacy.RECORD)
    known_choice = one_of("choice", Telling)
    telling_choice_once = Unique([account_id])
