"""Who may be given a place in a cohort."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from programmes.catalogue.rules import reasons_cannot_join
from programmes.catalogue.words import ProgrammeVersion
from scheduling.cohorts.words import CohortStatus


class Joiner(Struct, frozen=True, kw_only=True):
    """What is known of somebody who may join. `language` is the interpreter's, if one is needed."""

    sex: str
    language: str | None
    deadline_on: date | None = None


class OpenPlaces(Struct, frozen=True, kw_only=True):
    """What is known of a cohort that he may join."""

    status: CohortStatus
    capacity: int
    taken: int
    sessions_held: int
    last_on: date
    sex: str | None
    interpreter_language: str | None


def reasons_takes_nobody(version: ProgrammeVersion, places: OpenPlaces) -> tuple[str, ...]:
    """Every reason why this cohort takes nobody who waits, whoever it is."""
    return (*_closed(places), *reasons_cannot_join(version, places.sessions_held))


def reasons_no_place(
    version: ProgrammeVersion, places: OpenPlaces, joiner: Joiner
) -> tuple[str, ...]:
    """Every reason why this cohort cannot take this person."""
    return (
        *reasons_takes_nobody(version, places),
        *_does_not_fit(version, places, joiner),
    )


def _closed(places: OpenPlaces) -> Iterator[str]:
    if places.status not in (CohortStatus.PLANNED, CohortStatus.RUNNING):
        yield f"This group is {places.status}."
    if places.taken >= places.capacity:
        yield f"This group is full: {places.taken} of {places.capacity} places are taken."


def _does_not_fit(version: ProgrammeVersion, places: OpenPlaces, joiner: Joiner) -> Iterator[str]:
    if version.single_sex and places.sex and places.sex != joiner.sex:
        yield f"This is a group for {places.sex} participants."
    if joiner.language and joiner.language != places.interpreter_language:
        yield f"An interpreter for {joiner.language} is needed, and this group has none."
