"""A new version of the law of a kind of order: what it changes, and when it cannot stand."""

from collections.abc import Iterable
from datetime import date

import msgspec

from programmes.common.wall_time import day_in_words
from programmes.orders.lengths import clock_law
from programmes.orders.rules import ENTRY
from programmes.orders.words import (
    Authority,
    Basis,
    BreachNature,
    ClockLaw,
    ClockStop,
    ConditionKind,
    InForce,
    KindCode,
    KindVersion,
    Reason,
    Tier,
)


class LawChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a new version says. `rank` is whose length changes, where it depends on one.

    `name` and `short_name` make a kind of its own, modelled on the other.
    """

    area: str
    valid_from: date
    source: str
    in_force: InForce
    breach: BreachNature
    breach_source: str
    conditions: tuple[ConditionKind, ...]
    can_be_extended: bool
    shortest: int | None = None
    longest: int | None = None
    rank: Authority | None = None
    name: str = ""
    short_name: str = ""


def reasons_no_version(
    change: LawChange, base: KindVersion, known: Iterable[KindVersion]
) -> tuple[Reason, ...]:
    """Why this cannot be the next version; a version that stands is never altered."""
    found = []
    code = code_of(change, base)
    versions = list(known)
    latest = [v for v in versions if (v.code, v.area) == (code, change.area)]
    if latest and change.valid_from <= (last := max(v.valid_from for v in latest)):
        words = f"The version in force there began on {day_in_words(last)}: begin after it"
        found.append(Reason("valid_from", words, ENTRY))
    if change.name and any(v.code == code for v in versions):
        found.append(Reason("name", "There is a kind of this name already", ENTRY))
    if change.name and not change.short_name:
        found.append(Reason("short_name", "Give the short name of the new kind", ENTRY))
    return (*found, *_length(change, base))


def next_version(change: LawChange, base: KindVersion, known: Iterable[KindVersion]) -> KindVersion:
    """The version that the change makes of the one that it is modelled on."""
    code = code_of(change, base)
    numbers = [v.number for v in known if (v.code, v.area) == (code, change.area)]
    return msgspec.structs.replace(
        base,
        code=code,
        number=max(numbers, default=0) + 1,
        area=change.area,
        valid_from=change.valid_from,
        name=change.name or base.name,
        short_name=change.short_name or base.short_name,
        source=change.source,
        basis=Basis.PRACTICE,
        in_force=change.in_force,
        breach=change.breach,
        breach_source=change.breach_source,
        conditions=change.conditions,
        can_be_extended=change.can_be_extended,
        clocks=tuple(_clock(law, change) for law in base.clocks),
    )


def code_of(change: LawChange, base: KindVersion) -> KindCode:
    if not change.name:
        return base.code
    words = "".join(c if c.isalnum() else " " for c in change.name.casefold()).split()
    return KindCode("-".join(words))


def _length(change: LawChange, base: KindVersion) -> list[Reason]:
    law = clock_law(base, ClockStop.END)
    if change.shortest is None and change.longest is None:
        return []
    if law is None:
        words = f"The law of {base.short_name} sets no length that could change"
        return [Reason("longest", words, base.source)]
    if change.shortest and change.longest and change.longest < change.shortest:
        return [Reason("longest", "The longest is shorter than the shortest", ENTRY)]
    if _ranks(law) and change.rank not in _ranks(law):
        return [Reason("rank", "Select whose limit changes", law.source)]
    return []


def _ranks(law: ClockLaw) -> set[Authority]:
    return {tier.authority for tier in law.tiers if tier.authority}


def _clock(law: ClockLaw, change: LawChange) -> ClockLaw:
    """The clock of the end takes the new length; the others stand."""
    if law.stops is not ClockStop.END or (change.shortest is None and change.longest is None):
        return law
    tiers = tuple(
        _tier(tier, change) if not _ranks(law) or tier.authority is change.rank else tier
        for tier in law.tiers
    )
    return msgspec.structs.replace(law, tiers=tiers)


def _tier(tier: Tier, change: LawChange) -> Tier:
    longest = change.longest or tier.longest
    usual = longest if tier.usual is not None and longest is not None else tier.usual
    return msgspec.structs.replace(
        tier,
        shortest=change.shortest or tier.shortest,
        longest=longest,
        usual=usual,
        source=change.source,
    )
