"""Lists of referrals that were sent, and their rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.referrals.import_words import ImportStatus, Verdict

READ_IMPORTS = Permission(Resource.IMPORT, Verb.CREATE)


class ImportFacts(Struct, frozen=True):
    id: UUID
    file_name: str
    file_hash: str
    status: ImportStatus
    uploaded_by: UUID
    uploaded_by_name: str | None
    uploaded_at: datetime
    approved_by_name: str | None
    applied_at: datetime | None
    undone_by_name: str | None
    undone_at: datetime | None
    version: int


class ImportRow(Struct, frozen=True):
    id: UUID
    number: int
    ref: str
    cells: dict[str, Any]
    verdict: Verdict
    says: str
    likely: dict[str, str]
    decision: str
    before: dict[str, Any] | None
    referral_id: UUID | None


class KnownReferral(Struct, frozen=True):
    """A referral that an earlier list, or a book, brought with the same ref."""

    id: UUID
    source_ref: str
    risk_level: str
    referring_worker: str | None


async def imports(actor: Actor) -> Sequence[ImportFacts]:
    must(actor, READ_IMPORTS)
    return await fetch_as(ImportFacts, f"{_IMPORT} ORDER BY i.uploaded_at DESC, i.id DESC LIMIT 50")


async def import_of(actor: Actor, import_id: UUID) -> ImportFacts:
    must(actor, READ_IMPORTS)
    found = await fetch_one_as(ImportFacts, f"{_IMPORT} WHERE i.id = $1", import_id)
    if found is None:
        raise NotFound
    return found


async def import_rows(actor: Actor, import_id: UUID) -> list[ImportRow]:
    must(actor, READ_IMPORTS)
    return await fetch_as(
        ImportRow,
        "SELECT id, number, row_ref AS ref, cells, verdict, says, likely, decision, before, "
        "referral_id FROM referral_import_row WHERE import_id = $1 ORDER BY number",
        import_id,
    )


async def known_referrals(actor: Actor, refs: Sequence[str]) -> dict[str, KnownReferral]:
    """By ref, among those one may see."""
    must(actor, READ_IMPORTS)
    rows = await fetch_as(
        KnownReferral,
        "SELECT id, source_ref, risk_level, referring_worker FROM referral "
        "WHERE source_ref = ANY($1)",
        list(refs),
    )
    return {row.source_ref: row for row in rows}


_IMPORT = """
SELECT i.id, i.file_name, i.file_hash, i.status, i.uploaded_by, a.name AS uploaded_by_name,
       i.uploaded_at, b.name AS approved_by_name, i.applied_at, c.name AS undone_by_name,
       i.undone_at, i.version
FROM referral_import i LEFT JOIN auth.account a ON a.id = i.uploaded_by
LEFT JOIN auth.account b ON b.id = i.approved_by LEFT JOIN auth.account c ON c.id = i.undone_by
"""
