"""Compute, check and freeze a release; two managers then propose and publish it."""

import argparse
import asyncio
import json
import sys
from typing import Any

from app.opening import opened_home
from app.releasing import Computed, Releasing
from app.settings import Settings
from outcomes.disclosure.describe import describe
from outcomes.disclosure.periods import Period, Span, period
from outcomes.disclosure.words import Profile, ReleasedTable
from programmes.common.clock import SystemClock
from programmes.common.db import Side

SUMMARY = "Compute, check and freeze a release for the board"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--year", type=_year, metavar="2018", help="a calendar year")
    which.add_argument("--quarter", type=_quarter, metavar="2026Q3", help="a quarter")
    which.add_argument("--years", type=_years, metavar="2016-2018", help="three years together")
    parser.add_argument(
        "--profile",
        choices=[str(one) for one in Profile],
        default=str(Profile.PARTNERSHIP),
        help="who will read it (default: partnership)",
    )
    parser.add_argument(
        "--revise", action="store_true", help="correct a published release, once in a year"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _year(text: str) -> Period:
    return _of(text, Span.YEAR, "a year from 2000 to 2100, such as 2018")


def _quarter(text: str) -> Period:
    return _of(text, Span.QUARTER, "a quarter from 2000 to 2100, such as 2026Q3")


def _years(text: str) -> Period:
    return _of(text, Span.THREE_YEARS, "three years from 2000 to 2100, such as 2016-2018")


def _of(text: str, span: Span, called: str) -> Period:
    try:
        found = period(text.strip().upper())
    except ValueError:
        found = None
    if found is None or found.span is not span or not 2000 <= found.year <= 2100:
        raise argparse.ArgumentTypeError(f"{text!r} is not {called}")
    return found


def run(args: argparse.Namespace, settings: Settings) -> int:
    wanted: Period = args.year or args.quarter or args.years
    computed = asyncio.run(_release(args, wanted, settings))
    print(json.dumps(_as_json(computed), indent=2) if args.json else _as_text(computed))
    _say(_what_next(computed))
    return 0


async def _release(args: argparse.Namespace, wanted: Period, settings: Settings) -> Computed:
    async with opened_home(settings, (Side.SURVIVOR,)) as databases:
        releasing = Releasing(databases, SystemClock().now(), _say)
        return await releasing.run(wanted, Profile(args.profile), revise=args.revise)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _what_next(computed: Computed) -> str:
    if not computed.is_new:
        return "The same figures are frozen already; nothing was written."
    return "Frozen. One manager now proposes it under Published figures, another publishes it."


def _as_text(computed: Computed) -> str:
    figures = computed.figures
    lines = [f"{figures.period.label}, {figures.profile}, SHA-256 {figures.sha256.hex()}"]
    lines += [describe(table) for table in figures.tables]
    lines += [f"Withheld to protect people: {code}" for code in figures.withheld]
    lines += [f"Not held here: {code}" for code in computed.not_held]
    return "\n\n".join(lines)


def _as_json(computed: Computed) -> dict[str, Any]:
    figures = computed.figures
    return {
        "id": str(computed.release_id),
        "is_new": computed.is_new,
        "period": figures.period.code,
        "profile": figures.profile,
        "sha256": figures.sha256.hex(),
        "tables": {table.code: _cells(table) for table in figures.tables},
        "withheld": list(figures.withheld),
        "not_held": list(computed.not_held),
    }


def _cells(table: ReleasedTable) -> dict[str, int | str]:
    """Each figure by its categories, joined by a space."""
    return {
        " ".join(key): cell.text if cell.value is None else cell.value for key, cell in table.cells
    }
