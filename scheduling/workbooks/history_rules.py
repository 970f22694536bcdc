"""How the groups of a book ran, and how each place in them ended, as far as its marks tell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from programmes.catalogue.progress_rules import is_complete
from programmes.catalogue.progress_words import MarkedSession
from programmes.catalogue.rules import contents_of, kind_of, sessions_in
from programmes.catalogue.words import AllInOrder, ProgrammeVersion, SessionContent
from programmes.common.clock import london_date
from scheduling.calendars.rules import ClosedDays
from scheduling.calendars.words import Closure, ClosureKind
from scheduling.cohorts.words import EndReason, EnrolmentStatus
from scheduling.sessions.rules import lay_out, london_instant
from scheduling.sessions.words import Weekday, WeeklySlot
from scheduling.workbooks.meaning_rules import mark_code, winter_closures
from scheduling.workbooks.words import AttendanceRow, CohortRow
from scheduling.workbooks.words import Weekday as BookWeekday

_DAY = timedelta(days=1)


class HistoricSession(Struct, frozen=True):
    """A session of a group, dated; `held` where the book's records reach it."""

    content: SessionContent
    starts_at: datetime
    ends_at: datetime
    held: bool


class GroupHistory(Struct, frozen=True):
    """One group with all its sessions in order."""

    ref: str
    version: ProgrammeVersion
    sessions: tuple[HistoricSession, ...]

    @property
    def finished_at(self) -> datetime | None:
        """When the last session of the version was held; None while it is still to come."""
        last = self.sessions[-1]
        return last.starts_at if last.held else None

    def held_at(self, number: int) -> datetime:
        return self.sessions[number - 1].starts_at

    @property
    def last_held(self) -> int:
        return max((s.content.number for s in self.sessions if s.held), default=0)


def records_reach(marks: Iterable[AttendanceRow]) -> date | None:
    """The last day on which anything was held: so far the book is a full record."""
    return max((mark.held_on for mark in marks), default=None)


def group_history(
    row: CohortRow,
    version: ProgrammeVersion,
    *,
    held: Mapping[int, date],
    reach: date | None,
) -> GroupHistory:
    """The sessions that were held on their days, and the others where the series puts them.

    `held` are the days of sessions with a mark. There is no row after somebody stopped, so a
    session after the last mark whose day the records reach was held with nobody left.
    """
    days = _days(row, version, held)
    last_marked = max(held, default=0)
    sessions = []
    for content in contents_of(version):
        day = days[content.number]
        starts_at = london_instant(day, row.starts_at)
        was_held = content.number in held or (
            0 < last_marked < content.number and reach is not None and day <= reach
        )
        ends_at = starts_at + timedelta(minutes=row.minutes)
        sessions.append(HistoricSession(content, starts_at, ends_at, was_held))
    return GroupHistory(row.ref, version, tuple(sessions))


def _days(row: CohortRow, version: ProgrammeVersion, held: Mapping[int, date]) -> dict[int, date]:
    """The day of every session: as held, as planned before that, and laid out anew after it."""
    slot = WeeklySlot(Weekday[BookWeekday(row.weekday).name], row.starts_at)
    years = range(row.first_session_on.year - 1, row.first_session_on.year + 3)
    closures = ClosedDays(
        Closure(kind=ClosureKind.SERVICE, from_on=first, until_on=last, why="winter closure")
        for first, last in winter_closures(years)
    )
    contents = contents_of(version)
    planned = lay_out(
        contents, version=version, first_day=row.first_session_on, slots=[slot], closures=closures
    )
    days = {laid.content.number: laid.day for laid in planned.laid} | dict(held)
    last = max(held, default=0)
    left = [content for content in contents if content.number > last]
    if last and left and held[last] != planned.laid[last - 1].day:
        again = lay_out(
            left,
            version=version,
            first_day=held[last] + (timedelta(weeks=version.gap.usual) if version.gap else _DAY),
            slots=[slot],
            closures=closures,
            after=(kind_of(version, last), held[last]),
        )
        days |= {laid.content.number: laid.day for laid in again.laid}
    return days


