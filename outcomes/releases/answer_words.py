"""One question of the board, and its answer in words with the picture that goes with it."""

from dataclasses import dataclass
from enum import StrEnum

from outcomes.disclosure.periods import Span
from outcomes.disclosure.release import Release
from outcomes.disclosure.rules import LARGEST_HIDDEN
from outcomes.releases.words import FrozenRelease, ReleaseFacts


class Chart(StrEnum):
    FUNNEL = "funnel"
    COMPLETION = "completion"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class Answer:
    """`table` is the code of the table that it was read from, where there is one.

    `quoted` is the other release that it was read from, which the answer names.
    """

    question: str
    said: tuple[str, ...]
    table: str = ""
    chart: Chart | None = None
    quoted: ReleaseFacts | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is published for the same readers, beside which a release is read.

    `before` is of the same period a year earlier. `year` is the latest year that was over when
    a quarter was: a quarter's tables are fewer, and what they lack is quoted from it. `block` is
    the latest three years together, for what is too small even in a year.
    """

    before: Release | None = None
    year: FrozenRelease | None = None
    block: FrozenRelease | None = None


ALONE = Beside()


def quoted(answer: Answer, source: FrozenRelease, why: str) -> Answer:
    """The other release's own answer with its period before it, and why this one has none."""
    first, *rest = answer.said
    named = f"{named_as_latest(source)}. {first}"
    return Answer(answer.question, (named, *rest, why), quoted=source.facts)


def named_as_latest(source: FrozenRelease) -> str:
    """`2025, the latest year that is published`."""
    period = source.figures.period
    what = "year that is" if period.span is Span.YEAR else "three years that are"
    return f"{period.label}, the latest {what} published"


def too_few(unit: str) -> str:
    """What [c] says in plain words, and no more than that."""
    return f"{at_most(unit)}: too few to show."


def at_most(unit: str) -> str:
    return f"{LARGEST_HIDDEN} or fewer {unit}, perhaps none"
