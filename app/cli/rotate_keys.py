"""Change the key under which the survivor side's data keys are wrapped."""

import argparse
import asyncio
import sys

import msgspec

from app.opening import opened_home
from app.safekeeping.key_rotation import Rotated, rotate_keys
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side

SUMMARY = "Change the key-encryption key: wrap every data key anew, destroy the old key"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--side", choices=[Side.SURVIVOR], default=Side.SURVIVOR)
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    done = asyncio.run(_run(settings))
    print(
        f"{done.key_name}: {done.rewrapped} data keys wrapped anew, {done.destroyed} old key "
        "destroyed. Backups made before need their own copy of the old one: back up now.",
        file=sys.stderr,
    )
    if args.json:
        print(msgspec.json.encode(done).decode())
    return 0


async def _run(settings: Settings) -> Rotated:
    async with opened_home(settings, (Side.SURVIVOR,)) as databases:
        return await rotate_keys(databases, now=SystemClock().now())
