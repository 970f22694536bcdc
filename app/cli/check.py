"""Say what is misconfigured here, and how to mend it. Changes nothing."""

import argparse
import asyncio
import sys

import msgspec

from app.embedded.postgres import has_records
from app.running.check_databases import check_addresses, check_logins
from app.running.check_home import check_home
from app.running.check_provider import check_provider
from app.running.findings import Finding, as_text, fault, has_faults
from app.running.serving import embedded_server
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side

SUMMARY = "Say what is misconfigured and how to mend it (exit code 1: something is)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--side", choices=[*Side, "all"], default="all")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    sides = tuple(Side) if args.side == "all" else (Side(args.side),)
    found = [*check_home(settings, sides, now=SystemClock().now())]
    found += check_addresses(settings, sides)
    found += asyncio.run(check_provider(settings, sides, now=SystemClock().now()))
    if has_records(settings.home) or (settings.home.is_dir() and not settings.is_embedded):
        found += asyncio.run(_databases(settings, sides))
    elif settings.home.is_dir():
        says = f"Nothing was ever started in {settings.home}."
        found.append(fault("home", says, "Run: python3 run.py, or set APP_HOME to where it is."))
    if args.json:
        print(msgspec.json.format(msgspec.json.encode({"findings": found}), indent=2).decode())
    else:
        print(as_text(found))
    _say_how_many(found)
    return 1 if has_faults(found) else 0


async def _databases(settings: Settings, sides: tuple[Side, ...]) -> list[Finding]:
    embedded = embedded_server(settings)
    server = embedded.start() if embedded else None
    try:
        clock = SystemClock()
        return [one async for one in check_logins(settings, server, sides, clock=clock)]
    finally:
        if embedded:
            embedded.stop()


def _say_how_many(found: list[Finding]) -> None:
    wrong = sum(one.level == "fault" for one in found)
    print(f"{wrong} to mend." if wrong else "Nothing to mend.", file=sys.stderr)
