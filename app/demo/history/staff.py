"""Colleagues of the demonstration's accounts: they did the work of earlier years."""

from datetime import timedelta
from typing import Final

from app.demo.context import DemoContext
from app.demo.people import MANAGER
from programmes.common.accounts import NewAccount, create_account
from programmes.common.db import Side
from programmes.common.ids import new_id
from programmes.common.staff import AccountId, Actor, Role
from scheduling.cohorts.venue_commands import accredit, set_staff_profile

_W, _S = Side.WORK, Side.SURVIVOR
FACILITATORS: Final = ("hazel", "dale", "bryony", "niall")
WORKERS: Final = ("maud", "elin")
_CAST: Final = (
    ("hazel", "Hazel Pogson", Role.FACILITATOR, _W),
    ("dale", "Dale Metcalfe", Role.FACILITATOR, _W),
    ("bryony", "Bryony Ickringill", Role.FACILITATOR, _W),
    ("niall", "Niall Quarmby", Role.FACILITATOR, _W),
    ("gwen", "Gwen Threlfall", Role.PROBATION, _W),
    ("rory", "Rory Haythornthwaite", Role.PROBATION, _W),
    ("tamsin", "Tamsin Oakes-Adeyemi", Role.CASE_OWNER, _W),
    ("idris", "Idris Broadhead", Role.CASE_OWNER, _W),
    ("maud", "Maud Ellershaw-Bright", Role.SURVIVOR_WORKER, _S),
    ("elin", "Elin Postlethwaite", Role.SURVIVOR_WORKER, _S),
)
_NO_PASSWORD: Final = "!"  # noqa: S105 - no hash, so that none fits
_YEARS: Final = timedelta(days=2450)


async def add_colleagues(context: DemoContext, side: Side) -> None:
    """Inside the side's transaction. No password opens their accounts."""
    async with context.acting("load-demo-colleagues", side) as operator:
        for key, name, role, whose in _CAST:
            if whose is side:
                await _add(context, operator, key, name, role)
    if side is _W:
        await _accredit(context)


async def _add(context: DemoContext, operator: Actor, key: str, name: str, role: Role) -> None:
    at = context.now - _YEARS
    account_id, email = AccountId(new_id(at)), f"{key}@waymark.example"
    new = NewAccount(account_id, email, name, role, _NO_PASSWORD, b"")
    await create_account(new, actor=operator, now=at)
    context.accounts[key] = Actor(account_id, name, role, operator.side)


async def _accredit(context: DemoContext) -> None:
    manager, at = context.accounts[MANAGER], context.now - _YEARS
    async with context.acting("load-demo-colleagues"):
        for number, key in enumerate(FACILITATORS):
            who, sex = context.accounts[key].account_id, ("female", "male")[number % 2]
            await set_staff_profile(who, sex=sex, languages=(), actor=manager, now=at)
            await accredit(who, code="caring-dads", until_on=None, actor=manager, now=at)
