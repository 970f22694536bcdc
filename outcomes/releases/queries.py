"""Published releases, and for managers those on their way; their hash is checked on opening."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from outcomes.disclosure.release import Release as ReleasedFigures
from outcomes.disclosure.words import ReleasedTable
from outcomes.releases.words import FrozenRelease, ReleaseFacts, ReleaseStatus
from programmes.common.db import Row, fetch
from programmes.common.errors import DomainError, NotFound


async def releases() -> list[ReleaseFacts]:
    """All that the open transaction may see, the latest period first.

    Of what ends on the same day the partnership's goes first, and the shorter period: who signs in
    is of the partnership, and looks for what is new.
    """
    rows = await fetch(
        f"{_FACTS} ORDER BY until_on DESC, profile, from_on DESC, computed_at DESC, id"
    )
    return [msgspec.convert(dict(row), ReleaseFacts) for row in rows]


async def published_releases() -> list[ReleaseFacts]:
    return [one for one in await releases() if one.published_at is not None]


async def release_facts(release_id: UUID) -> ReleaseFacts:
    """Raises NotFound."""
    found = next((one for one in await releases() if one.id == release_id), None)
    if found is None:
        raise NotFound
    return found


async def open_release(release_id: UUID) -> FrozenRelease:
    """Raises NotFound; DomainError where what is stored is not what was frozen."""
    facts = await release_facts(release_id)
    rows = await fetch("SELECT hash, tables FROM release WHERE id = $1", release_id)
    return FrozenRelease(facts, _checked(rows[0]))


async def all_released_tables(*, besides: str, profile: str) -> Sequence[ReleasedTable]:
    """Every table that is out or on its way, of both profiles.

    What waits for the same period and profile will be replaced and is left aside.
    """
    rows = await fetch(
        f"SELECT r.hash, r.tables, f.* FROM release r JOIN ({_FACTS}) f ON f.id = r.id "
        "ORDER BY r.computed_at, r.id"
    )
    kept = [
        row
        for row in rows
        if row["published_at"] is not None
        or (row["is_newest"] and (row["code"], row["profile"]) != (besides, profile))
    ]
    return [table for row in kept for table in _checked(row).tables]


async def newest_of(period_code: str, profile: str) -> FrozenRelease | None:
    """The last one computed for this period and profile, published or not."""
    found = [
        one
        for one in await releases()
        if one.code == period_code and one.profile == profile and one.is_newest
    ]
    return await open_release(found[0].id) if found else None


async def newest_published() -> ReleaseFacts | None:
    return next(iter(await published_releases()), None)


async def waiting_releases() -> list[ReleaseFacts]:
    """Computed or proposed, and not replaced: they wait for a manager."""
    waits = (ReleaseStatus.COMPUTED, ReleaseStatus.PROPOSED)
    return [one for one in await releases() if one.status in waits]


def canonical(stored: Any) -> bytes:
    """The stored document as the bytes that were hashed."""
    written = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def _checked(row: Row) -> ReleasedFigures:
    if hashlib.sha256(canonical(row["tables"])).digest() != row["hash"]:
        raise DomainError("The stored figures of a release are not those that were frozen.")
    return msgspec.convert(row["tables"], ReleasedFigures)


_FACTS = """
SELECT id, title, profile, period_from AS from_on, period_until AS until_on,
       encode(hash, 'hex') AS sha256, computed_at,
       published_at, prepared_by,
       (tables -> 'tables' -> 0 ->> 'revision')::int AS revision,
       computed_at = max(computed_at) OVER (PARTITION BY profile, period_from, period_until)
           AS is_newest,
       CASE WHEN tables -> 'period' ->> 'quarter' IS NOT NULL
            THEN (tables -> 'period' ->> 'year') || 'Q' || (tables -> 'period' ->> 'quarter')
            WHEN (tables -> 'period' ->> 'years')::int > 1
            THEN (tables -> 'period' ->> 'year') || '-' || extract(year FROM period_until)::int - 1
            ELSE tables -> 'period' ->> 'year' END AS code
FROM release
"""
