"""Orders that bind one person at the same time and may ask for things that cannot both be done."""

from collections.abc import Iterable, Iterator

import msgspec

from programmes.orders.words import ConditionKind


class HeldCondition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition of one order, by its kind and the times that it holds; never its wording."""

    order_reference: str
    kind: ConditionKind
    from_time: str | None = None
    until_time: str | None = None


_STAY_AWAY = frozenset(
    {ConditionKind.LEAVE_PREMISES, ConditionKind.EXCLUSION_ZONE, ConditionKind.NAMED_PREMISES}
)
_BE_SOMEWHERE = frozenset({ConditionKind.REPORTING, ConditionKind.PROGRAMME_ATTENDANCE})
_LIVE_SOMEWHERE = frozenset({ConditionKind.RESIDENCE, ConditionKind.CURFEW})


def possible_conflicts(
    mine: Iterable[HeldCondition], others: Iterable[HeldCondition]
) -> tuple[str, ...]:
    """In words, each pair that somebody must compare by its wording; common practice, no section.

    Kinds and times alone cannot show that two places are one, so nothing here is certain.
    """
    theirs = list(others)
    found = [words for one in mine for other in theirs for words in _pair(one, other)]
    return tuple(dict.fromkeys(found))


def _pair(one: HeldCondition, other: HeldCondition) -> Iterator[str]:
    for first, second in ((one, other), (other, one)):
        if first.kind in _LIVE_SOMEWHERE and second.kind in _STAY_AWAY:
            yield (
                f"“{first.kind}” in {first.order_reference} and “{second.kind}” in "
                f"{second.order_reference}: make sure that they do not mean the same place."
            )
        if first.kind is ConditionKind.CURFEW and second.kind in _BE_SOMEWHERE:
            yield (
                f"“{second.kind}” in {second.order_reference} must not fall within the curfew of "
                f"{first.order_reference}{_times(first)}."
            )
    if one.kind is other.kind is ConditionKind.CURFEW and _differ(one, other):
        yield (
            f"The curfews of {one.order_reference}{_times(one)} and "
            f"{other.order_reference}{_times(other)} differ: both bind."
        )
    if one.kind is other.kind is ConditionKind.RESIDENCE:
        yield (
            f"{one.order_reference} and {other.order_reference} both say where to live: make "
            "sure that it is one address."
        )


def _differ(one: HeldCondition, other: HeldCondition) -> bool:
    return (one.from_time, one.until_time) != (other.from_time, other.until_time)


def _times(condition: HeldCondition) -> str:
    if condition.from_time is None or condition.until_time is None:
        return ""
    return f" ({condition.from_time} to {condition.until_time})"
