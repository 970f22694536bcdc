"""How an order that stands may change: extended, varied, ended early, refused, reopened."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from programmes.common.clock import london_date
from programmes.common.staff import Role
from programmes.common.wall_time import day_in_words
from programmes.orders.moves import ORDER_MOVES
from programmes.orders.rules import ENTRY, OrderFacts, reasons_not_to_extend
from programmes.orders.words import (
    BINDING,
    Authority,
    ClockStop,
    Ends,
    KindVersion,
    OrderStatus,
    Reason,
)


class ChangeKind(StrEnum):
    """What may be done to an order that stands. Being replaced follows from its successor."""

    EXTENDED = "extended"
    VARIED = "varied"
    DISCHARGED = "discharged"
    REFUSED = "refused"
    NOTIFIED = "notified"
    REOPENED = "reopened"


STATUS_AFTER = {
    ChangeKind.VARIED: OrderStatus.VARIED,
    ChangeKind.DISCHARGED: OrderStatus.DISCHARGED,
    ChangeKind.REFUSED: OrderStatus.REFUSED,
    ChangeKind.REOPENED: OrderStatus.LIVE,
}
ENDING = frozenset({ChangeKind.DISCHARGED, ChangeKind.REFUSED})


class ChangeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One change as the paper says it; `ends_on` is the new last day of an extension."""

    what: ChangeKind
    effective_on: date
    ends_on: date | None = None
    authority: Authority | None = None
    reason: str = ""
    changes_conditions: bool = False


def reasons_not_to_change(
    change: ChangeFacts,
    order: OrderFacts,
    kind: KindVersion,
    *,
    status: OrderStatus,
    role: Role,
    now: datetime,
) -> tuple[Reason, ...]:
    """Every reason why this order cannot be changed so, beside its field."""
    found = [*_moves(change, status, role), *_dates(change, order, now)]
    if change.what is ChangeKind.EXTENDED:
        found += _extension(change, order, kind, now)
    if change.what is ChangeKind.REFUSED and kind.ends is not Ends.AT_HEARING:
        words = f"A {kind.short_name} is not refused at a hearing: it is ended early"
        found.append(Reason("what", words, kind.source))
    if change.what is ChangeKind.NOTIFIED and not _is_notified(kind):
        words = f"A {kind.short_name} asks nobody to notify an address"
        found.append(Reason("what", words, kind.source))
    if change.what is ChangeKind.VARIED and not change.changes_conditions:
        found.append(Reason("drop", "Say which condition was dropped or added", ENTRY))
    return tuple(found)


def changes_open_to(kind: KindVersion, status: OrderStatus, role: Role) -> tuple[ChangeKind, ...]:
    """What this role may do to an order of this kind that stands so."""
    return tuple(
        what for what in ChangeKind if _belongs(what, kind) and _is_open(what, status, role)
    )


def _is_open(what: ChangeKind, status: OrderStatus, role: Role) -> bool:
    if what is ChangeKind.REOPENED:
        return status not in BINDING and _may_move(status, OrderStatus.LIVE, role)
    after = STATUS_AFTER.get(what, status)
    return status in BINDING and (after is status or _may_move(status, after, role))


def _belongs(what: ChangeKind, kind: KindVersion) -> bool:
    match what:
        case ChangeKind.EXTENDED:
            return kind.can_be_extended
        case ChangeKind.REFUSED:
            return kind.ends is Ends.AT_HEARING
        case ChangeKind.NOTIFIED:
            return _is_notified(kind)
        case _:
            return True


def _is_notified(kind: KindVersion) -> bool:
    return any(law.stops is ClockStop.NOTIFICATION for law in kind.clocks)


def _may_move(before: OrderStatus, after: OrderStatus, role: Role) -> bool:
    return any(
        (move.before, move.after) == (before, after) and role in move.who for move in ORDER_MOVES
    )


def _moves(change: ChangeFacts, status: OrderStatus, role: Role) -> list[Reason]:
    after = STATUS_AFTER.get(change.what, status)
    wrong = (change.what is ChangeKind.REOPENED) is (status in BINDING)
    if wrong:
        return [Reason("what", f"An order that is {status} cannot be {change.what}", ENTRY)]
    if after is status:
        return _reason_owed(change) if change.what is ChangeKind.VARIED else []
    move = next((m for m in ORDER_MOVES if (m.before, m.after) == (status, after)), None)
    if move is None:
        return [Reason("what", f"An order that is {status} cannot be {change.what}", ENTRY)]
    if role not in move.who:
        return [Reason("what", "Your role cannot change an order so", ENTRY)]
    return _reason_owed(change) if move.needs_reason else []


def _reason_owed(change: ChangeFacts) -> list[Reason]:
    if change.reason.strip():
        return []
    return [Reason("reason", "Give the reason, as the paper says it", ENTRY)]


def _dates(change: ChangeFacts, order: OrderFacts, now: datetime) -> list[Reason]:
    found = []
    if change.effective_on < order.made_on:
        words = f"The order was made on {day_in_words(order.made_on)}, after this"
        found.append(Reason("effective_on", words, ENTRY))
    if change.effective_on > london_date(now):
        words = f"{day_in_words(change.effective_on)} has not come yet"
        found.append(Reason("effective_on", words, ENTRY))
    if change.what in ENDING and order.ends_on and change.effective_on > order.ends_on:
        words = f"It ended by itself on {day_in_words(order.ends_on)}"
        found.append(Reason("effective_on", words, ENTRY))
    return found


def _extension(
    change: ChangeFacts, order: OrderFacts, kind: KindVersion, now: datetime
) -> list[Reason]:
    if change.ends_on is None:
        return [Reason("ends_on", "Give the new last day", ENTRY)]
    authority = change.authority or order.authority
    return list(
        reasons_not_to_extend(order, kind, until=change.ends_on, authority=authority, now=now)
    )
