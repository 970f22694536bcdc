"""How long an order may last: its end held against the clock of its law."""

from collections.abc import Iterator
from datetime import date, datetime

from programmes.common.clock import london_date
from programmes.common.wall_time import day_in_words, end_of_day
from programmes.orders.clocks import Deadline, deadline, last_day, reasons_length_not_allowed
from programmes.orders.words import (
    AUTHORITY_NAMES,
    Authority,
    ClockLaw,
    ClockStop,
    KindVersion,
    Reason,
    Tier,
    Unit,
)


def clock_law(kind: KindVersion, stop: ClockStop) -> ClockLaw | None:
    """The clock of this kind that stops so, if it has one."""
    return next((law for law in kind.clocks if law.stops is stop), None)


def days_long(first: date, last: date) -> int:
    """Days from first to last, both counted."""
    return (last - first).days + 1


def reasons_end_not_allowed(
    kind: KindVersion, *, started: datetime | date, ends_on: date, authority: Authority
) -> tuple[Reason, ...]:
    """Why an order that this started may not end on this day; none where the law sets no length.

    An end on a day that lawyers differ on is let through: the paper stands, and the clock shows
    the earlier reading. Source: the section of the kind's own clock.
    """
    law = clock_law(kind, ClockStop.END)
    first = london_date(started) if isinstance(started, datetime) else started
    if law is None or ends_on < first or first < law.valid_from:
        return ()
    if law.unit is Unit.DAYS:
        found = reasons_length_not_allowed(law, days_long(first, ends_on))
        return tuple(Reason("ends_on", reason.message, reason.source) for reason in found)
    return tuple(_outside_months(law, started, ends_on, authority))


def _outside_months(
    law: ClockLaw, started: datetime | date, ends_on: date, authority: Authority
) -> Iterator[Reason]:
    tier = next((tier for tier in law.tiers if tier.authority in (None, authority)), None)
    if tier is None:
        return
    if tier.longest:
        latest = _after(law, started, tier, tier.longest)
        if end_of_day(ends_on) > (latest.later_due_at or latest.due_at):
            words = f"{_giver(tier)} may give {tier.longest} months at most, which end on "
            yield Reason("ends_on", words + day_in_words(last_day(latest)), tier.source)
    if tier.shortest:
        earliest = _after(law, started, tier, tier.shortest)
        if end_of_day(ends_on) < earliest.due_at:
            words = f"It lasts {tier.shortest} months or more, which end on "
            yield Reason("ends_on", words + day_in_words(last_day(earliest)), tier.source)


def _after(law: ClockLaw, started: datetime | date, tier: Tier, months: int) -> Deadline:
    return deadline(law, started, amount=months, authority=tier.authority)


def _giver(tier: Tier) -> str:
    name = AUTHORITY_NAMES[tier.authority] if tier.authority else "the law"
    return name[0].upper() + name[1:]
