"""The survivor side's report: who is linked, who was asked, and whether they feel safer."""

from typing import Final

from outcomes.reports.figures import Period, SurvivorFigures, SurvivorReport
from outcomes.reports.safety_queries import check_ins, linked, safety
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_REPORT: Final = Permission(Resource.SURVIVOR_REPORT, Verb.READ)


async def survivor_report(period: Period, *, actor: Actor) -> SurvivorReport:
    """Reads the survivor database alone; nothing of it enters the management report."""
    must(actor, READ_REPORT)
    people = await linked(period)
    figures = SurvivorFigures(
        linked=people.linked,
        consenting=people.consenting,
        check_ins=await check_ins(period),
        safety=dict(await safety(period, of=people.linked)),
    )
    return SurvivorReport(period, figures)
