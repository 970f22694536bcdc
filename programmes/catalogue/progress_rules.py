"""How far somebody has come, and whether they can still finish, by their version's own rule."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from programmes.catalogue.progress_words import ComingSession, MarkedSession, Progress
from programmes.catalogue.rules import mark_rule, sessions_in, sessions_needed
from programmes.catalogue.words import AllInOrder, Presence, ProgrammeVersion
from programmes.common.clock import london_date


def is_complete(version: ProgrammeVersion, marks: Sequence[MarkedSession]) -> bool:
    """Whether the marks meet the completion rule of this version."""
    return progress(version, marks, coming=()).is_complete


def progress(
    version: ProgrammeVersion,
    marks: Sequence[MarkedSession],
    *,
    coming: Sequence[ComingSession],
    elsewhere: Sequence[ComingSession] = (),
    finish_by: date | None = None,
) -> Progress:
    """Where somebody stands under the version that they enrolled on.

    `marks` are the current ones in every cohort, so that a transfer keeps its history; `coming`
    are the sessions they are booked for, `elsewhere` those that they could still be booked for.
    Sessions after `finish_by` (the day on which the order or caution ends) come too late.
    A session is counted once, however often it was attended: never above the whole.
    """
    coming = _in_time(coming, finish_by)
    elsewhere = _in_time(elsewhere, finish_by)
    if isinstance(version.completion, AllInOrder):
        return _progress_in_order(version, marks, coming=coming, elsewhere=elsewhere)
    return _progress_by_count(version, marks, coming=coming, elsewhere=elsewhere)


def _in_time(sessions: Iterable[ComingSession], by: date | None) -> tuple[ComingSession, ...]:
    return tuple(s for s in sessions if by is None or london_date(s.starts_at) <= by)


def _numbers(
    version: ProgrammeVersion, marks: Iterable[MarkedSession], presence: Presence
) -> set[int]:
    """Sessions of the version with such a mark."""
    found = {m.number for m in marks if mark_rule(version, m.mark).presence is presence}
    return found & set(range(1, sessions_in(version) + 1))


def _progress_by_count(
    version: ProgrammeVersion,
    marks: Sequence[MarkedSession],
    *,
    coming: Sequence[ComingSession],
    elsewhere: Sequence[ComingSession],
) -> Progress:
    total, needed = sessions_in(version), sessions_needed(version)
    there = _numbers(version, marks, Presence.THERE)
    left = {s.number for s in coming} - there
    owed = set(range(1, total + 1)) - there - left
    missed = _numbers(version, marks, Presence.NOT_THERE)
    by_service = (_numbers(version, marks, Presence.NOT_COUNTED) - missed) & owed
    possible = there | left | by_service | {s.number for s in elsewhere}
    return Progress(
        attended=len(there),
        needed=needed,
        of=total,
        owed=tuple(sorted(owed)),
        owed_by_service=tuple(sorted(by_service)),
        left=len(left),
        is_complete=len(there) >= needed,
        can_still_finish=len(possible) >= needed,
    )


class _Run(NamedTuple):
    """How far one cohort takes somebody: attended in order, the rest booked or owed to them."""

    attended: int
    left: int
    by_service: bool

    def finishes(self, total: int) -> bool:
        return self.by_service or self.attended + self.left == total


_NOTHING = _Run(0, 0, False)


def _progress_in_order(
    version: ProgrammeVersion,
    marks: Sequence[MarkedSession],
    *,
    coming: Sequence[ComingSession],
    elsewhere: Sequence[ComingSession],
) -> Progress:
    """Workshops of one cohort, in order: miss one, repeat both; late is refused.

    Source: Hampshire's wording for the paired workshops. Two workshops of different pairs
    are not a pair, and one alone is worth nothing.
    """
    total = sessions_in(version)
    best = max(_runs(version, marks, coming), key=_rank, default=_NOTHING)
    possible = _runs(version, marks, (*coming, *elsewhere))
    owed = tuple(range(best.attended + best.left + 1, total + 1))
    return Progress(
        attended=best.attended,
        needed=total,
        of=total,
        owed=owed,
        owed_by_service=owed if best.by_service else (),
        left=best.left,
        is_complete=best.attended == total,
        can_still_finish=any(run.finishes(total) for run in possible),
    )


def _rank(run: _Run) -> tuple[int, int]:
    return run.attended, run.left


def _runs(
    version: ProgrammeVersion, marks: Sequence[MarkedSession], coming: Sequence[ComingSession]
) -> list[_Run]:
    cohorts = {m.cohort for m in marks} | {s.cohort for s in coming}
    return [
        _run(
            version,
            sorted((m for m in marks if m.cohort == cohort), key=lambda m: m.held_at),
            sorted((s for s in coming if s.cohort == cohort), key=lambda s: s.starts_at),
        )
        for cohort in cohorts
    ]


def _run(
    version: ProgrammeVersion, marks: Sequence[MarkedSession], coming: Sequence[ComingSession]
) -> _Run:
    """One cohort's marks and coming sessions, both in order of time."""
    total = sessions_in(version)
    attended, by_service = _in_order(version, marks)
    numbers = [s.number for s in coming]
    if _holds_in_order(numbers, range(attended + 1, total + 1)):
        return _Run(attended, total - attended, False)
    if _holds_in_order(numbers, range(1, total + 1)):
        return _Run(0, total, False)
    return _Run(attended, 0, True) if by_service else _NOTHING


def _in_order(version: ProgrammeVersion, marks: Iterable[MarkedSession]) -> tuple[int, bool]:
    """How many were attended in order, and whether the service cancelled the next one.

    A missed workshop sets the count back to nothing: all of them are to be repeated.
    """
    attended, by_service = 0, False
    for mark in marks:
        if attended == sessions_in(version):
            break
        presence = mark_rule(version, mark.mark).presence
        if presence is Presence.NOT_COUNTED:
            by_service = True
        elif presence is Presence.NOT_THERE:
            attended, by_service = 0, False
        elif mark.number == attended + 1:
            attended, by_service = mark.number, False
        elif mark.number == 1:
            attended, by_service = 1, False
    return attended, by_service


def _holds_in_order(numbers: Iterable[int], wanted: Iterable[int]) -> bool:
    remaining = iter(numbers)
    return all(number in remaining for number in wanted)
