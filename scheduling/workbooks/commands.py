"""Importing a programme book: the plan first, then all of it or nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from programmes.catalogue.queries import programmes
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.common.workbooks.changes import Digest, RowKey
from programmes.common.workbooks.import_commands import refuse_two_imports, remember_import
from programmes.common.workbooks.words import BookRefused, RowError
from programmes.orders.kind_queries import order_kinds
from scheduling.workbooks.attendance_commands import write_marks, write_registers
from scheduling.workbooks.booking_commands import book_what_is_to_come
from scheduling.workbooks.cohort_commands import write_cohorts
from scheduling.workbooks.import_work import ImportWork
from scheduling.workbooks.meaning_rules import shape_of
from scheduling.workbooks.order_commands import write_breaches, write_orders
from scheduling.workbooks.people_commands import assign_people, write_children, write_people
from scheduling.workbooks.place_commands import write_places
from scheduling.workbooks.plan_rules import plan_of_book, sheets_of
from scheduling.workbooks.plan_words import ProgrammePlan
from scheduling.workbooks.referral_commands import write_referrals
from scheduling.workbooks.stored_queries import stored_for
from scheduling.workbooks.words import AS_DELIVERED, ProgrammeBook, Vocabulary

IMPORT: Final = Permission(Resource.IMPORT, Verb.CREATE)


async def vocabulary() -> Vocabulary:
    """The programmes as they are held here, by the names that a book may use."""
    shapes = {
        found.code: shape_of(found.code, found.name, found.versions[-1].rules)
        for found in await programmes()
        if found.versions
    }
    return Vocabulary(programmes=shapes, order_kinds=AS_DELIVERED.order_kinds)


async def plan_import(
    book: ProgrammeBook, *, digest: Digest, actor: Actor, now: datetime
) -> ProgrammePlan:
    """What importing this book would do, with every error and warning. Writes nothing."""
    must(actor, IMPORT)
    return (await _gather(book, digest=digest, actor=actor, now=now)).plan


async def import_book(
    book: ProgrammeBook, *, digest: Digest, actor: Actor, now: datetime, reason: str = ""
) -> ProgrammePlan:
    """Writes all of the book, in the open transaction, and says what was done.

    Raises BookRefused, before anything is written, with every row that contradicts what is
    stored, and Refused while another import runs.
    """
    await begin(actor, IMPORT, "import-workbook", reason=reason)
    await refuse_two_imports()
    work = await _gather(book, digest=digest, actor=actor, now=now)
    if work.plan.errors:
        sheets = work.plan.by_sheet.items()
        refused = {name: sheet.refused for name, sheet in sheets if sheet.refused}
        raise BookRefused(*work.plan.errors, refused=refused)
    if not any(sheet.written for sheet in work.plan.by_sheet.values()):
        return work.plan
    clashes = await _write(work)
    await _remember(work)
    return replace(work.plan, warnings=(*work.plan.warnings, *clashes))


async def _gather(
    book: ProgrammeBook, *, digest: Digest, actor: Actor, now: datetime
) -> ImportWork:
    stored = await stored_for(book)
    plan = plan_of_book(book, stored, digest=digest, today=london_date(now))
    work = ImportWork(
        book=book,
        plan=plan,
        stored=stored,
        programmes={found.code: found for found in await programmes()},
        kinds=tuple(await order_kinds()),
        actor=actor,
        now=now,
    )
    work.plan = replace(plan, warnings=(*plan.warnings, *_held_with_nobody_left(work)))
    return work


def _held_with_nobody_left(work: ImportWork) -> Iterator[RowError]:
    """What is concluded from there being no row after somebody stopped is said aloud."""
    marked = {(mark.cohort_ref, mark.session) for mark in work.book.attendance}
    for row in work.book.cohorts:
        held = [s.content.number for s in work.groups[row.ref].sessions if s.held]
        concluded = [number for number in held if (row.ref, number) not in marked]
        if concluded:
            listed = ", ".join(map(str, concluded))
            message = f"Sessions {listed} have no marks, and count as held with nobody left."
            yield RowError("Cohorts", row.row, "Cohort ref", message)


async def _write(work: ImportWork) -> Iterable[RowError]:
    """In the order in which rows point at each other."""
    await write_people(work)
    await write_children(work)
    await write_referrals(work)
    await write_cohorts(work)
    await write_places(work)
    await write_registers(work)
    await write_marks(work)
    await write_orders(work)
    await write_breaches(work)
    await assign_people(work)
    clashes = await book_what_is_to_come(work)
    if not clashes:
        return ()
    message = f"{clashes} bookings of sessions to come clash with what is booked; look at them."
    return (RowError("Cohorts", None, None, message),)


async def _remember(work: ImportWork) -> None:
    now = work.plan.imported.now
    rows = sheets_of(work.book)
    new: dict[RowKey, bytes] = {}
    changed: dict[RowKey, bytes] = {}
    for name, sheet in work.plan.by_sheet.items():
        new |= {key: now[key] for key in map(rows[name].key, sheet.new)}
        changed |= {key: now[key] for key in map(rows[name].key, sheet.changed)}
    await remember_import(
        work.book.sha256, new=new, changed=changed, actor=work.actor, now=work.now
    )
