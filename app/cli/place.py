"""place: proposes who goes where in a placement instance; writes nothing."""

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from app.cli import DONE, REFUSED, say_no
from app.settings import Settings
from programmes.common.errors import Refused
from scheduling.placement.proposals import propose
from scheduling.placement.reading import LARGEST_FILE, read_instance
from scheduling.placement.words import Answer, Instance

SUMMARY = "Propose who goes where, from a file that says who waits and what is open"
_STOPPED = 130
_LONGEST = 24 * 60 * 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--input", type=Path, required=True, metavar="FILE", help="the instance, one JSON object"
    )
    parser.add_argument(
        "--seconds",
        type=_seconds,
        default=60.0,
        metavar="N",
        help="stop solving after so long, with the best found and how far it may be off (60)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= _LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write seconds, above 0")
    return seconds


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Needs no database: everything is in the file."""
    try:
        instance = _instance_in(args.input)
        answer = propose(instance, seconds=args.seconds)
    except Refused as refused:
        return say_no(refused.reasons, REFUSED, as_json=args.json)
    except KeyboardInterrupt:
        return say_no(("Stopped before there was an answer.",), _STOPPED, as_json=args.json)
    if answer.note:
        print(answer.note, file=sys.stderr)
    print(_as_json(answer) if args.json else _as_text(answer, instance))
    return DONE


def _instance_in(path: Path) -> Instance:
    """Raises Refused; every reason begins with the file."""
    try:
        with path.open("rb") as file:
            return read_instance(file.read(LARGEST_FILE + 1))
    except OSError as problem:
        raise Refused(f"{path}: it cannot be read ({problem.strerror}).") from None
    except Refused as refused:
        raise Refused(*(f"{path}: {reason}" for reason in refused.reasons)) from None


def _as_json(answer: Answer) -> str:
    return json.dumps(
        {
            "placements": answer.placements,
            "objective": answer.objective,
            "bound": answer.bound,
            "proven": answer.proven,
            "seconds": answer.seconds,
            "not_placed": answer.not_placed,
        }
    )


def _as_text(answer: Answer, instance: Instance) -> str:
    members: dict[str, list[str]] = defaultdict(list)
    for person_id, cohort_id in answer.placements.items():
        members[cohort_id].append(person_id)
    groups = (
        f"{cohort.id} ({len(members[cohort.id])} of {cohort.capacity}): "
        + ", ".join(members[cohort.id])
        for cohort in instance.cohorts
        if cohort.id in members
    )
    waiting = (f"{person}: {' '.join(reasons)}" for person, reasons in answer.not_placed.items())
    return "\n".join(
        [
            f"{len(answer.placements)} placed, {len(answer.not_placed)} not placed. "
            f"{_how_good(answer)} Solved in {answer.seconds:.1f} s.",
            *_section("Cohorts that run", groups),
            *_section("Not placed", waiting),
        ]
    )


def _section(title: str, lines: Iterable[str]) -> list[str]:
    lines = [f"  {line}" for line in lines]
    return ["", title, *lines] if lines else []


def _how_good(answer: Answer) -> str:
    if answer.proven:
        return f"Worth {answer.objective:,}: proven, nothing is worth more."
    return f"Worth {answer.objective:,}: nothing can be worth more than {answer.bound:,}."
