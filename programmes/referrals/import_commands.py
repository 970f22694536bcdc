"""Lists of referrals: sent, decided row by row, taken in by a second person, undone in a day."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, fetch_value, insert
from programmes.common.errors import Conflict, DomainError, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.commands import locked_referral, make_move
from programmes.referrals.import_queries import ImportRow, import_rows
from programmes.referrals.import_tables import ReferralImport, ReferralImportRow
from programmes.referrals.import_words import (
    LEAVE,
    TAKE,
    UNDO_HOURS,
    ImportStatus,
    ReadRow,
    Verdict,
)
from programmes.referrals.words import ReferralStatus, Through

IMPORT = Permission(Resource.IMPORT, Verb.CREATE)
TakeIn = Callable[[ImportRow, UUID | None], Awaitable[UUID]]
"""Takes one row's referral in, for somebody on record or somebody new; answers the referral."""


async def keep_import(
    name: str, file_hash: str, rows: Sequence[ReadRow], *, actor: Actor, now: datetime
) -> UUID:
    """Nothing is taken in yet. Raises Refused for a file that is here already."""
    await begin(actor, IMPORT, "send-referral-list")
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 10))", file_hash)
    if await fetch_value(
        "SELECT 1 FROM referral_import WHERE file_hash = $1 AND status IN ('open', 'applied')",
        file_hash,
    ):
        raise Refused("This very file was sent before. Open it in the list below.")
    import_id = new_id(now)
    await insert(
        ReferralImport,
        id=import_id,
        file_name=name,
        file_hash=file_hash,
        uploaded_by=actor.account_id,
        uploaded_at=now,
        status=ImportStatus.OPEN,
    )
    for row in rows:
        await insert(
            ReferralImportRow,
            id=new_id(now),
            import_id=import_id,
            number=row.number,
            row_ref=row.ref,
            cells=row.cells,
            verdict=row.verdict,
            says=row.says,
            likely=row.likely,
            decision=_first_decision(row),
            referral_id=UUID(row.referral_id) if row.referral_id else None,
        )
    return import_id


def _first_decision(row: ReadRow) -> str:
    """Somebody who may be on record already is left until a person has looked."""
    is_plain = row.verdict in (Verdict.NEW, Verdict.CHANGED) and not row.likely
    return TAKE if is_plain else LEAVE


async def decide_row(row_id: UUID, decision: str, *, actor: Actor, now: datetime) -> UUID:
    """Leave it, take it, or take it for a record that it is like. Answers the import."""
    await begin(actor, IMPORT, "decide-import-row")
    row = await fetch_one(
        "SELECT r.import_id, r.verdict, r.likely, i.status FROM referral_import_row r "
        "JOIN referral_import i ON i.id = r.import_id WHERE r.id = $1 FOR UPDATE",
        row_id,
    )
    if row is None:
        raise NotFound
    if row["status"] != ImportStatus.OPEN:
        raise Conflict("Somebody else settled this list meanwhile.")
    allowed = {LEAVE, TAKE, *row["likely"]}
    if row["verdict"] in (Verdict.REFUSED, Verdict.MATCHED):
        allowed = {LEAVE}
    if decision not in allowed:
        raise Invalid({"decision": "Choose what to do with this row from the list."})
    await execute("UPDATE referral_import_row SET decision = $2 WHERE id = $1", row_id, decision)
    found: UUID = row["import_id"]
    return found


async def apply_import(
    import_id: UUID, take_in: TakeIn, *, version: int, actor: Actor, now: datetime
) -> int:
    """All rows that are to be taken, or none. By somebody else than who sent the list.

    Answers how many. Raises Refused with what stands against each row.
    """
    await begin(actor, IMPORT, "approve-referral-list")
    await _locked(import_id, version, ImportStatus.OPEN, actor, is_own_refused=True)
    rows = [row for row in await import_rows(actor, import_id) if row.decision != LEAVE]
    refused: list[str] = []
    for row in rows:
        try:
            await _apply_row(row, take_in, actor)
        except Invalid as refusal:
            refused += [f"Row {row.number}: {says}" for says in refusal.errors.values()]
        except DomainError as refusal:
            refused.append(f"Row {row.number}: {refusal.message}")
    if refused:
        raise Refused(*refused)
    await begin(actor, IMPORT, "approve-referral-list")
    await execute(
        "UPDATE referral_import SET status = 'applied', approved_by = $2, applied_at = $3, "
        "version = version + 1 WHERE id = $1",
        import_id,
        actor.account_id,
        now,
    )
    return len(rows)


