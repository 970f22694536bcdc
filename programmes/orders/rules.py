"""Whether an order on paper is one that its law allows: every reason, beside its field."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

import msgspec

from programmes.common.clock import london_date
from programmes.common.wall_time import day_in_words, midnight, moment_in_words
from programmes.orders.clocks import deadline, month_later
from programmes.orders.lengths import clock_law, reasons_end_not_allowed
from programmes.orders.words import (
    AUTHORITY_NAMES,
    REQUIREMENTS,
    Authority,
    ClockStop,
    ConditionKind,
    Ends,
    InForce,
    KindCode,
    KindVersion,
    Reason,
    RunsFrom,
)

ENTRY = "entry check"
"""The source of a refusal that is plain sense and no statute."""


class ConditionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One condition as served: its kind, who supervises it, and its own last day if it has one."""

    kind: ConditionKind
    responsible_person: str = ""
    ends_on: date | None = None


class OrderFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a served paper says. `ends_on` is its last whole day; instants are aware."""

    made_on: date
    authority: Authority
    ends_on: date | None = None
    served_at: datetime | None = None
    hearing_at: datetime | None = None
    arrested_at: datetime | None = None
    follows: KindCode | None = None
    age_when_made: int | None = None
    person_is_merged: bool = False
    conditions: tuple[ConditionFacts, ...] = ()


def reasons_not_lawful(
    order: OrderFacts, kind: KindVersion, *, now: datetime
) -> tuple[Reason, ...]:
    """Every reason why this paper cannot be an order of this kind; none means that it can.

    The sources are those of the kind's own version, so that a changed law changes the answer.
    """
    found = list(_in_the_future(order, now))
    for check in _CHECKS:
        found.extend(check(order, kind))
    return tuple(dict.fromkeys(found))


def reasons_not_to_extend(
    order: OrderFacts, kind: KindVersion, *, until: date, authority: Authority, now: datetime
) -> tuple[Reason, ...]:
    """Why this order cannot be made to last until this day by this authority."""
    extended = msgspec.structs.replace(order, ends_on=until, authority=authority)
    checks = (_not_extendable(order, kind, until, now), _length(extended, kind))
    return tuple(reason for check in checks for reason in check) + tuple(_authority(extended, kind))


def reasons_not_to_follow(kind: KindVersion, before: KindCode) -> tuple[Reason, ...]:
    """Why an order of this kind cannot be the next in a history after one of that kind."""
    if before in kind.may_follow:
        return ()
    words = f"A {kind.short_name} does not follow from “{before}”"
    return (Reason("follows", words, kind.source),)


def by_field(reasons: Iterable[Reason]) -> dict[str, str]:
    """The reasons as a form shows them: one text per field, sources included."""
    texts: dict[str, list[str]] = {}
    for reason in reasons:
        texts.setdefault(reason.field, []).append(f"{reason}.")
    return {field: " ".join(words) for field, words in texts.items()}


def _in_the_future(order: OrderFacts, now: datetime) -> Iterator[Reason]:
    if order.made_on > london_date(now):
        yield Reason("made_on", f"{day_in_words(order.made_on)} has not come yet", ENTRY)
    for field, at in (("served_at", order.served_at), ("arrested_at", order.arrested_at)):
        if at and at > now:
            yield Reason(field, f"{moment_in_words(at)} has not come yet", ENTRY)


def _law_is_in_force(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    if kind.in_force is InForce.PLANNED:
        yield Reason("kind", f"{kind.name} is planned and not in force", kind.source)
    if order.made_on < kind.valid_from:
        words = f"{kind.short_name} in {kind.area} began on {day_in_words(kind.valid_from)}"
        yield Reason("made_on", words, kind.source)


def _person(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    if order.person_is_merged:
        yield Reason("person", "This record was merged: use the one that was kept", ENTRY)
    if kind.ages_from and order.age_when_made is not None and order.age_when_made < kind.ages_from:
        words = f"A {kind.short_name} is for people of {kind.ages_from} or over"
        yield Reason("person", words, kind.source)


def _authority(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    if order.authority not in kind.authorised_by:
        able = " or ".join(AUTHORITY_NAMES[authority] for authority in kind.authorised_by)
        yield Reason("authority", f"A {kind.short_name} is given by {able}", kind.source)


def _end(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    if order.ends_on and order.ends_on < order.made_on:
        yield Reason("ends_on", "The end is before the day that it was made", ENTRY)
    if order.ends_on is None and kind.ends is Ends.ON_A_DATE:
        yield Reason("ends_on", f"A {kind.short_name} ends on a date: give it", kind.source)
    if order.ends_on and kind.ends is Ends.AT_HEARING:
        words = f"A {kind.short_name} has no end date: it runs until the application is decided"
        yield Reason("ends_on", words, kind.source)


def _length(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    law = clock_law(kind, ClockStop.END)
    if law is None or order.ends_on is None:
        return
    started = order.arrested_at if law.runs_from is RunsFrom.ARREST else order.made_on
    if started is None:
        yield Reason("arrested_at", f"{kind.name} runs from the arrest: give it", law.source)
        return
    yield from reasons_end_not_allowed(
        kind, started=started, ends_on=order.ends_on, authority=order.authority
    )


def _service(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    if order.served_at and order.served_at < midnight(order.made_on):
        yield Reason("served_at", "It was served before the day that it was made", ENTRY)
    if order.arrested_at and london_date(order.arrested_at) > order.made_on:
        yield Reason("arrested_at", "The arrest is after the day that it was made", ENTRY)


def _hearing(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    """A hearing that is in time on either reading of a doubtful day is let through."""
    if order.hearing_at is None:
        return
    if order.hearing_at < (order.served_at or midnight(order.made_on)):
        before = "it was served" if order.served_at else "the day that it was made"
        yield Reason("hearing_at", f"The hearing is before {before}", ENTRY)
    law = clock_law(kind, ClockStop.HEARING)
    if law is None or order.served_at is None or london_date(order.served_at) < law.valid_from:
        return
    due = deadline(law, order.served_at)
    if order.hearing_at > (due.later_due_at or due.due_at):
        words = f"The hearing must be by {moment_in_words(due.due_at)}"
        yield Reason("hearing_at", f"{words}: {due.amount} hours from {law.runs_from}", law.source)


def _conditions(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    for number, condition in enumerate(order.conditions, start=1):
        field = f"condition_{number}"
        if condition.kind not in kind.conditions:
            words = f"A {kind.short_name} cannot carry “{condition.kind}”"
            yield Reason(field, words, kind.conditions_source)
        yield from _supervision(field, condition, kind)
        yield from _condition_dates(field, condition, order, kind)


def _supervision(field: str, condition: ConditionFacts, kind: KindVersion) -> Iterator[Reason]:
    """A requirement to do something names who supervises it; a tag has rules of its own."""
    supervised = condition.kind in REQUIREMENTS - {ConditionKind.TAG}
    if kind.names_responsible_person and supervised and not condition.responsible_person.strip():
        words = f"Name who is responsible for supervising “{condition.kind}”"
        yield Reason(field, words, kind.conditions_source)


def _condition_dates(
    field: str, condition: ConditionFacts, order: OrderFacts, kind: KindVersion
) -> Iterator[Reason]:
    ends_on = condition.ends_on or order.ends_on
    if condition.ends_on and order.ends_on and condition.ends_on > order.ends_on:
        yield Reason(field, f"“{condition.kind}” ends after the order does", ENTRY)
    if condition.kind is not ConditionKind.TAG or not kind.tag_months:
        return
    if ends_on is None or ends_on >= month_later(order.made_on, kind.tag_months)[0]:
        words = f"Electronic monitoring lasts {kind.tag_months} months at most: give an end"
        yield Reason(field, words, kind.conditions_source)


def _history(order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    if order.follows is not None:
        yield from reasons_not_to_follow(kind, order.follows)


def _not_extendable(
    order: OrderFacts, kind: KindVersion, until: date, now: datetime
) -> Iterator[Reason]:
    if not kind.can_be_extended:
        yield Reason("ends_on", f"A {kind.short_name} cannot be extended", kind.source)
    if order.ends_on is None:
        yield Reason("ends_on", "It has no end date to extend", ENTRY)
        return
    if until <= order.ends_on:
        words = f"An extension ends after {day_in_words(order.ends_on)}"
        yield Reason("ends_on", words, ENTRY)
    if order.ends_on < london_date(now):
        words = f"It ended on {day_in_words(order.ends_on)} and cannot be extended now"
        yield Reason("ends_on", words, kind.source)


_CHECKS: tuple[Callable[[OrderFacts, KindVersion], Iterator[Reason]], ...] = (
    _law_is_in_force,
    _person,
    _authority,
    _end,
    _length,
    _service,
    _hearing,
    _conditions,
    _history,
)
