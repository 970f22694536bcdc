"""The command line's own identity: a short sign-in as the operator, named in the audit."""

import getpass
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from app.databases import Databases
from app.signing_in.tokens import Token, new_token
from app.web.request_transaction import enter
from programmes.common.audit import name_act
from programmes.common.db import Side, execute, fetch_value, insert
from programmes.common.errors import Refused
from programmes.common.ids import new_id
from programmes.common.security.policies import Logins
from programmes.common.staff import Actor
from programmes.common.tables import SignIn

LONGEST_COMMAND = timedelta(hours=2)
Acting = Callable[[str], AbstractAsyncContextManager[Actor]]
"""Opens a transaction as the operator, for the act of this name."""


def operator_email(side: Side) -> str:
    return f"operator@{side}.invalid"


@asynccontextmanager
async def as_operator(
    databases: Databases, side: Side, *, act: str, now: datetime
) -> AsyncIterator[Actor]:
    """One transaction on one side, done as the operator and committed at the end."""
    async with operator_sign_in(databases, side, now=now) as acting, acting(act) as actor:
        yield actor


@asynccontextmanager
async def operator_sign_in(
    databases: Databases, side: Side, *, now: datetime
) -> AsyncIterator[Acting]:
    """One sign-in for many short transactions, each of which names its act."""
    token = await _operator_token(databases, side, now)
    try:
        yield partial(_acting, databases, side, token)
    finally:
        await _end(databases, side, token, now)


@asynccontextmanager
async def _acting(databases: Databases, side: Side, token: Token, act: str) -> AsyncIterator[Actor]:
    async with databases.transaction(Logins(side).web):
        actor = await enter(token)
        if actor is None:
            raise Refused("The operator's account is missing. Run: python3 run.py migrate")
        await execute("SELECT set_config('waymark.run_by', $1, true)", f"run by {who()}")
        await name_act(act)
        yield actor


async def _operator_token(databases: Databases, side: Side, now: datetime) -> Token:
    token = new_token(side)
    async with databases.transaction(Logins(side).door):
        account_id = await fetch_value(
            "SELECT id FROM auth.account WHERE email = $1", operator_email(side)
        )
        if account_id is None:
            raise Refused("The operator's account is missing. Run: python3 run.py migrate")
        await insert(
            SignIn,
            id=new_id(now),
            account_id=account_id,
            token_hash=token.stored,
            started_at=now,
            last_seen_at=now,
            expires_at=now + LONGEST_COMMAND,
        )
    return token


async def _end(databases: Databases, side: Side, token: Token, now: datetime) -> None:
    async with databases.transaction(Logins(side).door):
        await execute(
            "UPDATE auth.sign_in SET ended_at = $2, ended_because = 'command ended' "
            "WHERE token_hash = $1",
            token.stored,
            now,
        )


def who() -> str:
    """Whoever runs the command on this machine, for the audit."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody without a name"
