"""What participants said, in numbers, where enough of them said it."""

from collections import defaultdict

from msgspec import Struct

from outcomes.feedback.words import LEAST_SHOWN, SCALE, STATEMENTS
from programmes.common.db import fetch
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_FEEDBACK = Permission(Resource.MANAGEMENT_REPORT, Verb.READ)


class StatementResult(Struct, frozen=True):
    """How often each answer was given, from strongly disagree to strongly agree."""

    text: str
    counts: tuple[int, ...]

    @property
    def agreed(self) -> int:
        return sum(self.counts[3:])


class ProgrammeFeedback(Struct, frozen=True):
    programme: str
    answered: int
    results: tuple[StatementResult, ...]


async def feedback(actor: Actor) -> list[ProgrammeFeedback]:
    """Programmes with enough answers; others say nothing, not even how few there are."""
    must(actor, READ_FEEDBACK)
    rows = await fetch("SELECT * FROM auth.feedback_counts($1)", LEAST_SHOWN)
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(SCALE))
    answered: dict[str, int] = {}
    for row in rows:
        answered[row["programme"]] = row["answered"]
        counts[row["programme"], row["statement"]][int(row["answer"]) - 1] = row["times"]
    return [
        ProgrammeFeedback(
            name,
            answered[name],
            tuple(StatementResult(one.text, tuple(counts[name, one.code])) for one in STATEMENTS),
        )
        for name in sorted(answered)
    ]
