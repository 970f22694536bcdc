"""List, make, close and reset accounts from the machine itself; the audit names who ran it."""

import argparse
import asyncio
from datetime import datetime
from typing import Any

import msgspec

from app.cli import BAD_USAGE, say_no
from app.databases import Databases
from app.forms.accounts import MAKE_ACCOUNT, MakeAccount
from app.opening import opened_home
from app.operator import as_operator
from app.settings import Settings
from app.signing_in.accounts import FirstSignIn, give_new_sign_in, new_account
from programmes.common.accounts import (
    AccountRow,
    account_by_email,
    accounts,
    change_account,
    create_account,
)
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.common.staff import PEOPLE_ROLES, Actor, Role, sides_of
from programmes.people.team_commands import TEAM_OF_ROLE, join_team

SUMMARY = "List, create, disable, enable or reset accounts (the first password is printed once)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["list", "create", "disable", "enable", "reset"])
    parser.add_argument("email", nargs="?", help="whose account; not with list")
    parser.add_argument("--name", help="with create: first and last name")
    parser.add_argument("--role", type=Role, choices=PEOPLE_ROLES, help="with create")
    parser.add_argument("--side", type=Side, choices=list(Side), help="where it is not plain")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    misused = _misused(args)
    if misused:
        return say_no([misused], BAD_USAGE, as_json=args.json)
    document = asyncio.run(_do(args, settings))
    print(
        msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
        if args.json
        else _as_text(document)
    )
    return 0


def _misused(args: argparse.Namespace) -> str:
    if args.act == "list":
        return "list takes no address." if args.email else ""
    if not args.email:
        return f"{args.act} needs the e-mail address of the account."
    if args.act == "create" and not (args.name and args.role):
        return "create needs --name and --role."
    return ""


async def _do(args: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    now = SystemClock().now()
    sides = (_side_of(args),) if args.side or args.act == "create" else tuple(Side)
    async with opened_home(settings, sides) as databases:
        if args.act == "list":
            return {"accounts": await _list(databases, sides, now)}
        if args.act == "create":
            return {"first_sign_in": _told(await _create(databases, args, sides[0], now))}
        for side in sides:
            async with as_operator(databases, side, act=f"{args.act}-account", now=now) as actor:
                found = await account_by_email(args.email)
                if found is not None and found.role is not Role.OPERATOR:
                    return await _change(args.act, found, settings, actor)
    raise Refused(f"There is no account {args.email}.")


def _side_of(args: argparse.Namespace) -> Side:
    """Raises Refused where the role may have its account on either side."""
    if args.side:
        return Side(args.side)
    sides = sides_of(args.role)
    if len(sides) > 1:
        raise Refused(f"An {args.role} has an account on each side: say --side work or survivor.")
    return next(iter(sides))


async def _list(
    databases: Databases, sides: tuple[Side, ...], now: datetime
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for side in sides:
        async with as_operator(databases, side, act="list-accounts", now=now) as actor:
            found += [{"side": side, **msgspec.to_builtins(one)} for one in await accounts(actor)]
    return found


async def _create(
    databases: Databases, args: argparse.Namespace, side: Side, now: datetime
) -> FirstSignIn:
    wanted = MAKE_ACCOUNT.checked(MakeAccount(name=args.name, email=args.email, role=args.role))
    new, first = new_account(
        databases.settings.home,
        side,
        name=wanted.name,
        email=wanted.email,
        role=wanted.role,
        now=now,
    )
    async with as_operator(databases, side, act="create-account", now=now) as actor:
        await create_account(new, actor=actor, now=now)
        if args.role in TEAM_OF_ROLE:
            await join_team(new.id, TEAM_OF_ROLE[args.role], actor=actor, now=now)
    return first


async def _change(act: str, found: AccountRow, settings: Settings, actor: Actor) -> dict[str, Any]:
    if act == "reset":
        return {"first_sign_in": _told(await give_new_sign_in(settings.home, found, actor=actor))}
    await change_account(
        found.id,
        role=found.role,
        is_active=act == "enable",
        version=found.version,
        actor=actor,
    )
    return {"account": found.email, "side": actor.side, "is_active": act == "enable"}


def _told(first: FirstSignIn) -> dict[str, str]:
    return {
        "name": first.name,
        "email": first.email,
        "password": first.password,
        "totp_secret": first.totp_secret,
    }


def _as_text(document: dict[str, Any]) -> str:
    if "accounts" in document:
        return "\n".join(
            f"{one['side']:<9}{one['role']:<18}{'' if one['is_active'] else 'closed':<8}"
            f"{one['email']:<40}{one['name']}"
            for one in document["accounts"]
        )
    if "first_sign_in" in document:
        first = document["first_sign_in"]
        return (
            f"{first['name']} signs in as {first['email']}\n"
            f"  password            {first['password']}\n"
            f"  authenticator key   {first['totp_secret']}\n"
            "Hand both over in person. They are not shown again."
        )
    state = "may sign in" if document["is_active"] else "is closed, and signed out everywhere"
    return f"{document['account']} on the {document['side']} side {state}."
