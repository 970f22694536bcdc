"""Which coming sessions, in whatever cohort, would make up what somebody owes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from programmes.catalogue.rules import allows_catch_up
from programmes.catalogue.words import ProgrammeVersion, SessionKind
from programmes.common.clock import london_date
from scheduling.calendars.rules import overlaps_any
from scheduling.sessions.catch_up_words import CatchUp, OpenSession, Owing


def catch_ups(
    version: ProgrammeVersion,
    owed: Iterable[Owing],
    *,
    coming: Sequence[OpenSession],
    now: datetime,
) -> tuple[CatchUp, ...]:
    """For each owed session those of the same module that have room, best first.

    The very session that was missed comes before another of its module, then the sooner one.
    A pair is never made up singly. An individual session is booked for the person alone, so
    none of another cohort covers it.
    """
    by_module: dict[tuple[str, int], list[OpenSession]] = defaultdict(list)
    for session in coming:
        by_module[session.programme, session.module].append(session)
    return tuple(
        CatchUp(one, _choices(version, one, by_module[one.programme, one.module], now=now))
        for one in owed
    )


def _choices(
    version: ProgrammeVersion, owing: Owing, coming: Sequence[OpenSession], *, now: datetime
) -> tuple[OpenSession, ...]:
    if not allows_catch_up(version) or owing.number in version.individual:
        return ()
    fitting = (s for s in coming if s.starts_at > now and covers(owing, s))
    return tuple(sorted(fitting, key=lambda s: (s.number != owing.number, s.starts_at)))


def covers(owing: Owing, session: OpenSession) -> bool:
    """Whether this session would make up what is owed, and the person can be at it.

    Their own cohort's numbered sessions are theirs already; only its extras cover anything.
    """
    own = session.cohort_id == owing.cohort_id and session.kind is not SessionKind.EXTRA
    return (
        (session.programme, session.module) == (owing.programme, owing.module)
        and session.kind is not SessionKind.INDIVIDUAL
        and session.places_left > 0
        and not own
        and session.cohort_id not in owing.not_in_cohorts
        and session.sex in (None, owing.sex)
        and _can_follow(owing, session)
        and (owing.finish_by is None or london_date(session.starts_at) <= owing.finish_by)
        and not overlaps_any(session.starts_at, session.ends_at, owing.taken)
    )


def _can_follow(owing: Owing, session: OpenSession) -> bool:
    """`language` is what somebody needs beside English; a group held in another needs it too."""
    if session.language is not None:
        return owing.language == session.language
    return owing.language is None or owing.language in session.interpreted
