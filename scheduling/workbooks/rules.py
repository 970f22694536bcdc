"""What must agree between the sheets of a programme book: people, referrals, orders, breaches.

Each rule yields errors: contradictions that no history can hold. What merely breaks a rule of
today is in `oddities`. A ref is called unknown only where the sheet that should have it was read.
"""

from collections.abc import Iterator

from msgspec import Struct

from programmes.common.workbooks.text import as_heading
from programmes.common.workbooks.words import RowError
from scheduling.workbooks.attendance_rules import attendance_errors
from scheduling.workbooks.words import (
    BookDecision,
    BreachRow,
    CohortRow,
    OrderRow,
    ReferralRow,
    SheetsRead,
    Vocabulary,
    weekday_of,
)


def errors_across_sheets(sheets: SheetsRead, vocabulary: Vocabulary) -> Iterator[RowError]:
    """Everything that cannot be true of this book as a whole."""
    yield from _people_told_apart(sheets)
    for referral in sheets.referrals.rows:
        yield from _referral_errors(referral)
    yield from _children_errors(sheets)
    for cohort in sheets.cohorts.rows:
        yield from _cohort_errors(cohort)
    yield from attendance_errors(sheets, vocabulary)
    for order in sheets.orders.rows:
        yield from _order_errors(order)
    yield from _breach_errors(sheets)


class _Sighting(Struct, frozen=True):
    """A person ref where it first stands, with what it stands for there."""

    sheet: str
    row: ReferralRow | OrderRow


def _people_told_apart(sheets: SheetsRead) -> Iterator[RowError]:
    """A person ref stands for one person: one name, one date of birth, in every sheet."""
    first: dict[str, _Sighting] = {}
    seen = [
        *(_Sighting("Referrals", row) for row in sheets.referrals.rows),
        *(_Sighting("Orders", row) for row in sheets.orders.rows),
    ]
    for sighting in seen:
        earlier = first.setdefault(sighting.row.person_ref, sighting)
        if differences := _differences(earlier.row, sighting.row):
            message = (
                f"{sighting.row.person_ref} stands for two people: {' and '.join(differences)} "
                f"differ from {earlier.sheet} row {earlier.row.row}. Correct one of them, or give "
                "this person a ref of their own."
            )
            yield RowError(sighting.sheet, sighting.row.row, "Person ref", message)


def _differences(one: ReferralRow | OrderRow, other: ReferralRow | OrderRow) -> list[str]:
    return [
        what
        for what, here, there in (
            ("first names", as_heading(one.first_name), as_heading(other.first_name)),
            ("last names", as_heading(one.last_name), as_heading(other.last_name)),
            ("dates of birth", one.date_of_birth, other.date_of_birth),
        )
        if here != there
    ]


def _referral_errors(referral: ReferralRow) -> Iterator[RowError]:
    if referral.date_of_birth >= referral.received_on:
        message = "The date of birth is not before the referral. Correct one of the dates."
        yield RowError("Referrals", referral.row, "Date of birth", message)
    if referral.decided_on is not None and referral.decided_on < referral.received_on:
        message = "Decided before the referral was received. Correct one of the dates."
        yield RowError("Referrals", referral.row, "Decided on", message)
    yield from _decision_errors(referral)


def _decision_errors(referral: ReferralRow) -> Iterator[RowError]:
    """Waiting has no date of decision; every other decision has one, and a refusal a reason."""
    decided = referral.decision is not BookDecision.WAITING
    if decided and referral.decided_on is None:
        message = f"“{referral.decision}” has no date of decision. Fill it in."
        yield RowError("Referrals", referral.row, "Decided on", message)
    if not decided and referral.decided_on is not None:
        message = "“waiting” has a date of decision. Remove the date, or enter the decision."
        yield RowError("Referrals", referral.row, "Decision", message)
    refused = referral.decision in (BookDecision.NOT_SUITABLE, BookDecision.CLOSED)
    if refused and referral.reason is None:
        message = f"“{referral.decision}” has no reason. Say why."
        yield RowError("Referrals", referral.row, "Reason", message)


def _children_errors(sheets: SheetsRead) -> Iterator[RowError]:
    """A child stands under a person of this book, and has one year of birth wherever it stands."""
    years: dict[str, int] = {}
    people = _people_known(sheets)
    for child in sheets.children.rows:
        if people is not None and child.person_ref not in people:
            message = f"{child.person_ref} is in neither Referrals nor Orders. Correct the ref."
            yield RowError("Children", child.row, "Person ref", message)
        if years.setdefault(child.ref, child.year_of_birth) != child.year_of_birth:
            message = (
                f"{child.ref} has another year of birth further up. Correct one of them, or give "
                "this child a ref of its own."
            )
            yield RowError("Children", child.row, "Year of birth", message)


def _people_known(sheets: SheetsRead) -> frozenset[str] | None:
    """Every person ref of the book; None where a row that may hold one could not be read."""
    referrals, orders = sheets.referrals, sheets.orders
    if not (referrals.is_whole and orders.is_whole):
        return None
    referred = frozenset(row.person_ref for row in referrals.rows)
    return referred | {row.person_ref for row in orders.rows}


def _cohort_errors(cohort: CohortRow) -> Iterator[RowError]:
    held = weekday_of(cohort.first_session_on)
    if held is not cohort.weekday:
        message = (
            f"The first session, {cohort.first_session_on}, is a {held}, but the weekday is "
            f"{cohort.weekday}. Correct one of them."
        )
        yield RowError("Cohorts", cohort.row, "Weekday", message)


def _order_errors(order: OrderRow) -> Iterator[RowError]:
    if order.date_of_birth >= order.made_on:
        message = "The date of birth is not before the order. Correct one of the dates."
        yield RowError("Orders", order.row, "Date of birth", message)
    if order.ends_on is not None and order.ends_on < order.made_on:
        message = f"{order.ref} ends before it was made. Correct one of the dates."
        yield RowError("Orders", order.row, "Ends on", message)


def _breach_errors(sheets: SheetsRead) -> Iterator[RowError]:
    orders = {order.ref: order for order in sheets.orders.rows}
    for breach in sheets.breaches.rows:
        if sheets.orders.lacks(breach.order_ref):
            message = f"{breach.order_ref} is not in the sheet Orders. Correct the ref."
            yield RowError("Breaches", breach.row, "Order ref", message)
        yield from _breach_dates(breach, orders.get(breach.order_ref))


def _breach_dates(breach: BreachRow, order: OrderRow | None) -> Iterator[RowError]:
    if order is not None and breach.occurred_on < order.made_on:
        message = (
            f"The breach, {breach.occurred_on}, is before {order.ref} was made, {order.made_on}. "
            "Correct the date or the order."
        )
        yield RowError("Breaches", breach.row, "Occurred on", message)
    if breach.reported_on < breach.occurred_on:
        message = "Reported before it occurred. Correct one of the dates."
        yield RowError("Breaches", breach.row, "Reported on", message)
