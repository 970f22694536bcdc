"""Serve one side, or both on one machine."""

import argparse
import sys

from app.serving import embedded_server, refuse_taken_port, serve
from app.settings import Settings
from programmes.common.db import Side

SUMMARY = "Serve the pages and the JSON interface on 127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--side",
        choices=[*Side, "all"],
        default="all",
        help="which side's routes and logins this process has (default: all)",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    sides = tuple(Side) if args.side == "all" else (Side(args.side),)
    refuse_taken_port(settings.port)
    embedded = embedded_server(settings)
    address = embedded.start() if embedded else None
    try:
        serve(settings, address, sides, demo_emails={}, when_ready=lambda: _say(settings))
    finally:
        if embedded:
            embedded.stop()
    return 0


def _say(settings: Settings) -> None:
    print(f"Serving on http://127.0.0.1:{settings.port}/ (Ctrl-C stops it)", file=sys.stderr)
