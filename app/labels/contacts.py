"""Contacts in words."""

from app.labels import describe
from app.web.components import Tag
from programmes.contacts.words import ContactHow, ContactWith

describe(
    ContactWith,
    {
        ContactWith.REFERRER: Tag("The referrer"),
        ContactWith.PERSON: Tag("The person"),
        ContactWith.OTHER: Tag("Another professional"),
    },
)
describe(
    ContactHow,
    {
        ContactHow.CALL: Tag("Call"),
        ContactHow.MEETING: Tag("Meeting"),
        ContactHow.MESSAGE: Tag("Message or letter"),
    },
)
