"""What a programme book says that breaks a rule of today, or looks wrong, and is kept all the same.

Imported history is what happened. Each oddity is a warning beside the row it stands in.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from programmes.common.workbooks.text import as_heading
from programmes.common.workbooks.words import RowError
from scheduling.workbooks.place_rules import Place, places_in_closed_groups
from scheduling.workbooks.words import (
    AttendanceRow,
    CohortRow,
    OrderRow,
    ReferralRow,
    SheetsRead,
    Vocabulary,
    weekday_of,
)

HeldSessions = dict[str, dict[int, AttendanceRow]]


def oddities(sheets: SheetsRead, vocabulary: Vocabulary) -> Iterator[RowError]:
    """Every warning about a book that has no error."""
    cohorts = {cohort.ref: cohort for cohort in sheets.cohorts.rows}
    held = _held_sessions(sheets)
    yield from _same_person_twice(sheets)
    for places in places_in_closed_groups(sheets, vocabulary).values():
        yield from _odd_places(places)
    yield from _missing_marks(sheets)
    yield from _marks_before_decision(sheets)
    for cohort in sheets.cohorts.rows:
        yield from _odd_dates(cohort, held.get(cohort.ref, {}))
    yield from _facilitators_in_two_places(cohorts, held)
    yield from _odd_breaches(sheets)


def _held_sessions(sheets: SheetsRead) -> HeldSessions:
    """By cohort and session, the first row that says when it was held."""
    held: HeldSessions = {}
    for mark in sheets.attendance.rows:
        held.setdefault(mark.cohort_ref, {}).setdefault(mark.session, mark)
    return held


def _same_person_twice(sheets: SheetsRead) -> Iterator[RowError]:
    """One name and date of birth under two person refs is probably one person."""
    refs: dict[tuple[str, str, date], str] = {}
    rows: list[tuple[str, ReferralRow | OrderRow]] = [
        *(("Referrals", row) for row in sheets.referrals.rows),
        *(("Orders", row) for row in sheets.orders.rows),
    ]
    for sheet, row in rows:
        who = (as_heading(row.first_name), as_heading(row.last_name), row.date_of_birth)
        if refs.setdefault(who, row.person_ref) != row.person_ref:
            message = f"{row.person_ref} has the name and date of birth of {refs[who]}."
            yield RowError(sheet, row.row, "Person ref", message)


def _odd_places(places: list[Place]) -> Iterator[RowError]:
    for place in places:
        if not place.joined_in_time:
            message = (
                f"{place.referral_ref} joined {place.cohort.ref} after session {place.joins_until}."
            )
            yield RowError("Attendance", place.marks[0].row, "Session", message)
    for earlier, later in pairwise(places):
        message = f"{later.referral_ref} was in {earlier.cohort.ref} before {later.cohort.ref}."
        yield RowError("Attendance", later.marks[0].row, "Cohort ref", message)


def _missing_marks(sheets: SheetsRead) -> Iterator[RowError]:
    """Somebody who has a later mark in a cohort should have one for every session between."""
    places: dict[tuple[str, str], list[AttendanceRow]] = defaultdict(list)
    for mark in sheets.attendance.rows:
        places[mark.referral_ref, mark.cohort_ref].append(mark)
    for (referral_ref, cohort_ref), marks in places.items():
        numbers = {mark.session for mark in marks}
        missing = sorted(set(range(min(numbers), max(numbers))) - numbers)
        if missing:
            message = (
                f"{referral_ref} has no mark for session {', '.join(map(str, missing))} of "
                f"{cohort_ref}, but has later ones."
            )
            yield RowError("Attendance", marks[-1].row, "Session", message)


def _marks_before_decision(sheets: SheetsRead) -> Iterator[RowError]:
    referrals = {referral.ref: referral for referral in sheets.referrals.rows}
    warned: set[str] = set()
    for mark in sheets.attendance.rows:
        decided_on = referrals[mark.referral_ref].decided_on
        if decided_on and mark.held_on < decided_on and mark.referral_ref not in warned:
            warned.add(mark.referral_ref)
            message = f"{mark.referral_ref} came before being accepted, on {decided_on}."
            yield RowError("Attendance", mark.row, "Held on", message)


def _odd_dates(cohort: CohortRow, held: dict[int, AttendanceRow]) -> Iterator[RowError]:
    first = held.get(1)
    if first is not None and first.held_on != cohort.first_session_on:
        message = f"Session 1 was to be on {cohort.first_session_on} (Cohorts row {cohort.row})."
        yield RowError("Attendance", first.row, "Held on", message)
    for mark in held.values():
        if weekday_of(mark.held_on) is not cohort.weekday:
            message = f"Session {mark.session} of {cohort.ref} was not on a {cohort.weekday}."
            yield RowError("Attendance", mark.row, "Held on", message)
    for earlier, later in pairwise(sorted(held)):
        if held[later].held_on <= held[earlier].held_on:
            message = f"Session {later} of {cohort.ref} was not after session {earlier}."
            yield RowError("Attendance", held[later].row, "Held on", message)


def _facilitators_in_two_places(
    cohorts: dict[str, CohortRow], held: HeldSessions
) -> Iterator[RowError]:
    """One warning for each two cohorts that kept one facilitator at the same time."""
    clashes: dict[tuple[str, str, str], list[date]] = defaultdict(list)
    for (_, facilitator), meetings in _meetings(cohorts, held).items():
        for (_, until, one), (start, _, other) in pairwise(sorted(meetings)):
            if start < until and one != other:
                clashes[min(one, other), max(one, other), facilitator].append(start.date())
    for (one, other, facilitator), days in clashes.items():
        more = f" and on {len(days) - 1} more days" if len(days) > 1 else ""
        message = f"{facilitator} had {one} and {other} at the same time on {min(days)}{more}."
        yield RowError("Cohorts", cohorts[other].row, "Facilitator 1", message)


def _meetings(
    cohorts: dict[str, CohortRow], held: HeldSessions
) -> dict[tuple[date, str], list[tuple[datetime, datetime, str]]]:
    """By day and facilitator: from when to when, in London wall time, and which cohort."""
    meetings: dict[tuple[date, str], list[tuple[datetime, datetime, str]]] = defaultdict(list)
    for cohort in cohorts.values():
        facilitators = {cohort.facilitator_1, cohort.facilitator_2} - {None}
        for mark in held.get(cohort.ref, {}).values():
            start = datetime.combine(mark.held_on, cohort.starts_at)
            until = start + timedelta(minutes=cohort.minutes)
            for facilitator in facilitators:
                meetings[mark.held_on, str(facilitator)].append((start, until, cohort.ref))
    return meetings


def _odd_breaches(sheets: SheetsRead) -> Iterator[RowError]:
    orders = {order.ref: order for order in sheets.orders.rows}
    for breach in sheets.breaches.rows:
        order = orders.get(breach.order_ref)
        if order is None:
            continue
        if order.ends_on is not None and breach.occurred_on > order.ends_on:
            message = f"The breach is after {order.ref} ended, {order.ends_on}."
            yield RowError("Breaches", breach.row, "Occurred on", message)
        named = as_heading(breach.condition_broken or "")
        if named and named not in map(as_heading, order.conditions):
            message = f"“{breach.condition_broken}” is not among the conditions of {order.ref}."
            yield RowError("Breaches", breach.row, "Condition broken", message)
