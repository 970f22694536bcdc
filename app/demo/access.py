"""Two people ask what is held about them, one to read, one that waits; an inquest keeps a third."""

from app.demo.context import DemoContext
from outcomes.subject_access.commands import prepare_access, send_access_on
from outcomes.subject_access.erasure_commands import hold_person
from programmes.common.clock import london_date

MANAGER = "manager@waymark.example"


async def load_access(context: DemoContext) -> None:
    """Inside the programme side's transaction."""
    manager = context.accounts[MANAGER]
    for key, ago, is_read in (("done-4", 9.0, True), ("done-1", 2.0, False)):
        at = context.ago(ago - 1)
        made = await prepare_access(
            context.people[key], asked_on=london_date(context.ago(ago)), actor=manager, now=at
        )
        if is_read:
            await send_access_on(made, (), version=1, actor=manager, now=context.ago(1))
    why = "Inquest into a death in the family; the coroner's officer asked"
    await hold_person(context.people["done-2"], why, actor=manager, now=context.ago(20))
