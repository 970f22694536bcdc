"""Import workbooks: the plan, or with --apply the whole of it."""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from app.cli import BAD_USAGE, say_no
from app.importing import Books, Importing, Outcome
from app.opening import opened_home
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.errors import DomainError
from programmes.common.workbooks.words import RowError

SUMMARY = "Plan, and with --apply do, the import of workbooks"
_COLUMNS = ("new", "changed", "same", "refused")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", nargs="?", type=Path, metavar="BOOK", help="a programme book")
    parser.add_argument(
        "--survivors",
        type=Path,
        metavar="BOOK",
        help="a survivor book; beside a programme book only on a machine that serves both sides",
    )
    parser.add_argument("--apply", action="store_true", help="write it (default: only plan)")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.book is None and args.survivors is None:
        missing = "Name a programme book, or --survivors with a survivor book."
        return say_no([missing], BAD_USAGE, as_json=args.json)
    try:
        outcome = asyncio.run(_import(args, settings))
    except DomainError as refusal:
        outcome = Outcome(errors=[RowError(None, None, None, refusal.message)])
    _say_findings("Look at", outcome.warnings)
    print(_as_json(outcome) if args.json else _as_text(outcome))
    _say_findings("Put right", outcome.errors)
    print(_what_was_written(outcome), file=sys.stderr)
    return 1 if outcome.errors else 0


def _what_was_written(outcome: Outcome) -> str:
    if outcome.applied:
        return "Written."
    if outcome.written:
        return "The programme side was written, the survivor side was not: put right and run again."
    more = "" if outcome.errors else " This is the plan: --apply writes it."
    return f"Nothing was written.{more}"


async def _import(args: argparse.Namespace, settings: Settings) -> Outcome:
    books = Books(args.book, args.survivors)
    _progress("Opening the home")
    async with opened_home(settings, books.sides) as databases:
        now = SystemClock().now()
        importing = Importing(databases, books, now=now, say=_progress)
        return await (importing.run() if args.apply else importing.plan())


def _progress(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)


def _as_json(outcome: Outcome) -> str:
    return json.dumps(
        {
            "plan": outcome.plan,
            "errors": [error.as_json() for error in outcome.errors],
            "applied": outcome.applied,
        },
        indent=2,
    )


def _as_text(outcome: Outcome) -> str:
    heading = f"{'Sheet':<12}" + "".join(f"{name:>9}" for name in _COLUMNS)
    lines = [
        f"{sheet:<12}" + "".join(f"{counts[name]:>9}" for name in _COLUMNS)
        for sheet, counts in outcome.plan.items()
    ]
    return "\n".join([heading, *lines])


def _say_findings(what: str, findings: list[RowError]) -> None:
    if findings:
        print(f"\n{what}:", file=sys.stderr)
    for finding in findings:
        print(f"  {_place(finding)}{finding.message}", file=sys.stderr)


def _place(finding: RowError) -> str:
    parts = [
        finding.sheet or "",
        f"row {finding.row}" if finding.row is not None else "",
        finding.column or "",
        f"({finding.cell})" if finding.cell else "",
    ]
    place = " ".join(part for part in parts if part)
    return f"{place}: " if place else ""
