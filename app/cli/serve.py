"""Serve one side, or both on one machine, with as many processes as are asked for."""

import argparse
import asyncio
import sys

from app.embedded import Address
from app.migration import migrate_if_changed
from app.running.apart import refuse_what_opens_too_much
from app.running.figures import fresh_directory
from app.running.logs import log_as_json
from app.running.serving import LOOPBACK, Inherited, embedded_server, refuse_taken_port, serve
from app.running.watch_server import watched
from app.running.workers import Workers, open_port
from app.settings import Settings
from programmes.common.db import Side

SUMMARY = "Serve the pages and the JSON interface on 127.0.0.1"
MOST_WORKERS = 64


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--side",
        choices=[*Side, "all"],
        default="all",
        help="which side's routes and logins this process has (default: all)",
    )
    parser.add_argument(
        "--workers",
        type=_workers,
        default=1,
        metavar="N",
        help="processes on the one port; one for each processor is right (default: 1)",
    )
    parser.add_argument(
        "--log", choices=["requests", "faults"], default="requests", help="default: requests"
    )
    parser.add_argument("--as-worker", type=Inherited.read, help=argparse.SUPPRESS)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"write a number from 1 to {MOST_WORKERS}")
    return int(text)


def run(args: argparse.Namespace, settings: Settings) -> int:
    sides = tuple(Side) if args.side == "all" else (Side(args.side),)
    log_as_json(requests=args.log == "requests")
    if args.as_worker is None:
        refuse_taken_port(settings.port)
        fresh_directory(settings.home)
    embedded = embedded_server(settings)
    address = embedded.start() if embedded else None
    try:
        if address is not None and args.as_worker is None:
            asyncio.run(migrate_if_changed(settings, address))
        if len(sides) == 1:
            asyncio.run(refuse_what_opens_too_much(settings, address, sides[0]))
        with watched(None if args.as_worker else embedded, address):
            _answer(args, settings, address, sides)
    finally:
        if embedded:
            embedded.stop()
    return 0


def _answer(
    args: argparse.Namespace, settings: Settings, address: Address | None, sides: tuple[Side, ...]
) -> None:
    if args.workers > 1 and args.as_worker is None:
        _supervise(args, settings)
        return
    serve(
        settings,
        address,
        sides,
        demo_emails={},
        when_ready=lambda: _say(settings),
        inherited=args.as_worker,
        counts_answers=True,
    )


def _supervise(args: argparse.Namespace, settings: Settings) -> None:
    with open_port(LOOPBACK, settings.port) as listener:
        _say(settings)
        Workers(listener, ["--side", args.side, "--log", args.log], args.workers).run()


def _say(settings: Settings) -> None:
    print(f"Serving on http://127.0.0.1:{settings.port}/ (Ctrl-C stops it)", file=sys.stderr)
