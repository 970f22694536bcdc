"""One question of the board, and its answer in words with the picture that goes with it."""

from dataclasses import dataclass
from enum import StrEnum

from outcomes.disclosure.rules import LARGEST_HIDDEN


class Chart(StrEnum):
    FUNNEL = "funnel"
    COMPLETION = "completion"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class Answer:
    """`table` is the code of the table that it was read from, where there is one."""

    question: str
    said: tuple[str, ...]
    table: str = ""
    chart: Chart | None = None


def too_few(unit: str) -> str:
    """What [c] says in plain words, and no more than that."""
    return f"{LARGEST_HIDDEN} or fewer {unit}, perhaps none: too few to show."
