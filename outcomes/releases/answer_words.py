"""One question of the board, and its answer in words with the picture that goes with it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from outcomes.disclosure.release import Release
from outcomes.disclosure.rules import LARGEST_HIDDEN


class Chart(StrEnum):
    FUNNEL = "funnel"
    COMPLETION = "completion"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class Answer:
    """`table` is the code of the table that it was read from, where there is one.

    What `is_quoted` was read from the latest published year, which the answer names.
    """

    question: str
    said: tuple[str, ...]
    table: str = ""
    chart: Chart | None = None
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What is published for the same readers, beside which a release is read.

    `before` is of the same period a year earlier. `year` is the latest year that was over when
    a quarter was: a quarter's tables are fewer, and what they lack is quoted from it.
    """

    before: Release | None = None
    year: Release | None = None
    year_id: UUID | None = None


ALONE = Beside()


def quoted(answer: Answer, year: Release, why: str) -> Answer:
    """The year's own answer with its period before it, and why the quarter has none."""
    first, *rest = answer.said
    named = f"{year.period.label}, the latest year that is published. {first}"
    return Answer(answer.question, (named, *rest, why), is_quoted=True)


def too_few(unit: str) -> str:
    """What [c] says in plain words, and no more than that."""
    return f"{LARGEST_HIDDEN} or fewer {unit}, perhaps none: too few to show."
