"""Erase whoever's time is over on the programme side, or one person on request."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

import msgspec

from app.cli import BAD_USAGE, say_no
from app.databases import Databases
from app.opening import opened_home
from app.operator import as_operator
from app.settings import Settings
from outcomes.subject_access.erasure_commands import (
    KEPT_YEARS,
    DuePerson,
    erase_person,
    people_past_retention,
)
from programmes.common.clock import SystemClock, london_date
from programmes.common.db import Side, fetch_value
from programmes.common.errors import Refused

SUMMARY = "Say who has been kept longer than allowed; with --apply erase them, unless held"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help="erase; without it, only say who")
    parser.add_argument("--person", metavar="REFERENCE", help="one person, whatever their age")
    parser.add_argument("--reason", help="why this person is erased; stands in the audit")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.person and not (args.apply and args.reason):
        missing = "Erasing one person needs --apply and a --reason."
        return say_no([missing], BAD_USAGE, as_json=args.json)
    found = asyncio.run(_run(args, settings))
    for one in found:
        state = "held" if one.is_held else "erased" if args.apply else "due"
        print(f"{one.reference}: {state}, nothing since {one.last_on:%d/%m/%Y}", file=sys.stderr)
    print(f"{len(found)} found.", file=sys.stderr)
    if args.json:
        print(msgspec.json.encode(found).decode())
    return 0


async def _run(args: argparse.Namespace, settings: Settings) -> Sequence[DuePerson]:
    async with opened_home(settings, (Side.WORK,)) as databases:
        if args.person:
            return await _one(databases, args.person, args.reason)
        return await _due(databases, applies=args.apply)


async def _due(databases: Databases, *, applies: bool) -> Sequence[DuePerson]:
    now = SystemClock().now()
    async with as_operator(databases, Side.WORK, act="retention", now=now) as actor:
        found = await people_past_retention(actor, today=london_date(now))
        for one in found if applies else ():
            if not one.is_held:
                reason = f"kept for {KEPT_YEARS} years after the last thing that happened"
                await erase_person(one.id, reason=reason, actor=actor)
    return found


async def _one(databases: Databases, reference: str, reason: str) -> Sequence[DuePerson]:
    now = SystemClock().now()
    async with as_operator(databases, Side.WORK, act="erase-person", now=now) as actor:
        person_id = await fetch_value("SELECT id FROM person WHERE reference = $1", reference)
        if person_id is None:
            raise Refused(f"Nobody has the reference {reference}.")
        await erase_person(person_id, reason=reason, actor=actor)
    return [DuePerson(person_id, reference, london_date(now), False)]
