"""Published board reports: where one stands, and what is told of it without opening it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from outcomes.disclosure.periods import Period, period
from outcomes.disclosure.release import Release as ReleasedFigures
from outcomes.disclosure.words import Profile

Answers = Mapping[str, str]
People = Mapping[str, Answers]
Counted = Mapping[str, People]
"""By population: each record that counts in it, with its answer to each variable."""


class ReleaseStatus(StrEnum):
    """A release is frozen when it is computed; two people then stand between it and the board."""

    COMPUTED = "computed"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REPLACED = "replaced"


class ReleaseFacts(Struct, frozen=True, kw_only=True):
    """One frozen release, unopened. `until_on` is the first day after its period."""

    id: UUID
    title: str
    profile: Profile
    code: str
    revision: int
    from_on: date
    until_on: date
    sha256: str
    computed_at: datetime
    prepared_by: UUID | None
    published_at: datetime | None
    is_newest: bool

    @property
    def period(self) -> Period:
        return period(self.code)

    @property
    def status(self) -> ReleaseStatus:
        if self.published_at is not None:
            return ReleaseStatus.PUBLISHED
        if not self.is_newest:
            return ReleaseStatus.REPLACED
        return ReleaseStatus.PROPOSED if self.prepared_by else ReleaseStatus.COMPUTED


class FrozenRelease(Struct, frozen=True):
    """A release with its tables, which were found to match its hash."""

    facts: ReleaseFacts
    figures: ReleasedFigures
