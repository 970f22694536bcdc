"""Whether somebody fits into a group: every reason against it, and every warning beforehand."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from programmes.catalogue.words import ProgrammeVersion
from programmes.common.clock import LONDON, london_date
from scheduling.calendars.rules import overlaps_any
from scheduling.calendars.words import Taken
from scheduling.cohorts.rules import OpenPlaces, reasons_no_place
from scheduling.cohorts.transfer_rules import reasons_no_transfer
from scheduling.placement.group_words import BusyHours, Fit, Known, OpenGroup, Seeker
from scheduling.placement.not_offered_words import NOT_OFFERED_HERE
from scheduling.sessions.warning_rules import warnings_about_people, warnings_whoever_comes
from scheduling.sessions.words import Circumstances, PlanWarning, Session, WarningKind

ABOUT_THEM = frozenset(
    {
        WarningKind.ENDS_AFTER_LIMIT,
        WarningKind.CURFEW,
        WarningKind.VENUE_FORBIDDEN,
        WarningKind.NO_INTERPRETER,
        WarningKind.ROOM_TOO_SMALL,
    }
)
BUSY_TOO_OFTEN = 4
"""Once in so many sessions is too often to begin with; a smaller clash is only a warning (K)."""


def fits_into(group: OpenGroup, seekers: Iterable[Seeker], known: Known) -> list[Fit]:
    """Of each of them; what is so whoever comes is looked over once."""
    whoever_comes = _whoever_comes(group, known)
    return [
        Fit(group, _reasons(one, group), (*_about_one(one, group, known), *whoever_comes))
        for one in seekers
    ]


def _reasons(seeker: Seeker, group: OpenGroup) -> tuple[str, ...]:
    return (
        *reasons_no_place(group.rules, group.places, seeker.joiner),
        *_not_here(seeker, group),
    )


def transfer_fit_of(
    seeker: Seeker,
    group: OpenGroup,
    known: Known,
    *,
    left: tuple[ProgrammeVersion, OpenPlaces],
    has_marks: bool,
) -> Fit:
    """The same for somebody who has a place elsewhere and takes along what they have done."""
    mine, places = left
    reasons = (
        *reasons_no_transfer(
            (mine, group.rules), (places, group.places), seeker.joiner, has_marks=has_marks
        ),
        *_not_here(seeker, group),
    )
    warnings = (*_about_one(seeker, group, known), *_whoever_comes(group, known))
    return Fit(group, reasons, warnings)


def _not_here(seeker: Seeker, group: OpenGroup) -> Iterator[str]:
    """One sentence for whatever it is: a time at which they cannot come looks like all others."""
    hit = len(_busy_sessions(seeker, group.sessions))
    if group.id in seeker.not_offered or hit * BUSY_TOO_OFTEN > len(group.sessions):
        yield NOT_OFFERED_HERE


def _about_one(seeker: Seeker, group: OpenGroup, known: Known) -> list[PlanWarning]:
    around = Circumstances(rooms=(group.room,), staff=known.staff, people=(seeker.limits,))
    return warnings_about_people(group.sessions, around)


def _whoever_comes(group: OpenGroup, known: Known) -> tuple[PlanWarning, ...]:
    """As of a plan, with one person more in the room."""
    around = Circumstances(rooms=(group.room,), staff=known.staff, expected=group.places.taken + 1)
    return warnings_whoever_comes(group.rules, group.sessions, around)


def about_them(warnings: tuple[PlanWarning, ...]) -> tuple[str, ...]:
    """Those that this person brings; what is true of the group whoever comes is said there."""
    return tuple(one.says for one in warnings if one.kind in ABOUT_THEM)


def _busy_sessions(seeker: Seeker, sessions: tuple[Session, ...]) -> list[Session]:
    return [
        session
        for session in sessions
        if any(_is_busy(hours, session.starts_at, session.ends_at) for hours in seeker.busy)
    ]


def _is_busy(hours: BusyHours, starts_at: datetime, ends_at: datetime) -> bool:
    day = london_date(starts_at)
    if day.weekday() != hours.weekday:
        return False
    taken = Taken(
        datetime.combine(day, hours.begins, LONDON), datetime.combine(day, hours.until, LONDON)
    )
    return overlaps_any(starts_at, ends_at, [taken])
