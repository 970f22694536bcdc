"""Releases in words."""

from app.components import Tag
from app.labels import describe
from outcomes.releases.words import ReleaseStatus

describe(
    ReleaseStatus,
    {
        ReleaseStatus.COMPUTED: Tag("To propose", "yellow"),
        ReleaseStatus.PROPOSED: Tag("To publish", "yellow"),
        ReleaseStatus.PUBLISHED: Tag("Published", "green"),
        ReleaseStatus.REPLACED: Tag("Replaced", "grey"),
    },
)
