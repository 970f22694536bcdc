"""When to ask her, when she may be reached, what a score means. No clock, no I/O."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from outcomes.survivors.words import (
    ORDER_OF_TIMEPOINTS,
    AttemptOutcome,
    ConsentKind,
    ContactBlock,
    Course,
    HighBecause,
    SafeContactDetails,
    Timepoint,
    Weekday,
)
from programmes.common.clock import LONDON

REVIEW_DAYS = 90
"""After this many days a safe contact must be reviewed (common practice, no source)."""
DASH_ITEMS = 24
DASH_HIGH = 14
"""Ticks at which a DASH is high risk without further judgement (SafeLives DASH guidance)."""
MARAC_REPEAT_MONTHS = 12
NOT_ENGAGED_AFTER = 3
ORDER_ENDING_DAYS = 14
HEAD_START = timedelta(hours=24)
"""Nothing is written to him sooner than this after a fact is recorded: to no man, linked or not.

The dated rule of the other side says how long; this stands where it has none.
"""


def months_later(on: date, months: int) -> date:
    """The same day so many months on; the last of the month where it has no such day."""
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(on.day, last))


def contact_block(
    consents: Mapping[ConsentKind, bool],
    reviewed_on: date | None,
    *,
    is_erased: bool,
    today: date,
) -> ContactBlock | None:
    """Why the safe contact may not be opened; None where it may.

    A refusal of contact comes before everything; a review older than 90 days blocks, because a
    number that was safe in spring may be answered by him in autumn.
    """
    if is_erased:
        return ContactBlock.ERASED
    if not consents.get(ConsentKind.CONTACT, False):
        return ContactBlock.NO_CONSENT
    if reviewed_on is None:
        return ContactBlock.NONE_RECORDED
    if (today - reviewed_on).days > REVIEW_DAYS:
        return ContactBlock.STALE
    return None


def is_safe_hour(details: SafeContactDetails, now: datetime) -> bool | None:
    """Whether `now` is an hour at which she said she may be called; None where she gave none."""
    local = now.astimezone(LONDON)
    if not details.days and details.from_time is None and details.until_time is None:
        return None
    if details.days and list(Weekday)[local.weekday()] not in details.days:
        return False
    at = local.time().replace(tzinfo=None)
    is_early = details.from_time is not None and at < details.from_time
    is_late = details.until_time is not None and at >= details.until_time
    return not (is_early or is_late)


def next_safe_hour(details: SafeContactDetails, now: datetime) -> datetime | None:
    """When the next hours begin at which they may be called; None where they gave no hours."""
    if is_safe_hour(details, now) is None:
        return None
    first = details.from_time or time()
    today = now.astimezone(LONDON).date()
    for on in (today + timedelta(days=days) for days in range(8)):
        begins = datetime.combine(on, first, LONDON)
        if begins > now and is_safe_hour(details, begins):
            return begins
    return None


def hears_at(known_at: datetime, head_start: timedelta = HEAD_START) -> datetime:
    """Until then she can hear it from us before he reads of it in a letter."""
    return known_at + head_start


def due_on(timepoint: Timepoint, linked_on: date, course: Course | None) -> date | None:
    """The day from which this check-in is due; None while it cannot be known.

    Start: as soon as she is linked, before he starts. End: when his programme ends or he leaves
    it, whichever comes first. Six and twelve months count from that day (Project Mirabal).
    """
    if timepoint is Timepoint.START:
        return linked_on
    if course is None:
        return None
    end = min(course.last_on, course.ended_on or course.last_on)
    if timepoint is Timepoint.MIDDLE:
        middle = course.first_on + (course.last_on - course.first_on) / 2
        return middle if middle < end else None
    months = {Timepoint.END: 0, Timepoint.SIX_MONTHS: 6, Timepoint.TWELVE_MONTHS: 12}[timepoint]
    return months_later(end, months)


def check_in_due(
    recorded: Collection[Timepoint], linked_on: date, course: Course | None, *, today: date
) -> tuple[Timepoint, date] | None:
    """The check-in to ask for now: the latest that has come due, unless it was recorded.

    One that was passed over stays missing: a start asked for at the end would not be a start.
    """
    latest = None
    for timepoint in ORDER_OF_TIMEPOINTS:
        due = due_on(timepoint, linked_on, course)
        if due is not None and due <= today:
            latest = (timepoint, due)
    if latest is None or latest[0] in recorded:
        return None
    return latest


def reasons_not_to_ask(consents: Mapping[ConsentKind, bool]) -> tuple[str, ...]:
    """Every reason why the outcome questions may not be asked."""
    reasons = []
    if not consents.get(ConsentKind.CONTACT, False):
        reasons.append("They have not agreed to be contacted.")
    if not consents.get(ConsentKind.OUTCOMES, False):
        reasons.append("They have not agreed to outcome questions. Ask, and record the answer.")
    return tuple(reasons)


def dash_faults(ticks: int, *, is_high_risk: bool, because: HighBecause | None) -> tuple[str, ...]:
    """What is wrong with a DASH as written: 14 ticks or more of 24 are high risk."""
    faults = []
    if not 0 <= ticks <= DASH_ITEMS:
        faults.append(f"A DASH has from 0 to {DASH_ITEMS} ticks.")
    if ticks >= DASH_HIGH and not is_high_risk:
        faults.append(f"{DASH_HIGH} ticks or more are high risk.")
    if is_high_risk and because is None:
        faults.append("Say why it is high risk.")
    if because is HighBecause.TICKS and ticks < DASH_HIGH:
        faults.append(f"Fewer than {DASH_HIGH} ticks: say another reason for high risk.")
    return tuple(faults)


def is_marac_repeat(referred: Iterable[date], *, on: date) -> bool:
    """Whether what happened `on` that day comes within 12 months of the last MARAC referral.

    Same pair; any further abuse, a breach of bail or of a civil order among it (SafeLives).
    """
    earlier = [day for day in referred if day < on]
    return bool(earlier) and on <= months_later(max(earlier), MARAC_REPEAT_MONTHS)


def is_not_engaged(latest_first: Sequence[AttemptOutcome]) -> bool:
    """Three tries in a row that nobody answered. Said as *not engaged*, never as refused."""
    three = latest_first[:NOT_ENGAGED_AFTER]
    silent = (AttemptOutcome.NO_ANSWER, AttemptOutcome.LEFT_NOTHING)
    return len(three) == NOT_ENGAGED_AFTER and all(outcome in silent for outcome in three)
