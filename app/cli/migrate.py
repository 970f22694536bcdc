"""Bring both databases up to date."""

import argparse
import asyncio
import sys

from app.migration import create_roles, migrate
from app.serving import embedded_server
from app.settings import Settings

SUMMARY = "Bring the tables, logins and policies of both databases up to date"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--create-roles",
        metavar="ADDRESS",
        help="first make the databases and logins, as the superuser at this address",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.create_roles:
        asyncio.run(create_roles(settings, args.create_roles))
    embedded = embedded_server(settings)
    address = embedded.start() if embedded else None
    try:
        asyncio.run(migrate(settings, address))
    finally:
        if embedded:
            embedded.stop()
    print("Both databases are up to date.", file=sys.stderr)
    return 0
