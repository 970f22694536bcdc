"""Where somebody stands in their programme today."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from programmes.catalogue.progress_words import Progress
from scheduling.cohorts.words import LIVE_PLACES, EnrolmentStatus


class Standing(Struct, frozen=True, kw_only=True):
    """One place: how far they have come, what they could still do, and by when.

    `catch_ups` counts, of the sessions owed, those that some coming session could make up.
    `finish_by` is the last day of the order or caution that the programme has to be done by.
    `is_over` says that the group's last session is held and its register signed off.
    """

    enrolment_id: UUID
    person_id: UUID
    person_name: str
    cohort_id: UUID
    programme_version_id: UUID
    status: EnrolmentStatus
    progress: Progress
    catch_ups: int
    finish_by: date | None
    is_over: bool

    @property
    def is_live(self) -> bool:
        return self.status in LIVE_PLACES

    @property
    def is_lost(self) -> bool:
        """A live place in which the rule can no longer be met."""
        return self.is_live and not self.progress.is_complete and not self.progress.can_still_finish


class Found(Struct, frozen=True, kw_only=True):
    """A place as the database gives it, with its marks and coming sessions."""

    enrolment_id: UUID
    person_id: UUID
    person_name: str
    cohort_id: UUID
    programme: str
    programme_version_id: UUID
    status: EnrolmentStatus
    sex: str
    language: str | None
    caution_ends_on: date | None
    order_ends_on: date | None
    is_over: bool
    marks: Sequence[tuple[UUID, int, str, str]]
    coming: Sequence[tuple[UUID, int, str]]
