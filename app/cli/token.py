"""Tokens of programs from the machine itself: listed, made, revoked."""

import argparse
import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app.cli import BAD_USAGE, say_no
from app.forms.tokens import ASK_FOR_TOKEN, AskForToken
from app.opening import opened_home
from app.operator import as_operator
from app.settings import Settings
from app.signing_in.asked_tokens import make_token
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import NotFound, Refused
from programmes.common.staff import Actor
from programmes.tokens.commands import revoke_token
from programmes.tokens.queries import tokens
from programmes.tokens.rules import state_of
from programmes.tokens.words import LONGEST_DAYS

SUMMARY = "List, create or revoke tokens with which programs ask the JSON interface"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["list", "create", "revoke"])
    parser.add_argument(
        "which", nargs="?", help="create: for whose account; revoke: the token's id"
    )
    parser.add_argument("--name", help="with create: which program it is for")
    parser.add_argument("--days", type=int, default=30, help=f"1 to {LONGEST_DAYS} (default: 30)")
    parser.add_argument("--may-write", action="store_true", help="without it, it may only read")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if (args.act == "list") == bool(args.which) or (args.act == "create" and not args.name):
        usage = "create EMAIL --name PROGRAM, revoke ID, or list."
        return say_no([usage], BAD_USAGE, as_json=args.json)
    document = asyncio.run(_do(args, settings))
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    else:
        print(_as_text(document))
    return 0


async def _do(args: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    now = SystemClock().now()
    async with (
        opened_home(settings, (Side.WORK,)) as databases,
        as_operator(databases, Side.WORK, act=f"{args.act}-tokens", now=now) as actor,
    ):
        if args.act == "list":
            return {"tokens": await _list(actor, now)}
        if args.act == "revoke":
            return {"revoked": await _revoke(args.which, actor, now)}
        return await _create(args, actor, now)


async def _create(args: argparse.Namespace, actor: Actor, now: datetime) -> dict[str, Any]:
    asked = ASK_FOR_TOKEN.checked(
        AskForToken(
            name=args.name,
            email=args.which,
            days=args.days,
            may_write="yes" if args.may_write else "no",
        )
    )
    made = await make_token(
        asked.email,
        name=asked.name,
        days=asked.days,
        may_write=args.may_write,
        actor=actor,
        now=now,
    )
    return {"id": made.id, "token": made.token, "expires_at": made.expires_at}


async def _revoke(text: str, actor: Actor, now: datetime) -> UUID:
    try:
        token_id = UUID(text)
        await revoke_token(token_id, actor=actor, now=now)
    except (ValueError, NotFound):
        raise Refused(f"{text!r} is not the id of a token: see token list.") from None
    return token_id


async def _list(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    return [
        {**msgspec.to_builtins(one), "state": state_of(one, now=now)} for one in await tokens(actor)
    ]


def _as_text(document: dict[str, Any]) -> str:
    if "tokens" in document:
        return "\n".join(
            f"{one['id']}  {one['state']:<8} {one['email']:<32} {one['name']}"
            for one in document["tokens"]
        )
    if "revoked" in document:
        return f"{document['revoked']} opens nothing any more."
    return (
        f"{document['token']}\nIt is shown this once. It ends on "
        f"{document['expires_at']:%d %B %Y}; revoke it with: token revoke {document['id']}"
    )
