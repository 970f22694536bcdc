"""The year's report: of the programme side for managers, or of the survivor side for its lead."""

import argparse
import asyncio
import sys
from typing import Any

import msgspec

from app.documents.printed_report import management_as_text, survivors_as_text
from app.opening import opened_home
from app.operator import as_operator
from app.settings import Settings
from outcomes.reports.asked_rules import asked_period
from outcomes.reports.figures import ManagementReport, Period, SurvivorReport, year
from programmes.common.clock import SystemClock
from programmes.common.db import Side

SUMMARY = "Print the management report, or the survivor side's, of a period"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--year", type=_year, help="such as 2018", metavar="2018")
    which.add_argument(
        "--period", type=_period, metavar="2018Q3", help='a quarter, or "2018-03-01 to 2018-06-30"'
    )
    parser.add_argument("--side", type=Side, choices=list(Side), default=Side.WORK)
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _year(text: str) -> Period:
    if not (text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year from 2000 to 2100")
    return year(int(text))


def _period(text: str) -> Period:
    found = asked_period(text)
    if found is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a year, a quarter or two days, the earlier one first: "
            '2018, 2018Q3 or "2018-03-01 to 2018-06-30"'
        )
    return found.days


def run(args: argparse.Namespace, settings: Settings) -> int:
    report = asyncio.run(_report(settings, args.side, args.year or args.period))
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(_document(report)), indent=2).decode())
    elif isinstance(report, ManagementReport):
        print(management_as_text(report))
    else:
        print(survivors_as_text(report))
    return 0


async def _report(
    settings: Settings, side: Side, period: Period
) -> ManagementReport | SurvivorReport:
    """Reads one side's database, signed in as that side's operator."""
    print("Opening the home …", file=sys.stderr, flush=True)
    now = SystemClock().now()
    async with (
        opened_home(settings, (side,)) as databases,
        as_operator(databases, side, act="report", now=now) as actor,
    ):
        if side is Side.SURVIVOR:
            from outcomes.reports.safety import survivor_report

            return await survivor_report(period, actor=actor)
        from outcomes.reports.management import management_report

        return await management_report(period, actor=actor)


def _document(report: ManagementReport | SurvivorReport) -> Any:
    """The survivor side's has the one member that its readers know."""
    if isinstance(report, SurvivorReport):
        return {"survivors": report.survivors}
    return report
