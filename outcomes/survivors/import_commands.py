"""Importing a survivor book into the survivor database: the plan first, then all or nothing."""

from collections.abc import Collection
from typing import Any, Final

from outcomes.survivors.import_check_in_commands import write_check_ins
from outcomes.survivors.import_queries import stored_survivors_for
from outcomes.survivors.import_rules import plan_of_survivors, sheets_of
from outcomes.survivors.import_survivor_commands import write_survivors
from outcomes.survivors.import_words import (
    CHECK_INS,
    SURVIVORS,
    StoredSurvivors,
    SurvivorPlan,
)
from outcomes.survivors.import_work import SurvivorImport, SurvivorWork
from programmes.common.audit import begin, note
from programmes.common.clock import london_date
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.workbooks.changes import RowKey, SheetPlan
from programmes.common.workbooks.import_commands import refuse_two_imports, remember_import
from programmes.common.workbooks.words import BookRefused

IMPORT: Final = Permission(Resource.IMPORT, Verb.CREATE)


async def plan_survivor_import(
    given: SurvivorImport, *, also_known: Collection[str] = ()
) -> SurvivorPlan:
    """What importing this book would do. Writes nothing.

    `also_known` are person refs of a programme book that is imported just before it.
    """
    must(given.actor, IMPORT)
    plan, _ = await _plan(given, also_known)
    return plan


async def import_survivors(given: SurvivorImport, *, reason: str = "") -> SurvivorPlan:
    """Writes all of the book in the open transaction of the survivor database.

    Raises BookRefused, before anything is written, with every row that contradicts what is
    stored, and Refused while another import runs.
    """
    await begin(given.actor, IMPORT, "import-workbook", reason=reason)
    await refuse_two_imports()
    plan, stored = await _plan(given, ())
    if plan.errors:
        raise BookRefused(*plan.errors, refused=plan.refused)
    if not plan.survivors.written and not plan.check_ins.written:
        return plan
    # Their ids were read on the programme side, where no trace of that may be left.
    detail = {"people": len(given.people)}
    await note("combine", "import-workbook", resource="person", detail=detail)
    work = SurvivorWork(given, plan, stored)
    await write_survivors(work)
    await write_check_ins(work)
    await _remember(given, plan)
    return plan


async def _plan(
    given: SurvivorImport, also_known: Collection[str]
) -> tuple[SurvivorPlan, StoredSurvivors]:
    stored = await stored_survivors_for(given.book, given.people)
    today = london_date(given.now)
    plan = plan_of_survivors(
        given.book, stored, also_known=also_known, digest=given.digest, today=today
    )
    return plan, stored


async def _remember(given: SurvivorImport, plan: SurvivorPlan) -> None:
    now, sheets = plan.imported.now, sheets_of(given.book)
    plans: dict[str, SheetPlan[Any]] = {SURVIVORS: plan.survivors, CHECK_INS: plan.check_ins}
    new: dict[RowKey, bytes] = {}
    changed: dict[RowKey, bytes] = {}
    for name, sheet in plans.items():
        new |= {key: now[key] for key in map(sheets[name].key, sheet.new)}
        changed |= {key: now[key] for key in map(sheets[name].key, sheet.changed)}
    await remember_import(
        given.book.sha256, new=new, changed=changed, actor=given.actor, now=given.now
    )
