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
from programmes.common.db import Side, fetch_value
from programmes.common.security.policies import Logins


async def home_is_empty(databases: Databases) -> bool:
    """No account but the operator's on either side."""
    for side in Side:
        async with databases.transaction(Logins(side).door):
            count = await fetch_value("SELECT count(*) FROM auth.account WHERE role <> 'operator'")
            if count:
                return False
    return True


async def load_demo(databases: Databases, *, now: datetime) -> None:
    """Everybody in it is invented; every date is relative to `now`."""
    accounts = await create_demo_accounts(databases, now=now)
    write_demo_accounts(databases.settings, accounts)
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
