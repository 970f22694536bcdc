"""Two releases of the demonstration: the last quarter published, the one before still waiting."""

from typing import Final

from app.demo.context import DemoContext
from app.releasing import Releasing
from outcomes.disclosure.periods import Period
from outcomes.disclosure.words import Profile
from outcomes.releases.commands import propose_release, publish_release
from outcomes.reports.asked_rules import period_before

MANAGER: Final = "manager@waymark.example"
SECOND: Final = "manager.two@waymark.example"


async def load(context: DemoContext) -> None:
    """Through the command's own computation and the pages' own commands."""
    releasing = Releasing(context.databases, context.now, lambda _: None)
    last = period_before(_quarter_of(context))
    await releasing.run(period_before(last), Profile.PARTNERSHIP)
    made = await releasing.run(last, Profile.PARTNERSHIP)
    async with context.acting("load-demo-releases"):
        await propose_release(made.release_id, actor=context.accounts[MANAGER])
        await publish_release(made.release_id, actor=context.accounts[SECOND], now=context.now)


def _quarter_of(context: DemoContext) -> Period:
    today = context.today
    return Period(today.year, (today.month + 2) // 3)
