"""Restore the newest backup of each side into a home that holds nothing yet."""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

import msgspec

from app.databases import open_databases
from app.embedded import Address
from app.migration import create_databases, create_roles, migrate_if_changed
from app.opening import started_server
from app.running.backups.afterwards import in_words, set_right
from app.running.backups.keys import identities
from app.running.backups.restoring import Restored, newest_backup, restore_side
from app.running.backups.tombstones import list_beside
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side

SUMMARY = "Restore the newest backups of a directory into an empty home, and prove it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, metavar="DIR")
    parser.add_argument("--side", choices=[*Side, "all"], default="all")
    parser.add_argument(
        "--identity",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="holds the key of one side (AGE-SECRET-KEY-1…); may be given twice",
    )
    parser.add_argument(
        "--create-roles",
        metavar="ADDRESS",
        help="an outside server: first make databases and logins, as this superuser",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    sides = tuple(Side) if args.side == "all" else (Side(args.side),)
    restored = asyncio.run(_restore(args, settings, sides))
    if args.json:
        document: Any = {"restored": restored}
        print(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    else:
        print("\n".join(_as_text(one) for one in restored))
    return 0


async def _restore(
    args: argparse.Namespace, settings: Settings, sides: tuple[Side, ...]
) -> list[Restored]:
    directory = args.directory.resolve()
    backups = [newest_backup(directory, side) for side in sides]
    keys = identities(settings.home, sides, args.identity)
    async with started_server(settings) as server:
        await _make_databases(args, settings, server)
        restored = []
        for backup in backups:
            print(f"Restoring {backup[0].name} …", file=sys.stderr, flush=True)
            restored.append(await restore_side(settings, server, backup, keys))
        if server is not None and set(sides) == set(Side):
            await migrate_if_changed(settings, server)
        return [await _set_right(settings, server, one, directory) for one in restored]


async def _make_databases(
    args: argparse.Namespace, settings: Settings, server: Address | None
) -> None:
    if server is not None:
        await create_databases(settings, server)
    elif args.create_roles:
        await create_roles(settings, args.create_roles)


async def _set_right(
    settings: Settings, server: Address | None, one: Restored, directory: Path
) -> Restored:
    lists, now = [list_beside(directory, one.side)], SystemClock().now()
    async with open_databases(settings, server, (one.side,)) as databases:
        done = await set_right(databases, one.side, lists, now=now)
    return msgspec.structs.replace(one, set_right=done)


def _as_text(one: Restored) -> str:
    return (
        f"{one.side:<9}{one.rows:,} rows in {one.tables} tables as of "
        f"{one.made_at:%d %B %Y, %H:%M} UTC, every count and checksum, grant and policy the "
        f"same. {in_words(one.set_right) if one.set_right else ''}"
    )
