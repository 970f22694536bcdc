"""Back up each side into a directory, sealed with a key that is kept elsewhere."""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

import msgspec

from app.cli import BAD_USAGE, say_no
from app.embedded.postgres import has_records
from app.opening import started_server
from app.running.backups.keys import new_backup_key
from app.running.backups.making import make_backup
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Refused

SUMMARY = "Back up both databases and their keys, encrypted (each side on its own)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--side", choices=[*Side, "all"], default="all")
    parser.add_argument(
        "--new-key", action="store_true", help="make a backup key for each side and print it once"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    sides = tuple(Side) if args.side == "all" else (Side(args.side),)
    if args.new_key == bool(args.directory):
        return say_no(["backup DIR, or backup --new-key."], BAD_USAGE, as_json=args.json)
    if args.new_key:
        document: Any = {"identities": _new_keys(settings, sides)}
    else:
        document = {"backups": asyncio.run(_backup(settings, sides, args.directory.resolve()))}
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    else:
        print(_as_text(document))
    return 0


def _new_keys(settings: Settings, sides: tuple[Side, ...]) -> dict[str, str]:
    print("Keep these away from this machine; they are not shown again.", file=sys.stderr)
    return {side: new_backup_key(settings.home, side).identity for side in sides}


async def _backup(
    settings: Settings, sides: tuple[Side, ...], directory: Path
) -> list[dict[str, Any]]:
    if settings.is_embedded and not has_records(settings.home):
        raise Refused(f"There is nothing to back up: nothing was ever started in {settings.home}.")
    made = []
    async with started_server(settings) as server:
        for side in sides:
            print(f"Backing up the {side} side …", file=sys.stderr, flush=True)
            now = SystemClock().now()
            one = await make_backup(settings, server, side, directory, now=now)
            made.append(msgspec.to_builtins(one))
    return made


def _as_text(document: Any) -> str:
    if "identities" in document:
        return "\n".join(f"{side:<9}{key}" for side, key in document["identities"].items())
    return "\n".join(
        f"{one['side']:<9}{one['rows']:>9,} rows, {one['size'] / 1024:,.0f} KB: {one['file']}"
        for one in document["backups"]
    )
