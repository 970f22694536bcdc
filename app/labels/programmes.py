"""Programmes in words."""

from app.labels import describe
from app.web.components import Tag
from programmes.catalogue.words import Deadline, ProgrammeStatus, Wish

describe(
    ProgrammeStatus,
    {
        ProgrammeStatus.PLANNED: Tag("Planned", "blue"),
        ProgrammeStatus.OPEN: Tag("Open", "green"),
        ProgrammeStatus.PAUSED: Tag("Paused", "yellow"),
        ProgrammeStatus.CLOSING: Tag("Closing", "orange"),
        ProgrammeStatus.RETIRED: Tag("Retired", "grey"),
    },
)
describe(
    Wish,
    {
        Wish.NOT_ASKED: Tag("Not asked"),
        Wish.SOUGHT: Tag("Sought"),
        Wish.REQUIRED: Tag("Required"),
    },
)
describe(
    Deadline,
    {
        Deadline.NONE: Tag("No date of its own"),
        Deadline.CAUTION: Tag("The caution's date"),
        Deadline.ORDER: Tag("The end of the order or licence, if any"),
    },
)
