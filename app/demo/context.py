"""What the parts of the demonstration share: who acts, when it is, and the people made so far."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from app.databases import Databases
from app.operator import as_operator
from programmes.common.accounts import account_by_email
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.errors import NotFound
from programmes.common.staff import AccountId, Actor


@dataclass
class DemoContext:
    """`accounts` by e-mail address; `people`, `referrals` and `cohorts` by the demo's own keys.

    Commands are run in the operator's transaction (`acting`), in the name of the member of staff
    whose work it would have been, at the moment at which they would have done it.
    """

    databases: Databases
    now: datetime
    accounts: dict[str, Actor] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    referrals: dict[str, UUID] = field(default_factory=dict)
    cohorts: dict[str, UUID] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return london_date(self.now)

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    @asynccontextmanager
    async def acting(self, act: str, side: Side = Side.WORK) -> AsyncIterator[Actor]:
        """One transaction that may do anything; answers the operator, for what nobody else does."""
        async with as_operator(self.databases, side, act=act, now=self.now) as operator:
            yield operator

    async def know(self, emails: list[str], side: Side) -> None:
        """Looks up accounts, so that work can be done in their name."""
        async with self.acting("load-demo", side):
            for email in emails:
                found = await account_by_email(email)
                if found is None:
                    raise NotFound
                self.accounts[email] = Actor(AccountId(found.id), found.name, found.role, side)
