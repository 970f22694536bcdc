"""What the answers come to, over everybody: who is missing, what changed, who is safer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.questionnaires import SAFETY, THEMES
from outcomes.survivors.rules import due_on
from outcomes.survivors.words import ORDER_OF_TIMEPOINTS, Course, Timepoint

AFTERWARDS = (Timepoint.TWELVE_MONTHS, Timepoint.SIX_MONTHS, Timepoint.END)


class Safety(StrEnum):
    """By her own answer about safety, at the start and at the latest point after the end."""

    NOT_KNOWN = "not known"
    SAFER = "safer"
    NOT_SAFER = "not safer"


class HisOutcome(StrEnum):
    COMPLETED = "completed"
    LEFT = "left before the end"
    OVER = "group over, not decided"
    RUNNING = "still running"


class Answered(Struct, frozen=True, kw_only=True):
    """One link: his way through the programme, and her answers by point in time."""

    link_id: UUID
    linked_on: date
    course: Course | None
    outcome: HisOutcome | None
    answers: Mapping[Timepoint, Mapping[str, int]]


class Coverage(Struct, frozen=True):
    timepoint: Timepoint
    due: int
    answered: int

    @property
    def missing(self) -> int:
        return self.due - self.answered


class PairedChange(Struct, frozen=True):
    """Only those who answered both times; the others are not guessed."""

    name: str
    pairs: int
    start: float
    after: float
    better: int
    same: int
    worse: int


class SafetyRow(Struct, frozen=True):
    outcome: HisOutcome
    not_known: int
    safer: int
    not_safer: int


def coverage(links: Sequence[Answered], *, today: date) -> list[Coverage]:
    """Of the check-ins that have come due, how many were answered at their own point in time."""
    rows = []
    for timepoint in ORDER_OF_TIMEPOINTS:
        due = [
            link
            for link in links
            if timepoint in link.answers
            or (
                (day := due_on(timepoint, link.linked_on, link.course)) is not None and day <= today
            )
        ]
        answered = sum(1 for link in due if timepoint in link.answers)
        rows.append(Coverage(timepoint, len(due), answered))
    return rows


def paired_changes(links: Sequence[Answered]) -> list[PairedChange]:
    """By theme, from the start to the latest point after the end, for those who answered both."""
    changes = []
    for theme, name in THEMES.items():
        pairs = [pair for link in links if (pair := _pair(link, theme)) is not None]
        moved = Counter((after > before) - (after < before) for before, after in pairs)
        count = len(pairs)
        changes.append(
            PairedChange(
                name,
                count,
                sum(before for before, _ in pairs) / count if count else 0.0,
                sum(after for _, after in pairs) / count if count else 0.0,
                moved[1],
                moved[0],
                moved[-1],
            )
        )
    return changes


def safety_of(link: Answered) -> Safety:
    """No answer is no answer: it is never counted as safer, nor as unchanged."""
    pair = _pair(link, SAFETY)
    if pair is None:
        return Safety.NOT_KNOWN
    return Safety.SAFER if pair[1] > pair[0] else Safety.NOT_SAFER


def safety_rows(links: Sequence[Answered]) -> list[SafetyRow]:
    rows = []
    for outcome in (HisOutcome.COMPLETED, HisOutcome.LEFT, HisOutcome.OVER):
        found = Counter(safety_of(link) for link in links if link.outcome is outcome)
        rows.append(
            SafetyRow(
                outcome, found[Safety.NOT_KNOWN], found[Safety.SAFER], found[Safety.NOT_SAFER]
            )
        )
    return rows


def his_outcome(status: str | None, course: Course | None, *, today: date) -> HisOutcome | None:
    """None where he never had a place."""
    if status is None or course is None:
        return None
    if status == "completed":
        return HisOutcome.COMPLETED
    if status in ("ended", "transferred"):
        return HisOutcome.LEFT
    return HisOutcome.OVER if course.last_on < today else HisOutcome.RUNNING


def _pair(link: Answered, question: str) -> tuple[int, int] | None:
    before = link.answers.get(Timepoint.START, {}).get(question)
    after = next(
        (
            link.answers[timepoint][question]
            for timepoint in AFTERWARDS
            if question in link.answers.get(timepoint, {})
        ),
        None,
    )
    return None if before is None or after is None else (before, after)
