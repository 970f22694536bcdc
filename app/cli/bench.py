"""bench: what the daily work takes, against the same work written by hand."""

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from app.bench.sizes import Size
from app.settings import Settings
from programmes.common.errors import Refused

if TYPE_CHECKING:
    from app.bench.running import Bench

SUMMARY = "Measure the daily work against its limit, and how it grows"
_QUICK_SECONDS, _SECONDS = 1.0, 6.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--size",
        choices=list(Size),
        type=Size,
        help="the largest size; the smaller ones are measured beside it (x10; with --quick leeds)",
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds, within 50 seconds")
    parser.add_argument("--only", default="", metavar="WORDS", help="jobs with this in their name")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Seeds homes of its own below this one (`bench/SIZE`), and keeps them for the next run."""
    if not settings.is_demo or not settings.is_embedded:
        raise Refused("The bench works on invented people, never in production.")
    import msgspec

    from app.bench.jobs import JOBS
    from app.bench.running import run_bench

    found = asyncio.run(
        run_bench(
            settings.home,
            sizes_up_to(args.size or (Size.LEEDS if args.quick else Size.X10)),
            seconds_a_job=_QUICK_SECONDS if args.quick else _SECONDS,
            say=_say,
            jobs=[job for job in JOBS if args.only in job.name],
        )
    )
    print(msgspec.json.encode(found).decode() if args.json else as_text(found))
    return 0


def sizes_up_to(largest: Size) -> list[Size]:
    return [size for size in Size if size.times <= largest.times]


def as_text(found: "Bench") -> str:
    lines = [f"{'job':<44} {'ratio':>6} {'target':>6} {'ours ms':>9} {'limit ms':>9} {'growth':>7}"]
    for one in found.jobs:
        growth = "" if one.exponent is None else f"{one.exponent:.2f}"
        lines.append(
            f"{one.job:<44} {one.ratio:>6.2f} {one.target:>6.2f} {one.ours_ms:>9.2f} "
            f"{one.limit_ms:>9.2f} {growth:>7}"
        )
    return "\n".join(lines)


def _say(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)
