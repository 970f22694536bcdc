"""seed: an invented service of a size, in an empty home of the demonstration."""

import argparse
import asyncio
import sys
import time

from app.bench.sizes import Size
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.errors import Refused

SUMMARY = "Fill an empty home with ten invented years of a city, ten cities or a country"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", choices=list(Size), type=Size, default=Size.LEEDS)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if not settings.is_demo or not settings.is_embedded:
        raise Refused("Invented people are for a home with its own database, never for production.")
    from app.bench.seeding import seed
    from app.databases import open_databases
    from app.embedded import EmbeddedServer
    from app.migration import migrate_if_changed

    async def fill() -> None:
        await migrate_if_changed(settings, server)
        async with open_databases(settings, server) as databases:
            await seed(databases, server, args.size, now=SystemClock().now())

    started = time.perf_counter()
    with EmbeddedServer(settings.home) as embedded:
        server = embedded.start()
        asyncio.run(fill())
    print(
        f"{args.size.people:,} people in {args.size.groups:,} groups, "
        f"in {time.perf_counter() - started:.0f} s. Serve them: python3 run.py",
        file=sys.stderr,
    )
    return 0
