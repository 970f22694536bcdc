"""What the programmes of the demonstration cost: one figure a year, with its source."""

from datetime import date
from typing import Final

from app.demo.context import DemoContext
from outcomes.reports.cost_commands import NewCost, enter_cost

MANAGER: Final = "manager@waymark.example"
_COSTS: Final = (("caring-dads", 152_400), ("cara", 38_650))


async def load(context: DemoContext) -> None:
    """This year and the one before, so that the two can be compared."""
    this_year = context.today.year
    async with context.acting("load-demo-costs"):
        for number in (this_year - 1, this_year):
            for programme, pounds in _COSTS:
                await enter_cost(
                    NewCost(
                        programme=programme,
                        cohort=None,
                        from_on=date(number, 1, 1),
                        until_on=date(number + 1, 1, 1),
                        pence=100 * pounds + 50_000 * (number - this_year),
                        source=f"Invented budget book {number}",
                    ),
                    actor=context.accounts[MANAGER],
                    now=context.ago(20),
                )
