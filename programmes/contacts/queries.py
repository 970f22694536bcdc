"""The log of contacts about a person, and how many of the required ones were made."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.contacts.words import ContactHow, ContactWith

READ_CONTACTS = Permission(Resource.CONTACT, Verb.READ)


class ContactRow(msgspec.Struct, frozen=True):
    id: UUID
    happened_at: datetime
    with_whom: ContactWith
    how: ContactHow
    was_reached: bool
    what: str
    entered_at: datetime
    entered_by: str


async def contacts_of(actor: Actor, person_id: UUID) -> list[ContactRow]:
    """Newest first."""
    must(actor, READ_CONTACTS)
    return await fetch_as(
        ContactRow,
        "SELECT c.id, c.happened_at, c.with_whom, c.how, c.was_reached, c.what, c.entered_at, "
        "a.name AS entered_by FROM contact_entry c JOIN auth.account a ON a.id = c.entered_by "
        "WHERE c.person_id = $1 ORDER BY c.happened_at DESC, c.id DESC",
        person_id,
    )
