"""What must agree between the marks of a programme book and its cohorts and referrals."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from programmes.common.workbooks.words import RowError
from scheduling.workbooks.place_rules import errors_of_place
from scheduling.workbooks.words import (
    AttendanceRow,
    BookDecision,
    BookMark,
    CohortRow,
    ProgrammeShape,
    ReferralRow,
    SheetsRead,
    Vocabulary,
)


def attendance_errors(sheets: SheetsRead, vocabulary: Vocabulary) -> Iterator[RowError]:
    """Every mark that cannot be true: of nobody, in no cohort, or of no session or programme."""
    cohorts = {cohort.ref: cohort for cohort in sheets.cohorts.rows}
    referrals = {referral.ref: referral for referral in sheets.referrals.rows}
    for mark in sheets.attendance.rows:
        yield from _unknown_refs(mark, sheets)
        cohort, referral = cohorts.get(mark.cohort_ref), referrals.get(mark.referral_ref)
        if cohort is not None:
            yield from _not_of_the_programme(mark, vocabulary.programmes[cohort.programme])
        if referral is not None:
            yield from _not_taken_on(mark, referral)
        if cohort is not None and referral is not None:
            yield from _of_another_programme(mark, referral, cohort=cohort, vocabulary=vocabulary)
    yield from _sessions_on_two_dates(sheets)
    yield from errors_of_place(sheets, vocabulary)


def _error(mark: AttendanceRow, column: str, message: str) -> RowError:
    return RowError("Attendance", mark.row, column, message)


def _unknown_refs(mark: AttendanceRow, sheets: SheetsRead) -> Iterator[RowError]:
    if sheets.cohorts.lacks(mark.cohort_ref):
        message = f"{mark.cohort_ref} is not in the sheet Cohorts. Correct the ref."
        yield _error(mark, "Cohort ref", message)
    if sheets.referrals.lacks(mark.referral_ref):
        message = f"{mark.referral_ref} is not in the sheet Referrals. Correct the ref."
        yield _error(mark, "Referral ref", message)


def _not_of_the_programme(mark: AttendanceRow, programme: ProgrammeShape) -> Iterator[RowError]:
    if mark.session > programme.sessions:
        message = (
            f"{programme.name} has no session {mark.session}; it has 1 to {programme.sessions}. "
            "Correct the session."
        )
        yield _error(mark, "Session", message)
    if mark.mark not in programme.marks:
        listed = ", ".join(f"“{known}”" for known in BookMark if known in programme.marks)
        message = f"“{mark.mark}” is not a mark of {programme.name}. Use one of: {listed}."
        yield _error(mark, "Mark", message)


def _not_taken_on(mark: AttendanceRow, referral: ReferralRow) -> Iterator[RowError]:
    if referral.decision is not BookDecision.ACCEPTED:
        message = (
            f"{referral.ref} was not accepted: the decision is “{referral.decision}” (Referrals "
            f"row {referral.row}). Correct the ref or the decision."
        )
        yield _error(mark, "Referral ref", message)
    if mark.held_on < referral.received_on:
        message = (
            f"{mark.held_on} is before {referral.ref} was received, {referral.received_on}. "
            "Correct the date or the ref."
        )
        yield _error(mark, "Held on", message)


def _of_another_programme(
    mark: AttendanceRow, referral: ReferralRow, *, cohort: CohortRow, vocabulary: Vocabulary
) -> Iterator[RowError]:
    if referral.programme != cohort.programme:
        referred = vocabulary.programmes[referral.programme].name
        runs = vocabulary.programmes[cohort.programme].name
        message = (
            f"{referral.ref} was referred to {referred}, but {cohort.ref} is a cohort of {runs}. "
            "Correct one of the refs."
        )
        yield _error(mark, "Referral ref", message)


def _sessions_on_two_dates(sheets: SheetsRead) -> Iterator[RowError]:
    """A session of a cohort was held on one date; the rows that say otherwise are the fewer."""
    dates: dict[tuple[str, int], Counter[date]] = defaultdict(Counter)
    for mark in sheets.attendance.rows:
        dates[mark.cohort_ref, mark.session][mark.held_on] += 1
    for mark in sheets.attendance.rows:
        held_on = dates[mark.cohort_ref, mark.session].most_common(1)[0][0]
        if mark.held_on != held_on:
            message = (
                f"Session {mark.session} of {mark.cohort_ref} was held on {held_on} as other rows "
                "have it. Correct the date or the cohort ref."
            )
            yield _error(mark, "Held on", message)
