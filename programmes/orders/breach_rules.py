"""What may be recorded as a breach, how it moves, what it may bring, and how breaches count."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from programmes.common.staff import Role
from programmes.common.wall_time import day_in_words, end_of_day, midnight, moment_in_words
from programmes.orders.moves import BREACH_MOVES, BreachMove
from programmes.orders.rules import ENTRY, OrderFacts
from programmes.orders.words import (
    ESTABLISHED,
    BreachNature,
    BreachStage,
    HeardBy,
    KindVersion,
    Reason,
    Sanction,
)

SAME_EVENT_WITHIN = timedelta(hours=12)
"""How near two entries may lie to be offered as one (common practice, editable)."""

_BEFORE_ANY_FINDING = frozenset(
    {Sanction.REMAND, Sanction.BAIL_WITHDRAWN, Sanction.WARNING, Sanction.NO_ACTION}
)


class BreachFacts(msgspec.Struct, frozen=True, kw_only=True):
    """When it is said to have happened, and when each step was taken."""

    occurred_at: datetime
    reported_at: datetime | None = None
    arrested_at: datetime | None = None
    court_at: datetime | None = None


class KnownBreach(msgspec.Struct, frozen=True, kw_only=True):
    """One breach of one order: two orders broken by one act are two of these, and one event."""

    event_id: UUID
    order_id: UUID
    occurred_at: datetime
    stage: BreachStage


class BreachCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Counts that answer different questions and are never added up or divided by each other."""

    recorded: int
    established: int
    events: int
    events_established: int
    orders: int
    orders_established: int


def reasons_not_recordable(
    breach: BreachFacts, order: OrderFacts, kind: KindVersion, *, now: datetime
) -> tuple[Reason, ...]:
    """Every reason why this cannot be recorded as a breach of this order."""
    return (
        *_not_binding(breach.occurred_at, order, kind),
        *_out_of_order(breach),
        *_in_the_future(breach, now),
    )


def reasons_not_to_move(
    before: BreachStage, after: BreachStage, *, kind: KindVersion, role: Role, reason: str
) -> tuple[str, ...]:
    """Every reason why a breach may not go from one stage to the next. Staying put is no move."""
    if before is after:
        return ()
    moves = [move for move in BREACH_MOVES if (move.before, move.after) == (before, after)]
    if not moves:
        return (f"A breach that is {before} cannot become {after}.",)
    able = next((move for move in moves if kind.heard_by in move.where), None)
    if able is None:
        return (f"{_who_hears(kind)} ({kind.breach_source}).",)
    return tuple(_not_by(able, role, reason))


def next_stages(before: BreachStage, *, kind: KindVersion, role: Role) -> tuple[BreachStage, ...]:
    """Where this role may take a breach of this kind of order from here, in the table's order."""
    able = (
        move.after
        for move in BREACH_MOVES
        if move.before is before and role in move.who and kind.heard_by in move.where
    )
    return tuple(dict.fromkeys(able))


def reasons_sanction_not_allowed(
    sanction: Sanction, *, stage: BreachStage, kind: KindVersion
) -> tuple[Reason, ...]:
    """Why this instrument cannot bring this sanction at this stage."""
    found = []
    if all(limit.sanction is not sanction for limit in kind.sanctions):
        able = ", ".join(limit.sanction for limit in kind.sanctions) or "nothing"
        words = f"Breach of a {kind.short_name} is {kind.breach}: it can bring {able}"
        found.append(Reason("sanction", words, kind.breach_source))
    if sanction not in _BEFORE_ANY_FINDING and stage not in ESTABLISHED:
        words = f"“{sanction}” needs a breach that was admitted or proved; this one is {stage}"
        found.append(Reason("sanction", words, kind.breach_source))
    return tuple(found)


def likely_same(
    occurred_at: datetime, known: Iterable[KnownBreach], *, within: timedelta = SAME_EVENT_WITHIN
) -> tuple[KnownBreach, ...]:
    """Breaches of the same person near this moment, nearest first, to be offered as a match."""

    def distance(breach: KnownBreach) -> timedelta:
        return abs(breach.occurred_at - occurred_at)

    near = (breach for breach in known if distance(breach) <= within)
    return tuple(sorted(near, key=lambda breach: (distance(breach), breach.event_id)))


def breach_counts(breaches: Iterable[KnownBreach]) -> BreachCounts:
    """Recorded and established, as breaches, as events and as orders.

    What was withdrawn is no record of a breach, here as in every report; alleged is never counted
    as established. Source: the field's own rule, and the Leeds figure
    of 13 breaches beside 49 orders, which is no rate.
    """
    every = [breach for breach in breaches if breach.stage is not BreachStage.WITHDRAWN]
    established = [breach for breach in every if breach.stage in ESTABLISHED]
    return BreachCounts(
        recorded=len(every),
        established=len(established),
        events=len({breach.event_id for breach in every}),
        events_established=len({breach.event_id for breach in established}),
        orders=len({breach.order_id for breach in every}),
        orders_established=len({breach.order_id for breach in established}),
    )


def _not_binding(occurred_at: datetime, order: OrderFacts, kind: KindVersion) -> Iterator[Reason]:
    if kind.breach is BreachNature.NONE:
        words = f"{kind.name} carries no conditions, so nothing in it can be breached"
        yield Reason("order", words, kind.breach_source)
    if occurred_at < midnight(order.made_on):
        words = f"The order was made on {day_in_words(order.made_on)}, after this"
        yield Reason("occurred_at", words, ENTRY)
    elif order.served_at and occurred_at < order.served_at:
        words = f"It was served at {moment_in_words(order.served_at)}, after this"
        yield Reason("occurred_at", words, ENTRY)
    if order.ends_on and occurred_at >= end_of_day(order.ends_on):
        words = f"The order ended on {day_in_words(order.ends_on)}, before this"
        yield Reason("occurred_at", words, ENTRY)


def _out_of_order(breach: BreachFacts) -> Iterator[Reason]:
    if breach.reported_at and breach.reported_at < breach.occurred_at:
        yield Reason("reported_at", "It was reported before it happened", ENTRY)
    if breach.arrested_at and breach.arrested_at < breach.occurred_at:
        yield Reason("arrested_at", "The arrest is before the breach", ENTRY)
    if breach.court_at and breach.court_at < (breach.arrested_at or breach.occurred_at):
        earlier = "arrest" if breach.arrested_at else "breach"
        yield Reason("court_at", f"The court is before the {earlier}", ENTRY)


def _in_the_future(breach: BreachFacts, now: datetime) -> Iterator[Reason]:
    for field in ("occurred_at", "reported_at", "arrested_at"):
        at: datetime | None = getattr(breach, field)
        if at and at > now:
            yield Reason(field, f"{moment_in_words(at)} has not come yet", ENTRY)


def _who_hears(kind: KindVersion) -> str:
    match kind.heard_by:
        case HeardBy.COURT:
            return f"Breach of a {kind.short_name} is decided by a court: take it there first"
        case HeardBy.ISSUER:
            return f"Breach of a {kind.short_name} is decided by {HeardBy.ISSUER}, not by a court"
        case HeardBy.NOBODY:
            return f"Breach of a {kind.short_name} is {kind.breach}: nobody finds it proved"


def _not_by(move: BreachMove, role: Role, reason: str) -> Iterator[str]:
    if role not in move.who:
        yield f"Your role cannot change a breach from {move.before} to {move.after}."
    if move.needs_reason and not reason.strip():
        yield f"Give the reason for changing it from {move.before} to {move.after}."
