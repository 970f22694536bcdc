"""From counted values to the further tables of the management report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil

from outcomes.reports.cost_rules import Cost, days_covered, pounds_in
from outcomes.reports.detail_words import FigureTable, Value
from outcomes.reports.figures import ManagementReport, Period
from outcomes.reports.need_queries import Queue, Unmet
from outcomes.reports.people_queries import Children, Described
from outcomes.reports.progress_queries import Ending, Lengths, Wait
from outcomes.reports.quality_queries import Missing
from outcomes.reports.rates import cost_each
from outcomes.reports.survival import curve_of_counts
from outcomes.reports.words import Curve
from programmes.common.per_cent import per_cent
from programmes.referrals.words import REASON_WORDS, ReasonCode

DIMENSIONS = {
    "age": "Age at the end of the period",
    "sex": "Sex",
    "ethnic_group": "Ethnic group, as they gave it",
    "first_language": "First language",
    "interpreter": "Interpreter needed",
}


def drop_out_table(code: str, lengths: Lengths) -> FigureTable:
    curve = curve_of_counts(lengths)
    return FigureTable(
        code="drop-out",
        about=code,
        title="Drop-out by session",
        headings=("After session", "Watched", "Left", "Censored", "Still coming, %", "From", "To"),
        rows=tuple(
            (
                f"{point.at}",
                point.at_risk,
                point.events,
                point.censored,
                _percent(point.share),
                _percent(point.low),
                _percent(point.high),
            )
            for point in curve.points
            if point.at or point.events or point.censored
        ),
        said=_drop_out_said(curve),
    )


def _drop_out_said(curve: Curve) -> str:
    """The curve's end in a sentence: who left, and who did not for all we know."""
    if not curve.points:
        return "There was no start, so there is no curve."
    last = curve.points[-1]
    others = curve.people - curve.events
    return (
        f"Of {curve.people:,} starts, {curve.events:,} ended before completion; in {others:,} "
        f"the person completed, stayed to the end, still comes, moved, died, or the order ended. "
        f"An estimated {per_cent(last.share)} ({100 * last.low:.1f}–{100 * last.high:.1f}) "
        f"still came after session {last.at}."
    )


def waits_table(found: Iterable[Wait], names: Mapping[str, str]) -> FigureTable:
    return FigureTable(
        code="waits",
        title="Wait from referral to first session, in days",
        headings=("Programme", "Half by", "A quarter by", "Three quarters by", "Longest", "Starts"),
        rows=tuple(
            (
                names.get(one.code, one.code),
                one.median,
                one.quarter,
                one.three_quarters,
                one.longest,
                one.people,
            )
            for one in found
        ),
    )


def endings_tables(found: Iterable[Ending]) -> Iterator[FigureTable]:
    for code, group in groupby(found, key=lambda one: one.code):
        rows = tuple((_sentence(one.reason), one.people) for one in group)
        yield FigureTable(
            code="endings",
            about=code,
            title="Why places ended early",
            headings=("Reason", "Places"),
            rows=(*rows, ("All", sum(people for _reason, people in rows))),
        )


def queue_table(found: Iterable[Queue], period: Period, names: Mapping[str, str]) -> FigureTable:
    weeks = (period.until_on - period.from_on).days / 7
    return FigureTable(
        code="queue",
        title="Queue, capacity and projected wait",
        headings=(
            "Programme",
            "Waiting",
            "Longest wait so far, days",
            "Places given",
            "Places ahead",
            "Of them taken",
            "Projected wait of the last, weeks",
        ),
        rows=tuple(
            (
                names.get(one.code, one.code),
                one.waiting,
                one.longest_days,
                one.given,
                one.places,
                one.taken,
                projected_weeks(one.waiting, given=one.given, weeks=weeks),
            )
            for one in found
        ),
    )


def projected_weeks(waiting: int, *, given: int, weeks: float) -> Value:
    """How long the last in the queue waits if places are given at the pace of the period."""
    if not waiting:
        return 0
    return ceil(waiting * weeks / given) if given else "No place was given"


def unmet_table(found: Sequence[Unmet]) -> FigureTable:
    return FigureTable(
        code="unmet-need",
        title="Unmet need: people found not suitable, by reason",
        headings=("Reason", "People", "Referrals", "Which kind"),
        rows=tuple(
            (
                REASON_WORDS[ReasonCode(one.reason)],
                one.people,
                one.referrals,
                "Need that no programme here meets" if one.is_unmet else "Another reason",
            )
            for one in found
        ),
    )


def people_tables(found: Iterable[Described]) -> Iterator[FigureTable]:
    by_dimension = {one: [row for row in found if row.dimension == one] for one in DIMENSIONS}
    for dimension, rows in by_dimension.items():
        if rows:
            yield FigureTable(
                code="people",
                title=DIMENSIONS[dimension],
                headings=("Answer", "Referred", "Reached", "Completed"),
                rows=tuple(
                    (_sentence(one.answer), one.referred, one.reached, one.completed)
                    for one in rows
                ),
            )


def children_table(found: Iterable[Children]) -> FigureTable:
    return FigureTable(
        code="children",
        title="Children, each counted once",
        headings=("Of people who were", "Children"),
        rows=tuple((_sentence(one.step), one.children) for one in found),
    )


def quality_table(found: Iterable[Missing]) -> FigureTable:
    return FigureTable(
        code="quality",
        title="What is missing, by field and age of the record",
        headings=(
            "Field",
            "Missing",
            "Of",
            "Missing, %",
            "Under 4 weeks",
            "4 to under 12 weeks",
            "12 weeks and more",
            "Oldest, days",
        ),
        rows=tuple(
            (
                _sentence(one.field),
                one.missing,
                one.of,
                _percent(one.missing / one.of),
                one.under_4_weeks,
                one.weeks_4_to_12,
                one.over_12_weeks,
                one.oldest_days,
            )
            for one in found
        ),
    )


def costs_table(
    costs: Sequence[Cost], report: ManagementReport, names: Mapping[str, str]
) -> FigureTable:
    """One row for each programme of which anything is held."""
    period = report.period
    days = (period.until_on - period.from_on).days
    rows: list[tuple[Value, ...]] = []
    for code, figures in report.programmes.items():
        if figures is None:
            continue
        own = [cost for cost in costs if cost.programme == code]
        pounds = pounds_in(own, period)
        rows.append(
            (
                names.get(code, code),
                _rounded(pounds) if pounds is not None else "Not entered",
                figures.completed,
                _rounded(cost_each(pounds, figures.completed)) if pounds is not None else None,
                _rounded(cost_each(pounds, figures.started)) if pounds is not None else None,
                days - days_covered(own, period),
            )
        )
    return FigureTable(
        code="costs",
        title="Cost of each completion, in pounds",
        headings=(
            "Programme",
            "Spent, £",
            "Completed",
            "Each completion, £",
            "Each start, £",
            "Days without a cost",
        ),
        rows=tuple(rows),
    )


def _rounded(pounds: float | None) -> int | None:
    return None if pounds is None else round(pounds)


def _percent(share: float) -> float:
    return round(100 * share, 1)


def _sentence(code: str) -> str:
    plain = code.replace("-", " ")
    return plain[:1].upper() + plain[1:]
