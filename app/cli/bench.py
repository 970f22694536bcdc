"""bench: what the daily work takes, against the same work written by hand."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from app.bench.sizes import Size
from app.cli import BAD_USAGE, say_no
from app.settings import Settings
from programmes.common.clock import SystemClock, london_date
from programmes.common.errors import Refused

SUMMARY = "Measure the daily work against its limit, and how it grows"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
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
    parser.add_argument("--write", action="store_true", help="write docs/performance.md as well")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Seeds homes of its own below this one (`bench/SIZE`), and keeps them for the next run."""
    if not settings.is_demo or not settings.is_embedded:
        raise Refused("The bench works on invented people, never in production.")
    import msgspec

    from app.bench.jobs import JOBS
    from app.bench.page import as_markdown, as_text
    from app.bench.running import run_bench

    jobs = [job for job in JOBS if args.only in job.name]
    if not jobs:
        names = ", ".join(job.name for job in JOBS)
        none = f"No job has {args.only!r} in its name. There are: {names}."
        return say_no([none], BAD_USAGE, as_json=args.json)
    with asyncio.Runner(loop_factory=_loop_of_the_service()) as runner:
        found = runner.run(
            run_bench(
                settings.home,
                sizes_up_to(args.size or (Size.LEEDS if args.quick else Size.X10)),
                seconds_a_job=_QUICK_SECONDS if args.quick else _SECONDS,
                say=_say,
                jobs=jobs,
            )
        )
    if args.write:
        on = f"{london_date(SystemClock().now()):%d %B %Y}"
        PAGE.write_text(as_markdown(found, command=_command(args), measured_on=on))
    print(msgspec.json.encode(found).decode() if args.json else as_text(found))
    return 0


def _loop_of_the_service() -> Callable[[], asyncio.AbstractEventLoop] | None:
    import uvicorn

    return uvicorn.Config(app="").get_loop_factory()


def sizes_up_to(largest: Size) -> list[Size]:
    return [size for size in Size if size.times <= largest.times]


def _command(args: argparse.Namespace) -> str:
    quick = " --quick" if args.quick else ""
    return f"python3 run.py bench{f' --size {args.size}' if args.size else ''}{quick} --write"


def _say(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)
