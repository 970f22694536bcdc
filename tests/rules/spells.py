"""People told one by one, for the curves that the product makes of counts."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from outcomes.reports.survival import curve_of_counts
from outcomes.reports.words import Curve


class Spell(NamedTuple):
    """How long somebody was watched, and whether the event ended it (else they are censored)."""

    length: int
    event: bool


def curve_of(spells: Iterable[Spell]) -> Curve:
    return curve_of_counts(Counter((spell.length, spell.event) for spell in spells))
