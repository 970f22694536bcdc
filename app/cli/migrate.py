"""Bring both databases up to date."""

import argparse
import asyncio
import sys

from app.migration import create_roles, migrate, migrate_side
from app.running.serving import embedded_server
from app.settings import Settings
from programmes.common.db import Side

SUMMARY = "Bring the tables, logins and policies of both databases up to date"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--create-roles",
        metavar="ADDRESS",
        help="first make the databases and logins, as the superuser at this address",
    )
    parser.add_argument(
        "--side",
        choices=[*Side, "all"],
        default="all",
        help="the side whose migrator's address this machine has (default: all)",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.create_roles:
        asyncio.run(create_roles(settings, args.create_roles))
    embedded = embedded_server(settings)
    address = embedded.start() if embedded else None
    try:
        if args.side == "all" or address is not None:
            asyncio.run(migrate(settings, address))
        else:
            asyncio.run(migrate_side(settings, address, Side(args.side)))
    finally:
        if embedded:
            embedded.stop()
    which = "Both databases are" if args.side == "all" else f"The {args.side} database is"
    print(f"{which} up to date.", file=sys.stderr)
    return 0
