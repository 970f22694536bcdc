"""Bring both databases up to date."""

import argparse
import asyncio
import sys

from app.migration import migrate
from app.serving import embedded_server
from app.settings import Settings

SUMMARY = "Bring the tables, logins and policies of both databases up to date"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    embedded = embedded_server(settings)
    address = embedded.start() if embedded else None
    try:
        asyncio.run(migrate(settings, address))
    finally:
        if embedded:
            embedded.stop()
    print("Both databases are up to date.", file=sys.stderr)
    return 0
