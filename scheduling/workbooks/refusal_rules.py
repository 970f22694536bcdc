"""What a programme book may not change: facts stored for good, and people taken for others.

A row that contradicts them is refused with what to do; everything else that differs is a change.
"""

from collections.abc import Iterator
from datetime import date

from programmes.common.clock import LONDON, london_date
from programmes.common.workbooks.text import as_heading
from programmes.common.workbooks.words import RowError
from programmes.referrals.words import ReferralStatus
from scheduling.workbooks.meaning_rules import OUTCOMES, midday
from scheduling.workbooks.plan_words import Stored, StoredCohort, StoredPerson
from scheduling.workbooks.words import (
    AttendanceRow,
    BookDecision,
    BreachRow,
    CohortRow,
    OrderRow,
    ProgrammeBook,
    ReferralRow,
    weekday_of,
)

_KEPT = "An import does not change that: correct the cell, or give the row a ref of its own."


def refusals(book: ProgrammeBook, stored: Stored) -> Iterator[RowError]:
    """Every row that contradicts what is stored."""
    for referral in book.referrals:
        yield from _another_person("Referrals", referral, stored.people.get(referral.person_ref))
        yield from _referral_refusals(referral, stored)
    yield from _second_open_referrals(book, stored)
    for cohort in book.cohorts:
        yield from _cohort_refusals(cohort, stored)
    yield from _attendance_refusals(book, stored)
    for order in book.orders:
        yield from _another_person("Orders", order, stored.people.get(order.person_ref))
        yield from _order_refusals(order, stored)
    for breach in book.breaches:
        yield from _breach_refusals(breach, stored)


def _kept(sheet: str, row: int, column: str, ref: str, was: object) -> RowError:
    return RowError(sheet, row, column, f"{ref} is stored with {_shown(was)} here. {_KEPT}")


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else f"“{value}”"


def _another_person(
    sheet: str, row: ReferralRow | OrderRow, person: StoredPerson | None
) -> Iterator[RowError]:
    """One changed name is a correction; both names and the date of birth are somebody else."""
    if person is None:
        return
    same = (
        as_heading(row.first_name) == as_heading(person.first_name),
        as_heading(row.last_name) == as_heading(person.last_name),
        row.date_of_birth == person.date_of_birth,
    )
    if not any(same):
        message = (
            f"{row.person_ref} is stored as somebody else: both names and the date of birth "
            "differ. Correct the ref, or give this person a ref of their own."
        )
        yield RowError(sheet, row.row, "Person ref", message)


def _referral_refusals(row: ReferralRow, stored: Stored) -> Iterator[RowError]:
    referral = stored.referrals.get(row.ref)
    if referral is None:
        return
    if referral.person_ref != row.person_ref:
        message = f"{row.ref} is stored as another person's referral. {_KEPT}"
        yield RowError("Referrals", row.row, "Person ref", message)
    if referral.programme != row.programme:
        message = f"{row.ref} is stored as a referral to another programme. {_KEPT}"
        yield RowError("Referrals", row.row, "Programme", message)
    if referral.received_on != row.received_on:
        yield _kept("Referrals", row.row, "Received on", row.ref, referral.received_on)
    if referral.decision is not None and row.decision is BookDecision.WAITING:
        message = (
            f"{row.ref} is stored as decided ({referral.decision}); a decision is not taken back "
            "by an import. Enter the decision that holds."
        )
        yield RowError("Referrals", row.row, "Decision", message)


def _second_open_referrals(book: ProgrammeBook, stored: Stored) -> Iterator[RowError]:
    """One open referral a person and programme, also beside those that came from no book."""
    placed = {mark.referral_ref for mark in book.attendance}
    for row in book.referrals:
        other = stored.open_elsewhere.get((row.person_ref, row.programme))
        status = target_status(row, has_place=row.ref in placed)
        if other is not None and status is ReferralStatus.WAITING:
            message = f"{row.person_ref} has the open referral {other} to this programme already."
            yield RowError("Referrals", row.row, "Decision", f"{message} Decide one of them.")


def _cohort_refusals(row: CohortRow, stored: Stored) -> Iterator[RowError]:
    cohort = stored.cohorts.get(row.ref)
    if cohort is None:
        if row.programme in stored.planned_programmes:
            message = "This programme is planned and not yet open: it can have no group."
            yield RowError("Cohorts", row.row, "Programme", f"{message} Open it first.")
        return
    if cohort.programme != row.programme:
        message = f"{row.ref} is stored as a group of another programme. {_KEPT}"
        yield RowError("Cohorts", row.row, "Programme", message)
    if cohort.is_recorded:
        yield from _moved_though_recorded(row, cohort)


