"""Check that nobody changed, removed, inserted or cut off anything in the audit."""

import argparse
import asyncio
import sys

import msgspec

from app.opening import opened_home
from app.operator import as_operator
from app.running.anchors import Verdict, verify
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side

SUMMARY = "Check the audit of both sides, entry by entry"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--side", choices=[*Side, "all"], default="all")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    sides = tuple(Side) if args.side == "all" else (Side(args.side),)
    verdicts = asyncio.run(_verdicts(settings, sides))
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(verdicts), indent=2).decode())
    else:
        print("\n".join(_as_text(side, verdict) for side, verdict in verdicts.items()))
    return 1 if any(verdict.faults for verdict in verdicts.values()) else 0


async def _verdicts(settings: Settings, sides: tuple[Side, ...]) -> dict[Side, Verdict]:
    print("Opening the home …", file=sys.stderr, flush=True)
    now = SystemClock().now()
    found = {}
    async with opened_home(settings, sides) as databases:
        for side in sides:
            print(f"Checking the {side} side …", file=sys.stderr, flush=True)
            async with as_operator(databases, side, act="verify-audit", now=now) as actor:
                found[side] = await verify(settings.home, actor=actor)
    return found


def _as_text(side: Side, verdict: Verdict) -> str:
    if not verdict.faults:
        return f"{side}: {verdict.entries:,} entries, all in their places and unchanged."
    places = [
        f"  place {fault.position}: {fault.fault}" if fault.position else f"  {fault.fault}"
        for fault in verdict.faults
    ]
    return "\n".join([f"{side}: {len(places)} faults in {verdict.entries:,} entries:", *places])
