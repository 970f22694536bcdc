"""Releases in words."""

from app.labels import describe
from app.web.components import Tag
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
