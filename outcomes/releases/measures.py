"""The strategy's quarterly measures: who supplies each, and which are not held here."""

from datetime import date
from typing import Final

from msgspec import Struct

from outcomes.disclosure.periods import Span
from outcomes.disclosure.release import Release
from outcomes.disclosure.words import ReleasedTable
from outcomes.releases.answer_words import ALONE, Beside, at_most

NOT_HELD: Final = "Not held here"
"""What stands where a partner could supply a figure and none was entered."""


class Measure(Struct, frozen=True):
    """`supplier` is who could give it; `table` the code of our own table that answers it."""

    code: str
    name: str
    supplier: str
    table: str = ""


_POLICE = "West Yorkshire Police"
MEASURES: Final = (
    Measure("crimes", "Crimes and incidents reported, with risk", _POLICE),
    Measure(
        "contacts",
        "Contacts to support services and housing",
        "Support services and Leeds Housing Options",
    ),
    Measure("marac", "MARAC referrals", "MARAC co-ordination"),
    Measure("feedback", "Survivor feedback", "This service, as partners answered", "safety_themes"),
    Measure("arrests", "Domestic-abuse crimes that result in an arrest", _POLICE),
    Measure("orders", "Interventions: protection orders made", "This service", "orders"),
    Measure("notices", "Interventions: protection notices given (DVPN, DAPN)", _POLICE),
    Measure("clares-law", "Interventions: Clare's Law disclosures", _POLICE),
    Measure("child-present", "Incidents with a child present", _POLICE),
    Measure("social-work", "Referrals to children's social work", "Children's social work"),
    Measure("people", "Equality of people causing harm", "This service", "people_equality"),
    Measure("survivors", "Equality of survivors", "Survivor services"),
)


def measure(code: str) -> Measure:
    """Raises KeyError for a code that the strategy does not name."""
    return {one.code: one for one in MEASURES}[code]


def from_partners() -> tuple[Measure, ...]:
    """Those that somebody else must supply."""
    return tuple(one for one in MEASURES if not one.table)


class Answered(Struct, frozen=True):
    """One measure as the pack shows it: the figure, or why there is none, and who supplies it."""

    name: str
    figure: str
    supplier: str


def answered(release: Release, beside: Beside = ALONE) -> list[Answered]:
    """Every measure of the strategy, from frozen figures; what is told by year, from the year."""
    year = beside.year.figures if beside.year else None
    return [_answered(one, release, year) for one in MEASURES]


def _answered(one: Measure, release: Release, year: Release | None) -> Answered:
    said = [partner for partner in release.partners if partner.measure == one.code]
    if said:
        figures = "; ".join(f"{partner.what}: {partner.value}" for partner in said)
        sources = {f"{x.source}, supplied {_day(x.supplied_on)}" for x in said}
        return Answered(one.name, figures, "; ".join(sorted(sources)))
    if not one.table:
        return Answered(one.name, NOT_HELD, one.supplier)
    if table := release.by_code.get(one.table):
        return Answered(one.name, _own(table), one.supplier)
    if year and (table := year.by_code.get(one.table)):
        figure = f"{year.period.label}: {_total(table)}. See the figures for {year.period.label}."
        return Answered(one.name, figure, one.supplier)
    span = release.period.span
    is_elsewhere = span is Span.THREE_YEARS or (span is Span.QUARTER and one.table in _YEARLY)
    return Answered(one.name, TOLD_BY_YEAR if is_elsewhere else NOT_PUBLISHED, one.supplier)


def _own(table: ReleasedTable) -> str:
    if table.code == "orders":
        made = table.cell("orders_made")
        said = at_most("made") if made.value is None else f"{made.text} made"
        return f"{said}. See the annex for breaches and deadlines."
    return f"{_total(table)}. See the annex: {table.title}."


def _total(table: ReleasedTable) -> str:
    return f"{table.cell(*table.rows[-1][0]).text} {table.unit}"


NOT_PUBLISHED: Final = "No table could be published"
TOLD_BY_YEAR: Final = "Told by year: see the release of each year"
_YEARLY = ("safety_themes", "people_equality")


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
