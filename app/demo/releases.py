"""Releases of the demonstration: last quarter, last year and three years; one more waits.

Last year is also out for everybody, so that both profiles can be seen side by side.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from app.demo.context import DemoContext
from app.releasing import Releasing
from outcomes.disclosure.periods import Period
from outcomes.disclosure.words import Profile
from outcomes.releases.commands import propose_release, publish_release
from outcomes.releases.partner_commands import NewFigure, enter_partner_figure
from outcomes.reports.asked_rules import period_before

MANAGER: Final = "manager@waymark.example"
SECOND: Final = "manager.two@waymark.example"


async def load(context: DemoContext) -> None:
    """Through the command's own computation and the pages' own commands."""
    last = period_before(_quarter_of(context))
    year = context.today.year
    for whole in (Period(year - 1), Period(year - 3, years=3)):
        await _published(context, await _proposed(context, whole))
    await _published(context, await _proposed(context, Period(year - 1), Profile.PUBLIC))
    await _proposed(context, period_before(last))
    await _partners(context, last)
    await _published(context, await _proposed(context, last))


async def _proposed(
    context: DemoContext, period: Period, profile: Profile = Profile.PARTNERSHIP
) -> UUID:
    """By one manager; it then waits for the second."""
    releasing = Releasing(context.databases, context.now, lambda _: None)
    made = await releasing.run(period, profile)
    async with context.acting("load-demo-releases"):
        await propose_release(made.release_id, actor=context.accounts[MANAGER])
    return made.release_id


async def _published(context: DemoContext, release_id: UUID) -> None:
    async with context.acting("load-demo-releases"):
        await publish_release(release_id, actor=context.accounts[SECOND], now=context.now)


async def _partners(context: DemoContext, quarter: Period) -> None:
    """Two invented figures of the strategy; the others stand as not held here."""
    async with context.acting("load-demo-partners"):
        for measure, what, value in _FIGURES:
            new = NewFigure(
                measure=measure,
                what=what,
                value=value,
                from_on=quarter.first_on,
                until_on=quarter.until,
                source="Invented quarterly return",
                supplied_on=min(quarter.until + timedelta(days=12), context.today),
            )
            await enter_partner_figure(new, actor=context.accounts[MANAGER], now=context.now)


_FIGURES: Final = (
    ("crimes", "Domestic-abuse crimes recorded, Leeds district (invented)", "4,870"),
    ("marac", "Cases discussed at MARAC (invented)", "312"),
)


def _quarter_of(context: DemoContext) -> Period:
    today = context.today
    return Period(today.year, (today.month + 2) // 3)
