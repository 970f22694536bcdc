"""Fills an empty home with the demonstration."""

from datetime import datetime

from app.databases import Databases
from app.demo import (
    cohorts,
    consequences,
    costs,
    emergencies,
    evenings,
    intake,
    intake_week,
    moves,
    orders,
    people,
    planning,
    releases,
    survivors,
    tokens,
)
from app.demo.accounts import CAST, create_demo_accounts, write_demo_accounts
from app.demo.context import DemoContext
from app.demo.history import loading as history
from app.demo.unfinished import noted_while_loading
from app.operator import as_operator
from programmes.common.db import Side, fetch_value
from programmes.common.security.policies import Logins

_ANYBODY = {
    Side.WORK: "SELECT EXISTS (SELECT 1 FROM person)",
    Side.SURVIVOR: "SELECT EXISTS (SELECT 1 FROM survivor)",
}
_ACCOUNTS = "SELECT EXISTS (SELECT 1 FROM auth.account WHERE role <> 'operator')"
_WHO_MAY_SIGN_IN = (
    "SELECT EXISTS (SELECT 1 FROM auth.account WHERE role <> 'operator' "
    "AND password_hash IS NOT NULL)"
)


async def home_is_empty(databases: Databases, *, now: datetime) -> bool:
    """No account but the operator's on either side, and nobody whom a workbook brought."""
    if await _any_side_has(databases, _ACCOUNTS):
        return False
    for side in Side:
        async with as_operator(databases, side, act="look-whether-empty", now=now):
            if await fetch_value(_ANYBODY[side]):
                return False
    return True


async def somebody_may_sign_in(databases: Databases) -> bool:
    """Facilitators whom a workbook names have accounts without a password."""
    return await _any_side_has(databases, _WHO_MAY_SIGN_IN)


async def _any_side_has(databases: Databases, question: str) -> bool:
    for side in Side:
        async with databases.transaction(Logins(side).door):
            if await fetch_value(question):
                return True
    return False


async def load_demo(databases: Databases, *, now: datetime) -> None:
    """Everybody in it is invented; every date is relative to `now`."""
    with noted_while_loading(databases.settings.home):
        await load_accounts(databases, now=now)
        await _load_everybody(databases, now)


async def load_accounts(databases: Databases, *, now: datetime) -> None:
    """For a home that holds an imported service: it can be signed in to, and nobody is added."""
    accounts = await create_demo_accounts(databases, now=now)
    write_demo_accounts(databases.settings, accounts)


async def _load_everybody(databases: Databases, now: datetime) -> None:
    context = DemoContext(databases, now)
    for side in Side:
        await context.know([one.email for one in CAST if one.side is side], side)
    await history.load(context)
    await people.load(context)
    await intake.load(context)
    await intake_week.load(context)
    await cohorts.load(context)
    await planning.load(context)
    await moves.load(context)
    await evenings.load(context)
    await orders.load(context)
    await consequences.load(context)
    await survivors.load(context)
    await emergencies.load(context)
    await costs.load(context)
    await releases.load(context)
    await tokens.load(context)
