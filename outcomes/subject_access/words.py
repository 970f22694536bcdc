"""A person's request for what is held about them, and how far it has come."""

from enum import StrEnum


class AccessStatus(StrEnum):
    """`waiting`: everything waits the same time, whatever was found in it."""

    READING = "reading"
    WAITING = "waiting"
    READY = "ready"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
