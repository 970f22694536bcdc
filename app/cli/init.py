"""Begin a new installation: its first people, its keys, a test mail, and the sheets to print."""

import argparse
import asyncio
import sys
import tempfile
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import msgspec

from app.cli import BAD_USAGE, say_no
from app.forms.accounts import MAKE_ACCOUNT, MakeAccount
from app.opening import opened_home
from app.outbox.senders import SmtpSender
from app.running.first_people import (
    Newcomer,
    Sheet,
    as_printed,
    begin_side,
    refuse_where_people_are,
)
from app.safekeeping.private_files import make_private_directory, write_private
from app.settings import Settings
from outcomes.messages.sending_commands import MayHaveGone, NotSent
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Role

SUMMARY = "Production: first administrator and survivor lead, keys, test mail, recovery sheets"
_PERSON = '"Name <address>"'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--side", choices=[*Side, "all"], default="all")
    parser.add_argument("--administrator", required=True, metavar=_PERSON, type=_person)
    parser.add_argument(
        "--survivor-lead", metavar=_PERSON, type=_person, help="where the survivor side is begun"
    )
    parser.add_argument("--sheets", type=Path, metavar="DIR", help="write the sheets here")
    parser.add_argument("--without-mail", action="store_true", help="send no test mail")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _person(text: str) -> tuple[str, str]:
    name, email = parseaddr(text)
    try:
        one = MAKE_ACCOUNT.checked(MakeAccount(name=name, email=email, role=Role.ADMINISTRATOR))
    except Invalid:
        raise argparse.ArgumentTypeError(f"{text!r}: write it as {_PERSON}") from None
    return one.name, one.email


def run(args: argparse.Namespace, settings: Settings) -> int:
    sides = tuple(Side) if args.side == "all" else (Side(args.side),)
    if Side.SURVIVOR in sides and not args.survivor_lead:
        missing = f"The survivor side needs --survivor-lead {_PERSON}."
        return say_no([missing], BAD_USAGE, as_json=args.json)
    if args.sheets:
        _refuse_where_no_sheet_can_be(args.sheets)
    sheets = asyncio.run(_begin(args, settings, sides))
    if args.sheets:
        _write(args.sheets, sheets)
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(_document(sheets)), indent=2).decode())
    elif not args.sheets:
        print("\f".join(as_printed(sheet) for sheet in sheets))
    return 0


async def _begin(
    args: argparse.Namespace, settings: Settings, sides: tuple[Side, ...]
) -> list[Sheet]:
    now = SystemClock().now()
    async with opened_home(settings, sides) as databases:
        await refuse_where_people_are(databases)
        if not args.without_mail:
            await _try_mail(settings, args.administrator[1])
        return [
            await begin_side(databases, side, _newcomers(args, side), now=now) for side in sides
        ]


def _newcomers(args: argparse.Namespace, side: Side) -> tuple[Newcomer, ...]:
    name, email = args.administrator
    found = [Newcomer(name, email, Role.ADMINISTRATOR)]
    if side is Side.SURVIVOR:
        name, email = args.survivor_lead
        found.append(Newcomer(name, email, Role.SURVIVOR_LEAD))
    return tuple(found)


async def _try_mail(settings: Settings, address: str) -> None:
    """Before anything is made. Raises Refused where the mail server does not take it."""
    if settings.mail is None:
        raise Refused("Set SMTP_HOST and SMTP_FROM so that mail can go out, or say --without-mail.")
    words = "This is a test. Mail from the service reaches you."
    sender, message_id = SmtpSender(settings.mail), new_id(SystemClock().now())
    try:
        await sender.send(message_id, address, "Test", words)
    except (NotSent, MayHaveGone) as trouble:
        raise Refused(f"The test mail did not go: {trouble}. Nothing was made.") from None
    print(f"A test mail went to {address}.", file=sys.stderr)


def _refuse_where_no_sheet_can_be(directory: Path) -> None:
    """Before anything is made: what stands on a sheet is nowhere else."""
    try:
        make_private_directory(directory)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as trouble:
        raise Refused(
            f"The sheets cannot be written to {directory}: {trouble.strerror}. Nothing was made."
        ) from None


def _write(directory: Path, sheets: list[Sheet]) -> None:
    for sheet in sheets:
        path = directory / f"waymark-{sheet.side}-recovery.txt"
        write_private(path, as_printed(sheet).encode())
        print(f"Print and delete {path}", file=sys.stderr)


def _document(sheets: list[Sheet]) -> dict[str, Any]:
    return {
        "sheets": [
            {
                "side": sheet.side,
                "backup_identity": sheet.backup_identity,
                "people": [
                    {
                        "email": first.email,
                        "role": one.role,
                        "password": first.password,
                        "totp_secret": first.totp_secret,
                    }
                    for one, first in sheet.people
                ],
            }
            for sheet in sheets
        ]
    }
