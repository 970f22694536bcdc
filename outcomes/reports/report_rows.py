"""A management report as rows: what a page, a sheet and a list print, each with its meaning."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import UNSET, Struct, structs

from outcomes.reports.figures import (
    Completion,
    Denominator,
    ManagementReport,
    OrderFigures,
    ProgrammeFigures,
)
from outcomes.reports.rates import compare_counts
from outcomes.reports.sentences import count_change_in_words
from outcomes.reports.words import Rate

MEANING: Final = {
    "referred": "Referrals received in the period.",
    "suitable": "Of those, found suitable so far.",
    "waiting": "Of those, not decided yet.",
    "reached": "Different people who were there at least once in the period.",
    "started": "Different people who were there for the first time in the period.",
    "completed": "People who met their version's rule in a group that ended in the period.",
    "completed_in_time": "Of those, by the last day of their caution.",
    "children_of_completers": "Children of people who completed, each counted once.",
    "made": "Orders made in the period.",
    "breach_events_recorded": "Breaches that happened in the period; withdrawn ones are left out.",
    "orders_with_breach_recorded": "Orders with at least one such breach.",
    "orders_breach_established": "Orders with at least one breach admitted or proved.",
}
NAMES: Final = {
    "referred": "Referred",
    "suitable": "Found suitable",
    "waiting": "Not decided yet",
    "reached": "Reached",
    "started": "Started",
    "completed": "Completed",
    "completed_in_time": "Completed in time",
    "children_of_completers": "Children of those who completed",
    "made": "Made",
    "breach_events_recorded": "Breaches recorded",
    "orders_with_breach_recorded": "Orders with a breach recorded",
    "orders_breach_established": "Orders with a breach admitted or proved",
}
COMPLETION: Final = {
    Denominator.DUE_TO_FINISH: "Completed, of those due to finish",
    Denominator.STARTERS: "Completed, of those who started and whose group is over",
    Denominator.REFERRALS: "Completed, of referrals received",
}


class Row(Struct, frozen=True, kw_only=True):
    """`of`, `rate`, `low`, `high` only where the figure is part of a whole; shares 0 to 1.

    `before` is the same figure of the period before; `change` what may be said of the two.
    """

    code: str
    name: str
    number: int
    meaning: str
    of: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    before: int | None = None
    change: str = ""


class Section(Struct, frozen=True):
    """One programme or one kind of order. No rows: nothing of it was ever supplied."""

    code: str
    rows: tuple[Row, ...]
    completion: tuple[Row, ...] = ()
    reasons: tuple[Row, ...] = ()


def only_programme(report: ManagementReport, code: str) -> ManagementReport:
    """What a co-ordinator of one programme sees: no other programme, and no orders."""
    programmes = {key: figures for key, figures in report.programmes.items() if key == code}
    return structs.replace(report, programmes=programmes, orders={})


def programme_sections(report: ManagementReport, before: ManagementReport) -> tuple[Section, ...]:
    return tuple(
        _programme(code, figures, before.programmes.get(code))
        for code, figures in report.programmes.items()
    )


def order_sections(report: ManagementReport, before: ManagementReport) -> tuple[Section, ...]:
    return tuple(
        Section(code, tuple(_counts(figures, before.orders.get(code))) if figures else ())
        for code, figures in report.orders.items()
    )


def _programme(
    code: str, figures: ProgrammeFigures | None, before: ProgrammeFigures | None
) -> Section:
    if figures is None:
        return Section(code, ())
    return Section(
        code,
        tuple(_counts(figures, before)),
        tuple(_completion(one) for one in figures.completion),
        tuple(_reasons(figures.not_suitable)),
    )


def _counts(
    figures: ProgrammeFigures | OrderFigures, before: ProgrammeFigures | OrderFigures | None
) -> Iterator[Row]:
    for field in figures.__struct_fields__:
        number = getattr(figures, field)
        if field not in NAMES or number is UNSET:
            continue
        earlier = getattr(before, field) if before is not None else None
        earlier = earlier if isinstance(earlier, int) else None
        yield Row(
            code=field,
            name=NAMES[field],
            number=number,
            meaning=MEANING[field],
            before=earlier,
            change=""
            if earlier is None
            else count_change_in_words(compare_counts(earlier, number)),
        )


def _completion(one: Completion) -> Row:
    interval = "With Wilson's 95% interval." if one.total else ""
    more = f"{one.still_running} more are in groups that still run." if one.still_running else ""
    return Row(
        code=one.of,
        name=COMPLETION[one.of],
        number=one.count,
        of=one.total,
        rate=one.rate,
        low=one.low,
        high=one.high,
        meaning=f"{interval} {more}".strip(),
    )


def rate_of(row: Row) -> Rate:
    return Rate(row.number, row.of or 0, row.low, row.high)


def _reasons(reasons: Mapping[str, int]) -> Iterator[Row]:
    total = sum(reasons.values())
    for code, number in reasons.items():
        yield Row(
            code=code,
            name=code,
            number=number,
            of=total,
            meaning="Of the referrals found not suitable, by the reason that was coded.",
        )
