"""What the bare command does: database, tables, the demonstration in an empty home, pages."""

import argparse
import asyncio
import sys

from app.databases import open_databases
from app.demo.accounts import first_of_each_role, read_demo_accounts
from app.demo.unfinished import refuse_unfinished
from app.embedded import Address, EmbeddedServer
from app.embedded.locks import exclusive, is_held
from app.migration import migrate_if_changed
from app.running.serving import embedded_server, refuse_taken_port, serve, started_while_loading
from app.settings import Settings
from app.web.roles import NAMES
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Refused

SUMMARY = "Set up, load the demonstration into an empty home, and serve it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: this is what a newcomer runs."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    if not settings.is_demo:
        raise Refused("The bare command is the demonstration. In production: run.py serve")
    refuse_taken_port(settings.port)
    embedded = embedded_server(settings) or EmbeddedServer(settings.home)
    _progress("Starting the database")
    address = started_while_loading(embedded)
    try:
        asyncio.run(_prepare(settings, address))
        emails = first_of_each_role()
        serve(
            settings,
            address,
            tuple(Side),
            demo_emails=emails,
            when_ready=lambda: _welcome(settings),
        )
    finally:
        embedded.stop()
    return 0


async def _prepare(settings: Settings, address: Address) -> None:
    """One start at a time: what another is loading is waited for."""
    lock = settings.home / "demo.lock"
    if is_held(lock):
        _progress("Waiting for another start, which is loading the demonstration")
    with exclusive(lock):
        _progress("Checking the tables")
        await migrate_if_changed(settings, address)
        await _fill_if_empty(settings, address)


async def _fill_if_empty(settings: Settings, address: Address) -> None:
    refuse_unfinished(settings.home)
    if (settings.home / "demo-accounts.json").exists():
        return
    from app.demo import loading

    now = SystemClock().now()
    async with open_databases(settings, address) as databases:
        if await loading.home_is_empty(databases, now=now):
            _progress("Loading the demonstration")
            await loading.load_demo(databases, now=now)
        elif not await loading.somebody_may_sign_in(databases):
            _progress("Making accounts to sign in with; the people in this home stay as they are")
            await loading.load_accounts(databases, now=now)


def _welcome(settings: Settings) -> None:
    print(f"\n  Waymark is at  http://127.0.0.1:{settings.port}/", file=sys.stderr)
    print("  Press a role on the sign-in page, or sign in as:\n", file=sys.stderr)
    try:
        accounts = read_demo_accounts(settings)
    except Refused:
        print("    an account of this home: python3 run.py user list\n", file=sys.stderr)
        return
    for account in accounts:
        print(f"    {NAMES[account.role]:<26} {account.email}", file=sys.stderr)
    print(f"\n  Password: {accounts[0].password}", file=sys.stderr)
    print("  Six-digit code: python3 run.py code EMAIL", file=sys.stderr)
    print("  Ctrl-C stops everything.\n", file=sys.stderr)


def _progress(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)
