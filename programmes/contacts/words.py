"""Contacts about a person: with whom, and how."""

from enum import StrEnum


class ContactWith(StrEnum):
    REFERRER = "referrer"
    PERSON = "person"
    OTHER = "other professional"


class ContactHow(StrEnum):
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