def _moved_though_recorded(row: CohortRow, cohort: StoredCohort) -> Iterator[RowError]:
    """Sessions that were recorded never change, so neither does the slot that they were held in."""
    if cohort.starts_at is None or cohort.ends_at is None:
        return
    local = cohort.starts_at.astimezone(LONDON)
    minutes = int((cohort.ends_at - cohort.starts_at).total_seconds()) // 60
    for column, now, was in (
        ("First session on", row.first_session_on, cohort.first_on),
        ("Starts at", f"{row.starts_at:%H:%M}", f"{local:%H:%M}"),
        ("Minutes", row.minutes, minutes),
        ("Weekday", row.weekday, weekday_of(cohort.first_on)),
    ):
        if now != was:
            yield _kept("Cohorts", row.row, column, row.ref, was)


def _attendance_refusals(book: ProgrammeBook, stored: Stored) -> Iterator[RowError]:
    programmes = {cohort.ref: cohort.programme for cohort in book.cohorts}
    people = {referral.ref: referral.person_ref for referral in book.referrals}
    told: set[tuple[str, str]] = set()
    for mark in book.attendance:
        yield from _held_on_another_day(mark, stored)
        place = (mark.cohort_ref, mark.referral_ref)
        where = (people[mark.referral_ref], programmes[mark.cohort_ref])
        if where in stored.live_elsewhere and place not in stored.places and place not in told:
            told.add(place)
            other = stored.live_elsewhere[where]
            message = f"{mark.referral_ref} has a live place in {other}. End that place first."
            yield RowError("Attendance", mark.row, "Referral ref", message)


def _held_on_another_day(mark: AttendanceRow, stored: Stored) -> Iterator[RowError]:
    session = stored.sessions.get((mark.cohort_ref, mark.session))
    if session is None or not session.is_recorded:
        return
    held_on = london_date(session.starts_at)
    if held_on != mark.held_on:
        name = f"Session {mark.session} of {mark.cohort_ref}"
        yield _kept("Attendance", mark.row, "Held on", name, held_on)


def _order_refusals(row: OrderRow, stored: Stored) -> Iterator[RowError]:
    order = stored.orders.get(row.ref)
    if order is None:
        return
    if order.person_ref != row.person_ref:
        message = f"{row.ref} is stored as an order on another person. {_KEPT}"
        yield RowError("Orders", row.row, "Person ref", message)
    for column, now, was in (
        ("Kind", row.kind, order.kind),
        ("Made on", row.made_on, order.made_on),
    ):
        if now != was:
            yield _kept("Orders", row.row, column, row.ref, was)
    added, missing = set(row.conditions), set(order.conditions)
    if added - missing and missing - added:
        message = (
            f"The conditions of {row.ref} as served are stored and stay. Add new ones at the end, "
            "or enter a varied order with a ref of its own."
        )
        yield RowError("Orders", row.row, "Conditions", message)


def _breach_refusals(row: BreachRow, stored: Stored) -> Iterator[RowError]:
    breach = stored.breaches.get(row.ref)
    if breach is None:
        return
    if breach.order_ref != row.order_ref:
        message = f"{row.ref} is stored as a breach of another order. {_KEPT}"
        yield RowError("Breaches", row.row, "Order ref", message)
    for column, now, was in (
        ("Occurred on", midday(row.occurred_on), breach.occurred_at),
        ("Reported on", midday(row.reported_on), breach.reported_at),
    ):
        if now != was:
            yield _kept("Breaches", row.row, column, row.ref, london_date(was))


def target_status(row: ReferralRow, *, has_place: bool) -> ReferralStatus:
    """Where a referral of the book stands. Whoever was accepted and has no place yet waits."""
    if has_place:
        return ReferralStatus.ENROLLED
    match row.decision:
        case BookDecision.NOT_SUITABLE:
            return ReferralStatus.NOT_SUITABLE
        case BookDecision.CLOSED:
            return ReferralStatus.CLOSED
        case BookDecision.ACCEPTED | BookDecision.WAITING:
            return ReferralStatus.WAITING


def is_decided_otherwise(row: ReferralRow, stored: Stored) -> bool:
    """Whether the book holds a decision that is not the one last stored."""
    referral = stored.referrals.get(row.ref)
    outcome = OUTCOMES.get(row.decision)
    if outcome is None:
        return False
    return referral is None or (referral.decision, referral.decided_on) != (outcome, row.decided_on)
