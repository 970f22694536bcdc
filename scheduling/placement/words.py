"""Who waits, which cohorts are open, and what a proposal of who goes where says."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

Name = Annotated[str, Meta(min_length=1, max_length=200, description="a name of 1 to 200 letters")]
Language = Annotated[
    Annotated[str, Meta(min_length=1, max_length=200)] | None,
    Meta(description="a language, or null"),
]
Size = Annotated[int, Meta(ge=0, le=1_000_000, description="a whole number from 0 to 1,000,000")]
Cost = Annotated[int, Meta(ge=0, le=10**9, description="a whole number from 0 to 1,000,000,000")]
Value = Annotated[
    int,
    Meta(ge=-(10**9), le=10**9, description="a whole number up to 1,000,000,000 either way"),
]
Pair = Annotated[tuple[Name, Name], Meta(description="a pair of people's ids")]


class Risk(StrEnum):
    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very high"


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for every cohort. Costs are in the same points as the values of places."""

    smallest_cohort: Size
    most_very_high_risk: Size
    cost_of_running_a_cohort: Cost
    cost_of_an_interpreter: Cost


class OpenCohort(Struct, frozen=True, forbid_unknown_fields=True):
    """`language` is the one that the whole cohort is held in, None for English."""

    id: Name
    capacity: Size
    language: Language


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """A cohort that somebody is eligible for, and the value of a place there."""

    cohort: Name
    value: Value


class Waiting(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who waits for a place."""

    id: Name
    risk: Risk
    needs_interpreter: Language
    options: tuple[Option, ...]


class Instance(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that decides who goes where. `apart` are pairs who must not share a cohort."""

    rules: Limits
    cohorts: tuple[OpenCohort, ...]
    people: tuple[Waiting, ...]
    apart: tuple[Pair, ...]


Placements = dict[str, str]
"""The cohort of each person who gets a place."""


class Answer(Struct, frozen=True, kw_only=True):
    """A proposal. No arrangement is worth more than `bound`; `seconds` is the solver's own time.

    `note` says why the search ended before its time, where it did.
    """

    placements: Placements
    objective: int
    bound: int
    proven: bool
    seconds: float
    not_placed: dict[str, tuple[str, ...]]
    note: str = ""


class WhyNot(StrEnum):
    """Why somebody has no place in a cohort.

    `NOT_OFFERED` is what a page shows both of a cohort that is no option and of `APART`.
    """

    TOO_FEW_PLACES = "too-few-places"
    FULL = "full"
    FULL_OF_MORE_VALUE = "full-of-more-value"
    SECOND_INTERPRETER = "second-interpreter"
    HIGHEST_RISK = "highest-risk"
    APART = "apart"
    BELOW_SMALLEST = "below-smallest"
    NOT_WORTH_RUNNING = "not-worth-running"
    COSTS_MORE = "costs-more"
    ROOM_LEFT = "room-left"
    NOT_OFFERED = "not-offered"


NO_OPTION = "No open group is suitable."

IN_WORDS: dict[WhyNot, str] = {
    WhyNot.TOO_FEW_PLACES: "Has fewer places than the smallest size",
    WhyNot.FULL: "Full",
    WhyNot.FULL_OF_MORE_VALUE: "Full, and others are of more value there",
    WhyNot.SECOND_INTERPRETER: "Would need a second interpreter",
    WhyNot.HIGHEST_RISK: "Has as many people of very high risk as it may",
    WhyNot.APART: "Must not share with somebody there",
    WhyNot.BELOW_SMALLEST: "Would be below its smallest size",
    WhyNot.NOT_WORTH_RUNNING: "Others are of more value elsewhere than this would be if it ran",
    WhyNot.COSTS_MORE: "Would cost more than the place is worth",
    WhyNot.ROOM_LEFT: "Has room: search for longer or place by hand",
    WhyNot.NOT_OFFERED: "Not offered here",
}