async def _apply_row(row: ImportRow, take_in: TakeIn, actor: Actor) -> None:
    if row.verdict is Verdict.CHANGED and row.referral_id:
        await _change_row(row, actor)
        return
    person_id = None if row.decision == TAKE else UUID(row.decision)
    referral_id = await take_in(row, person_id)
    await begin(actor, IMPORT, "take-import-row")
    await execute(
        "UPDATE referral_import_row SET referral_id = $2 WHERE id = $1", row.id, referral_id
    )


async def _change_row(row: ImportRow, actor: Actor) -> None:
    """Risk and worker alone: what was decided here since is never written over."""
    await begin(actor, IMPORT, "change-by-import-row")
    before = await fetch_one(
        "SELECT risk_level, referring_worker, version FROM referral WHERE id = $1 FOR UPDATE",
        row.referral_id,
    )
    if before is None:
        raise Refused("its referral cannot be found any more.")
    await execute(
        "UPDATE referral SET risk_level = $2, referring_worker = $3, version = version + 1 "
        "WHERE id = $1",
        row.referral_id,
        row.cells["referral"]["risk_level"],
        row.cells["referral"].get("referring_worker"),
    )
    kept: dict[str, Any] = {**before, "version": before["version"] + 1}
    await execute("UPDATE referral_import_row SET before = $2 WHERE id = $1", row.id, kept)


async def undo_import(import_id: UUID, *, version: int, actor: Actor, now: datetime) -> None:
    """Within 24 hours, while nothing was done with any of its referrals since.

    New referrals are closed with the reason; changed ones get back what they had.
    """
    await begin(actor, IMPORT, "undo-referral-list")
    row = await _locked(import_id, version, ImportStatus.APPLIED, actor)
    if now - row["applied_at"] > timedelta(hours=UNDO_HOURS):
        raise Refused(f"A list can be undone for {UNDO_HOURS} hours. Close its referrals by hand.")
    rows = [one for one in await import_rows(actor, import_id) if one.decision != LEAVE]
    refused = [f"Row {one.number}: work went on with it." for one in rows if await _is_used(one)]
    if refused:
        raise Refused(*refused)
    for one in rows:
        await _undo_row(one, actor, now)
    await begin(actor, IMPORT, "undo-referral-list")
    await execute(
        "UPDATE referral_import SET status = 'undone', undone_by = $2, undone_at = $3, "
        "version = version + 1 WHERE id = $1",
        import_id,
        actor.account_id,
        now,
    )


async def _is_used(row: ImportRow) -> bool:
    untouched = row.before["version"] if row.before else 1
    return not await fetch_value(
        "SELECT 1 FROM referral WHERE id = $1 AND version = $2", row.referral_id, untouched
    )


async def _undo_row(row: ImportRow, actor: Actor, now: datetime) -> None:
    assert row.referral_id is not None
    if row.before:
        await begin(actor, IMPORT, "undo-import-row")
        await execute(
            "UPDATE referral SET risk_level = $2, referring_worker = $3, version = version + 1 "
            "WHERE id = $1",
            row.referral_id,
            row.before["risk_level"],
            row.before["referring_worker"],
        )
        return
    locked = await locked_referral(row.referral_id, version=1, after=ReferralStatus.CLOSED)
    if locked is not None:
        await begin(actor, IMPORT, "undo-import-row")
        said = "The list that it came with was undone."
        through = Through.DECISION
        await make_move(
            locked, ReferralStatus.CLOSED, reason=said, through=through, actor=actor, now=now
        )


async def discard_import(import_id: UUID, *, version: int, actor: Actor) -> None:
    await begin(actor, IMPORT, "discard-referral-list")
    await _locked(import_id, version, ImportStatus.OPEN, actor)
    await execute(
        "UPDATE referral_import SET status = 'discarded', version = version + 1 WHERE id = $1",
        import_id,
    )


async def _locked(
    import_id: UUID,
    version: int,
    status: ImportStatus,
    actor: Actor,
    *,
    is_own_refused: bool = False,
) -> Any:
    row = await fetch_one(
        "SELECT status, version, uploaded_by, applied_at FROM referral_import "
        "WHERE id = $1 FOR UPDATE",
        import_id,
    )
    if row is None:
        raise NotFound
    if row["status"] != status or row["version"] != version:
        raise Conflict("Somebody else settled this list meanwhile.")
    if is_own_refused and row["uploaded_by"] == actor.account_id:
        raise Refused("You sent this list yourself. Somebody else has to approve it.")
    return row
