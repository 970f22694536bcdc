"""Requests for access in words."""

from app.labels import describe
from app.web.components import Tag
from outcomes.subject_access.words import AccessStatus

describe(
    AccessStatus,
    {
        AccessStatus.READING: Tag("To read", "yellow"),
        AccessStatus.WAITING: Tag("Waits for its second reader", "blue"),
        AccessStatus.READY: Tag("Ready to release", "orange"),
        AccessStatus.RELEASED: Tag("Released", "green"),
        AccessStatus.WITHDRAWN: Tag("Withdrawn"),
    },
)
