"""The reports as plain text for a terminal: every rate with its denominator and interval."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from msgspec import UNSET

from app.present import long_date
from outcomes.reports.figures import (
    Completion,
    Denominator,
    ManagementReport,
    OrderFigures,
    Period,
    ProgrammeFigures,
    SurvivorReport,
)
from outcomes.reports.sentences import rate_in_words
from outcomes.reports.words import Rate

_OF = {
    Denominator.DUE_TO_FINISH: "of those due to finish",
    Denominator.STARTERS: "of those who started",
    Denominator.REFERRALS: "of referrals received",
}
_NOT_SUPPLIED = "  not supplied"
_WIDTH = 44


def management_as_text(report: ManagementReport) -> str:
    lines = [f"Management report, {_period(report.period)}", ""]
    for code, figures in report.programmes.items():
        lines += [code, *(_programme(figures) if figures else [_NOT_SUPPLIED]), ""]
    for kind, orders in report.orders.items():
        lines += [kind, *(_orders(orders) if orders else [_NOT_SUPPLIED]), ""]
    lines.append("Exact figures for use inside the service; this is not a release.")
    return "\n".join(lines)


def survivors_as_text(report: SurvivorReport) -> str:
    figures = report.survivors
    lines = [f"Survivor side's report, {_period(report.period)}", ""]
    lines += _table([("linked", figures.linked), ("consenting to contact", figures.consenting)])
    lines += _table((f"asked at {point}", count) for point, count in figures.check_ins.items())
    for theme, safety in figures.safety.items():
        lines.append(
            f"  {theme.replace('_', ' '):<{_WIDTH}}not known {safety.missing}; of "
            f"{safety.paired} paired: safer {safety.safer}, same {safety.same}, "
            f"less safe {safety.less_safe}"
        )
    lines += ["", "Exact figures for use inside the service; this is not a release."]
    return "\n".join(lines)


def _period(period: Period) -> str:
    last_on = period.until_on - timedelta(days=1)
    return f"{long_date(period.from_on)} to {long_date(last_on)}"


def _programme(figures: ProgrammeFigures) -> Iterator[str]:
    in_time = figures.completed_in_time
    rows = [
        ("referrals received", figures.referred),
        ("  found suitable", figures.suitable),
        ("  not decided yet", figures.waiting),
        ("people reached", figures.reached),
        ("started", figures.started),
        ("completed", figures.completed),
        *([] if in_time is UNSET else [("  by the caution's last day", in_time)]),
        ("children of those who completed", figures.children_of_completers),
    ]
    yield from _table(rows)
    for one in figures.completion:
        yield f"  {'completion ' + _OF[one.of]:<{_WIDTH}}{_rate(one)}"
    for reason, count in figures.not_suitable.items():
        yield f"  {'not suitable: ' + reason:<{_WIDTH}}{count}"


def _rate(one: Completion) -> str:
    said = rate_in_words(Rate(one.count, one.total, one.low, one.high))
    return f"{said}; {one.still_running} more still running" if one.still_running else said


def _orders(figures: OrderFigures) -> Iterator[str]:
    yield from _table(
        [
            ("made", figures.made),
            ("breach events recorded", figures.breach_events_recorded),
            ("orders with a breach recorded", figures.orders_with_breach_recorded),
            ("orders with a breach established", figures.orders_breach_established),
        ]
    )
    stages = ", ".join(f"{stage} {count}" for stage, count in figures.by_stage.items() if count)
    if stages:
        yield f"  {'events by stage':<{_WIDTH}}{stages}"


def _table(rows: Iterable[tuple[str, int]]) -> list[str]:
    return [f"  {name:<{_WIDTH}}{count:>6,}" for name, count in rows]
