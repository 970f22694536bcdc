"""The line from referral to outcome: which marks somebody has passed, and where they stand."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from app import present
from app.labels import label
from app.web.components import Step
from programmes.common.clock import london_date
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.referrals.queries import MoveRow, ReferralFacts, ReferralRow, moves_of
from programmes.referrals.words import ON_THE_LIST, ReferralStatus
from scheduling.attendance.queries import READ_ATTENDANCE, MarkRow, marks_of_person
from scheduling.cohorts.queries import READ_COHORTS, PlaceMove, place_moves_of
from scheduling.cohorts.words import EnrolmentStatus

_S = ReferralStatus
_OVER = (_S.NOT_SUITABLE, _S.CLOSED)


class Path(Struct, frozen=True):
    """Of one referral; `title` says which."""

    title: str
    steps: list[Step]


async def path_of(
    actor: Actor,
    referral: ReferralRow | ReferralFacts,
    *,
    moves: Sequence[MoveRow] | None = None,
) -> Path:
    """What this person may not read of it is left out. `moves` where they have been read."""
    person_id = referral.person_id
    steps = steps_of(
        referral,
        await moves_of(actor, referral.id) if moves is None else moves,
        places=await place_moves_of(actor, person_id) if may(actor, READ_COHORTS) else [],
        marks=await marks_of_person(actor, person_id) if may(actor, READ_ATTENDANCE) else [],
    )
    return Path(f"From referral to outcome: {referral.programme_name}", steps)


def steps_of(
    referral: ReferralRow | ReferralFacts,
    moves: Sequence[MoveRow],
    *,
    places: Sequence[PlaceMove],
    marks: Sequence[MarkRow],
) -> list[Step]:
    """`moves` are newest first, as the history of a referral is listed."""
    reached, latest = _reached(moves), moves[0].moved_at if moves else None
    referred = Step("Referred", "done", present.short_date(referral.received_on))
    passed = [referred, *_passed(reached)]
    status = referral.status
    if status is _S.ENROLLED:
        since = [one for one in places if _is_since(one.moved_at, latest)]
        return passed + _in_group(since, [m for m in marks if _is_since(m.held_at, latest)])
    if status in _OVER:
        return [*passed, Step(label(status), "ended", _on(latest))]
    if status in ON_THE_LIST:
        found = Step("Suitable", "done", _on(reached.get(_S.WAITING)))
        return [referred, found, Step(label(status), "now", _on(latest)), *_to_come("Starts")]
    return [referred, Step("Decision", "now"), *_to_come("Place in a group", "Starts")]


def _reached(moves: Sequence[MoveRow]) -> dict[ReferralStatus, datetime]:
    """When each status was first reached, since the referral was last opened."""
    found: dict[ReferralStatus, datetime] = {}
    for move in reversed(moves):
        if move.after is _S.RECEIVED:
            found.clear()
        found.setdefault(move.after, move.moved_at)
    return found


def _passed(reached: dict[ReferralStatus, datetime]) -> list[Step]:
    words = {_S.WAITING: "Suitable", _S.ENROLLED: "Place in a group"}
    return [
        Step(text, "done", _on(reached[status]))
        for status, text in words.items()
        if status in reached
    ]


def _in_group(places: Sequence[PlaceMove], marks: Sequence[MarkRow]) -> list[Step]:
    there = [mark.held_at for mark in marks if mark.is_there]
    started = [Step("Started", "done", _on(min(there)))] if there else []
    last = max(places, key=lambda one: one.moved_at, default=None)
    match last.after if last else EnrolmentStatus.ENROLLED:
        case EnrolmentStatus.COMPLETED | EnrolmentStatus.ENDED as over:
            assert last is not None
            is_done = over is EnrolmentStatus.COMPLETED
            return [*started, Step(label(over), "done" if is_done else "ended", _on(last.moved_at))]
        case EnrolmentStatus.PAUSED as paused:
            return [*started, Step(label(paused), "now"), *_to_come()]
        case _ if started:
            said = f"{len(there)} of {len(marks)} sessions attended"
            return [*started, Step("On the programme", "now", said), *_to_come()]
    return [Step("Starts", "now"), *_to_come()]


def _to_come(*steps: str) -> list[Step]:
    return [Step(text, "to-come") for text in (*steps, "Outcome")]


def _is_since(at: datetime, since: datetime | None) -> bool:
    """By the day: a book says on which day somebody joined, not at what hour."""
    return since is None or london_date(at) >= london_date(since)


def _on(at: datetime | None) -> str:
    return present.short_date(london_date(at)) if at else ""
