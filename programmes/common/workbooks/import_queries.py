"""What rows of workbooks said when they were last imported."""

from collections.abc import Iterable, Mapping

from programmes.common.db import fetch
from programmes.common.workbooks.changes import RowKey


async def fingerprints(keys: Iterable[RowKey]) -> Mapping[RowKey, bytes]:
    """The keyed hash of each of these rows that was imported before."""
    listed = list(keys)
    rows = await fetch(
        "SELECT i.sheet, i.row_key, i.fingerprint FROM imported_row i "
        "JOIN unnest($1::text[], $2::text[]) AS k (sheet, row_key) "
        "ON i.sheet = k.sheet AND i.row_key = k.row_key",
        [sheet for sheet, _ in listed],
        [key for _, key in listed],
    )
    return {(row["sheet"], row["row_key"]): bytes(row["fingerprint"]) for row in rows}