class PlaceMarks(Struct, frozen=True):
    """One referral in one group: whose it is, and its marks there in order of session."""

    person_ref: str
    programme: str
    referral_ref: str
    cohort_ref: str
    marks: tuple[AttendanceRow, ...]

    @property
    def joined_on(self) -> date:
        return min(mark.held_on for mark in self.marks)


class PlaceOutcome(Struct, frozen=True):
    """How a place stands: `ended_on` and its reason are None while it is live."""

    status: EnrolmentStatus
    ended_on: date | None
    reason: EndReason | None


STILL_THERE = PlaceOutcome(EnrolmentStatus.ENROLLED, None, None)


def places_in(
    marks: Iterable[AttendanceRow],
    *,
    people: Mapping[str, str],
    programmes: Mapping[str, str],
) -> list[PlaceMarks]:
    """Every place that the marks show; `people` by referral ref, `programmes` by cohort ref."""
    grouped: dict[tuple[str, str], list[AttendanceRow]] = defaultdict(list)
    for mark in marks:
        grouped[mark.referral_ref, mark.cohort_ref].append(mark)
    return [
        PlaceMarks(
            people[referral_ref],
            programmes[cohort_ref],
            referral_ref,
            cohort_ref,
            tuple(sorted(theirs, key=lambda mark: mark.session)),
        )
        for (referral_ref, cohort_ref), theirs in grouped.items()
    ]


def outcomes_of_places(
    places: Sequence[PlaceMarks], groups: Mapping[str, GroupHistory]
) -> dict[tuple[str, str], PlaceOutcome]:
    """How each place stands, by cohort and referral. One person has one live place at most."""
    theirs: dict[tuple[str, str], list[PlaceMarks]] = defaultdict(list)
    for place in sorted(places, key=lambda place: (place.joined_on, place.cohort_ref)):
        theirs[place.person_ref, place.programme].append(place)
    outcomes: dict[tuple[str, str], PlaceOutcome] = {}
    for in_order in theirs.values():
        for index, place in enumerate(in_order):
            outcome = _outcome(place, in_order, groups)
            if index < len(in_order) - 1:
                outcome = _given_up(place, groups[place.cohort_ref], outcome)
            outcomes[place.cohort_ref, place.referral_ref] = outcome
    return outcomes


def _outcome(
    place: PlaceMarks, all_places: Sequence[PlaceMarks], groups: Mapping[str, GroupHistory]
) -> PlaceOutcome:
    group = groups[place.cohort_ref]
    finished_at = group.finished_at
    last = place.marks[-1]
    if finished_at is not None:
        earlier = [p for p in all_places if p.referral_ref == place.referral_ref]
        marks = _marked(earlier, groups, until=finished_at)
        if is_complete(group.version, marks):
            return PlaceOutcome(EnrolmentStatus.COMPLETED, london_date(finished_at), None)
    if last.session < group.last_held:
        return PlaceOutcome(EnrolmentStatus.ENDED, last.held_on, EndReason.STOPPED)
    if finished_at is not None:
        return PlaceOutcome(EnrolmentStatus.ENDED, london_date(finished_at), EndReason.OTHER)
    return STILL_THERE


def _given_up(place: PlaceMarks, group: GroupHistory, outcome: PlaceOutcome) -> PlaceOutcome:
    """A place before a later one: pairs are repeated whole, other series are begun again."""
    if outcome.status is EnrolmentStatus.COMPLETED:
        return outcome
    repeats = isinstance(group.version.completion, AllInOrder)
    reason = EndReason.REPEATS if repeats else EndReason.STOPPED
    return PlaceOutcome(EnrolmentStatus.ENDED, place.marks[-1].held_on, reason)


def _marked(
    places: Iterable[PlaceMarks], groups: Mapping[str, GroupHistory], *, until: datetime
) -> list[MarkedSession]:
    """Their marks in every group up to an instant, so that what was attended before counts."""
    found = []
    for place in places:
        group = groups[place.cohort_ref]
        for mark in place.marks:
            held_at = group.held_at(mark.session)
            if held_at <= until and mark.session <= sessions_in(group.version):
                code = mark_code(group.version, mark.mark)
                found.append(MarkedSession(place.cohort_ref, mark.session, held_at, code))
    return found
