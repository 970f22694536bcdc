"""What a manager should know of a series before it is written: about rooms, staff and people."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from programmes.catalogue.words import ProgrammeVersion, SessionKind, Wish
from programmes.common.clock import LONDON, london_date
from scheduling.calendars.rules import overlaps_any, written_day
from scheduling.calendars.words import Taken
from scheduling.sessions.words import (
    Circumstances,
    Curfew,
    PersonLimits,
    PlanWarning,
    RoomFacts,
    Session,
    StaffFacts,
    WarningKind,
)

_DAY = timedelta(days=1)


def warnings_of(
    version: ProgrammeVersion, sessions: Sequence[Session], known: Circumstances
) -> tuple[PlanWarning, ...]:
    """Every warning about these sessions; none of them refuses anything."""
    return (
        *warnings_about_people(sessions, known),
        *warnings_whoever_comes(version, sessions, known),
    )


def warnings_whoever_comes(
    version: ProgrammeVersion, sessions: Sequence[Session], known: Circumstances
) -> tuple[PlanWarning, ...]:
    """Those about rooms and staff."""
    return (*_about_rooms(sessions, known), *_about_staff(version, sessions, known))


def _warn(kind: WarningKind, says: str, sessions: Iterable[Session]) -> tuple[PlanWarning, ...]:
    numbers = tuple(session.number for session in sessions)
    return (PlanWarning(kind, says, numbers),) if numbers else ()


def warnings_about_people(sessions: Sequence[Session], known: Circumstances) -> list[PlanWarning]:
    found: list[PlanWarning] = []
    for person in known.people:
        found += _ends_after_limit(person, sessions)
        found += _breaks_curfew(person, sessions)
        found += _forbidden_venue(person, sessions, known.rooms)
        found += _no_interpreter(person, sessions, known)
    return found


def _ends_after_limit(person: PersonLimits, sessions: Sequence[Session]) -> tuple[PlanWarning, ...]:
    ends_on = person.ends_on
    if ends_on is None:
        return ()
    says = f"{person.shown_as}: the series ends after their {person.ends_with} does, on "
    late = [s for s in sessions if london_date(s.starts_at) > ends_on]
    return _warn(WarningKind.ENDS_AFTER_LIMIT, f"{says}{written_day(ends_on)}.", late)


def _breaks_curfew(person: PersonLimits, sessions: Sequence[Session]) -> tuple[PlanWarning, ...]:
    breaking = [
        session
        for session in sessions
        if any(
            overlaps_any(session.starts_at, session.ends_at, _curfew_around(session, curfew))
            for curfew in person.curfews
        )
    ]
    says = f"{person.shown_as}: a session falls within a curfew."
    return _warn(WarningKind.CURFEW, says, breaking)


def _curfew_around(session: Session, curfew: Curfew) -> list[Taken]:
    """The curfew of that day and of the night before, which may last into the day."""
    day = london_date(session.starts_at)
    return [
        _curfew_from(one, curfew)
        for one in (day - _DAY, day)
        if not curfew.weekdays or one.weekday() in curfew.weekdays
    ]


def _curfew_from(day: date, curfew: Curfew) -> Taken:
    ends = day if curfew.until > curfew.begins else day + _DAY
    return Taken(
        datetime.combine(day, curfew.begins, LONDON), datetime.combine(ends, curfew.until, LONDON)
    )


def _forbidden_venue(
    person: PersonLimits, sessions: Sequence[Session], rooms: Sequence[RoomFacts]
) -> tuple[PlanWarning, ...]:
    forbidden = {r.id for r in rooms if r.venue_id in person.forbidden_venue_ids}
    says = f"{person.shown_as}: they may not go to this venue."
    there = [s for s in sessions if s.room_id in forbidden]
    return _warn(WarningKind.VENUE_FORBIDDEN, says, there)


def _no_interpreter(
    person: PersonLimits, sessions: Sequence[Session], known: Circumstances
) -> tuple[PlanWarning, ...]:
    language = person.needs_language
    if language is None or language == known.held_in:
        return ()
    speakers = {member.id for member in known.staff if language in member.languages}
    without = [s for s in sessions if not speakers.intersection(s.interpreter_ids)]
    says = f"{person.shown_as}: no interpreter for {language} is booked."
    return _warn(WarningKind.NO_INTERPRETER, says, without)


def _about_rooms(sessions: Sequence[Session], known: Circumstances) -> list[PlanWarning]:
    found: list[PlanWarning] = []
    for room in known.rooms:
        used = _groups(s for s in sessions if s.room_id == room.id)
        needed = max((known.expected + len(_present(s)) for s in used), default=0)
        if needed > room.seats:
            says = f"{room.shown_as} seats {room.seats}; {needed} people are expected."
            found += _warn(WarningKind.ROOM_TOO_SMALL, says, used)
    return found


def _present(session: Session) -> tuple[object, ...]:
    return (*session.facilitator_ids, *session.interpreter_ids)


def _groups(sessions: Iterable[Session]) -> list[Session]:
    """An individual session stands at its slot only until its times are booked."""
    return [session for session in sessions if session.kind is not SessionKind.INDIVIDUAL]


def _about_staff(
    version: ProgrammeVersion, sessions: Sequence[Session], known: Circumstances
) -> list[PlanWarning]:
    if not known.staff:
        return []
    return [
        *_not_accredited(version, sessions, known.staff),
        *_away(sessions, known.staff),
        *_too_few(version, sessions),
        *_not_mixed(version, sessions, known.staff),
    ]


def _about_each(
    kind: WarningKind,
    says: str,
    *,
    sessions: Sequence[Session],
    staff: Sequence[StaffFacts],
    is_so: Callable[[StaffFacts, date], bool],
) -> list[PlanWarning]:
    found: list[PlanWarning] = []
    dated = [(one, london_date(one.starts_at), _present(one)) for one in sessions] if staff else []
    for member in staff:
        days = [
            session
            for session, day, present in dated
            if member.id in present and is_so(member, day)
        ]
        found += _warn(kind, f"{member.shown_as} {says}", days)
    return found


def _not_accredited(
    version: ProgrammeVersion, sessions: Sequence[Session], staff: Sequence[StaffFacts]
) -> list[PlanWarning]:
    wanted = version.staffing.accreditation
    if wanted is None:
        return []

    def lacks_it(member: StaffFacts, day: date) -> bool:
        return not any(
            a.code == wanted and (a.until_on is None or day <= a.until_on)
            for a in member.accreditations
        )

    facilitators = {one for session in sessions for one in session.facilitator_ids}
    return _about_each(
        WarningKind.NOT_ACCREDITED,
        "is not accredited for this programme on that day.",
        sessions=sessions,
        staff=[member for member in staff if member.id in facilitators],
        is_so=lacks_it,
    )


def _away(sessions: Sequence[Session], staff: Sequence[StaffFacts]) -> list[PlanWarning]:
    def is_away(member: StaffFacts, day: date) -> bool:
        return any(away.from_on <= day <= away.until_on for away in member.away)

    return _about_each(
        WarningKind.AWAY,
        "is on leave or on another duty that day.",
        sessions=sessions,
        staff=[member for member in staff if member.away],
        is_so=is_away,
    )


def _too_few(version: ProgrammeVersion, sessions: Sequence[Session]) -> tuple[PlanWarning, ...]:
    needed = version.staffing.needed
    few = [s for s in _groups(sessions) if len(s.facilitator_ids) < needed]
    says = f"This programme is led by {needed} facilitators."
    return _warn(WarningKind.TOO_FEW_STAFF, says, few)


def _not_mixed(
    version: ProgrammeVersion, sessions: Sequence[Session], staff: Sequence[StaffFacts]
) -> tuple[PlanWarning, ...]:
    wish = version.staffing.mixed_pair
    if wish is Wish.NOT_ASKED:
        return ()
    sex_of = {member.id: member.sex for member in staff}
    alike = [
        session
        for session in _groups(sessions)
        if len(session.facilitator_ids) > 1
        and len({sex_of.get(one, one) for one in session.facilitator_ids}) == 1
    ]
    says = f"A man and a woman together are {wish} to lead this group."
    return _warn(WarningKind.NOT_MIXED, says, alike)
