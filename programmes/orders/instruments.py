"""Every instrument that is held at the start, and which version of its law a day and area have."""

from collections.abc import Iterable
from datetime import date

from programmes.common.errors import Refused
from programmes.common.wall_time import day_in_words
from programmes.orders.civil_kinds import CIVIL_KINDS
from programmes.orders.criminal_kinds import CRIMINAL_KINDS
from programmes.orders.words import ENGLAND_AND_WALES, InForce, KindCode, KindVersion

INSTRUMENTS: tuple[KindVersion, ...] = (*CIVIL_KINDS, *CRIMINAL_KINDS)


def kind_in_force(
    versions: Iterable[KindVersion], code: KindCode, *, area: str, on: date
) -> KindVersion:
    """The version of an instrument's law for an order made in this area on this day.

    `area` is where it was made, which need not be where he lives now. The area's own law goes
    before the nation's. Raises Refused, with the areas that have it, where no law was in force.
    """
    of_kind = [version for version in versions if version.code == code]
    able = [
        version
        for version in of_kind
        if version.valid_from <= on
        and version.in_force is InForce.YES
        and version.area in (area, ENGLAND_AND_WALES)
    ]
    if not able:
        raise Refused(_none_in_force(of_kind, code, area, on))
    return max(able, key=lambda law: (law.area == area, law.valid_from, law.number))


def _none_in_force(of_kind: list[KindVersion], code: KindCode, area: str, on: date) -> str:
    if not of_kind:
        return f"No instrument is called {code}."
    name = of_kind[0].short_name
    held = [
        f"{version.area} from {day_in_words(version.valid_from)}"
        for version in of_kind
        if version.in_force is InForce.YES
    ]
    where = "; ".join(held) or "not in force anywhere yet"
    return (
        f"No law of {name} is held for {area} on {day_in_words(on)} ({where}). Enter it under "
        f"the area whose court or police made it ({of_kind[0].source})."
    )
