"""Recording a contact about a person."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.audit import begin
from programmes.common.db import insert
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.contacts.tables import ContactEntry
from programmes.contacts.words import ContactHow, ContactWith
from programmes.people.queries import person

RECORD_CONTACT = Permission(Resource.CONTACT, Verb.CREATE)


class NewContact(msgspec.Struct, frozen=True, kw_only=True):
    happened_at: datetime
    with_whom: ContactWith
    how: ContactHow
    was_reached: bool
    what: str


async def record_contact(person_id: UUID, new: NewContact, *, actor: Actor, now: datetime) -> UUID:
    """Appended; a mistake is put right by a further entry that says so.

    Raises Invalid with every reason beside its field.
    """
    await begin(actor, RECORD_CONTACT, "record-contact")
    await person(actor, person_id)
    problems = {}
    if new.happened_at > now:
        problems["happened_at"] = "That has not come yet. Record it when it has happened."
    if not new.what.strip():
        problems["what"] = "Enter what was said."
    if problems:
        raise Invalid(problems)
    entry_id = new_id(now)
    await insert(
        ContactEntry,
        id=entry_id,
        person_id=person_id,
        happened_at=new.happened_at,
        with_whom=new.with_whom,
        how=new.how,
        was_reached=new.was_reached,
        what=new.what.strip(),
        entered_at=now,
        entered_by=actor.account_id,
    )
    return entry_id
