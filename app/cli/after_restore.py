"""What a restore by other means leaves to be done: a point in time, a snapshot of the disk."""

import argparse
import asyncio
from pathlib import Path

import msgspec

from app.opening import opened_home
from app.running.backups.afterwards import SetRight, in_words, set_right
from app.running.backups.tombstones import list_beside
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Refused

SUMMARY = "After a restore by other means than ours: erase again whoever was erased since"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "directories",
        nargs="*",
        type=Path,
        metavar="DIR",
        help="where backups lie, with their lists of the erased; the home's own is always read",
    )
    parser.add_argument("--side", choices=[*Side, "all"], default="all")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    sides = tuple(Side) if args.side == "all" else (Side(args.side),)
    _refuse_missing(args.directories)
    done = asyncio.run(_set_right(settings, sides, args.directories))
    if args.json:
        print(msgspec.json.format(msgspec.json.encode({"set_right": done}), indent=2).decode())
    else:
        print("\n".join(f"{one.side:<9}{in_words(one)}" for one in done))
    return 1 if any(one.under_hold for one in done) else 0


def _refuse_missing(directories: list[Path]) -> None:
    """A mistyped place would be read as a list of nobody."""
    missing = [str(one) for one in directories if not one.is_dir()]
    if missing:
        raise Refused(*(f"{one} is not a directory." for one in missing))


async def _set_right(
    settings: Settings, sides: tuple[Side, ...], directories: list[Path]
) -> list[SetRight]:
    async with opened_home(settings, sides) as databases:
        return [
            await set_right(
                databases,
                side,
                [list_beside(directory, side) for directory in directories],
                now=SystemClock().now(),
            )
            for side in sides
        ]
