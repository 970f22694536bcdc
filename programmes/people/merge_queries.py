"""Records that may be one man's, and those that were joined, among those one may see."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.people.match_rules import likeness
from programmes.people.queries import PersonRow, person
from programmes.people.rules import fold, range_of_start

READ_PEOPLE = Permission(Resource.PERSON, Verb.READ)
MOST = 10


class AlikeRow(Struct, frozen=True):
    """A record that may be the same man's, and why."""

    person: PersonRow
    says: tuple[str, ...]


class MergeRow(Struct, frozen=True):
    """A join, or one that was taken apart."""

    kept_id: UUID
    merged_id: UUID
    kept: str
    merged: str
    reason: str
    merged_at: datetime
    merged_by: str | None
    undone_at: datetime | None
    undone_by: str | None
    undone_reason: str | None


async def people_alike(
    actor: Actor, *, name: str, born: date, but: UUID | None = None
) -> list[AlikeRow]:
    """The likeliest first. Nobody else's caseload is searched: a hidden record gives no sign."""
    must(actor, READ_PEOPLE)
    words = [word for word in fold(name).split() if len(word) > 1] or [fold(name)]
    ranges = [range_of_start(word) for word in words]
    rows = await fetch_as(
        PersonRow,
        _NEAR,
        born,
        _changed_over(born),
        [start for start, _ in ranges],
        [end for _, end in ranges],
    )
    found = []
    for row in rows:
        like = likeness(
            name, born, other_name=f"{row.first_name} {row.last_name}", other_born=row.date_of_birth
        )
        if like and row.id != but:
            found.append((like.score, AlikeRow(row, like.says)))
    found.sort(key=lambda pair: (-pair[0], pair[1].person.id))
    return [row for _, row in found[:MOST]]


async def alike_to(actor: Actor, person_id: UUID) -> list[AlikeRow]:
    """Those that this record might be joined with. Raises NotFound."""
    facts = await person(actor, person_id)
    return await people_alike(actor, name=facts.name, born=facts.date_of_birth, but=person_id)


async def merges_of(actor: Actor, person_id: UUID) -> list[MergeRow]:
    """Every join of this record with another, newest first."""
    must(actor, READ_PEOPLE)
    return await fetch_as(MergeRow, _MERGES, person_id)


def _changed_over(born: date) -> date:
    """Day and month the other way about, where that is a day."""
    return born.replace(month=born.day, day=born.month) if born.day <= 12 else born


_NEAR = """
SELECT id, reference, first_name, last_name, date_of_birth FROM (
    SELECT p.id, p.reference, p.first_name, p.last_name, p.date_of_birth
    FROM unnest($3::text[], $4::text[]) AS r (low, high) CROSS JOIN LATERAL (
        SELECT * FROM person WHERE merged_into IS NULL
        AND name_key COLLATE "C" >= r.low AND name_key COLLATE "C" < r.high LIMIT 100) p
    UNION
    (SELECT id, reference, first_name, last_name, date_of_birth FROM person
     WHERE merged_into IS NULL AND date_of_birth IN ($1, $2) ORDER BY id DESC LIMIT 200)
) near ORDER BY (date_of_birth = $1) DESC, id DESC
"""
_MERGES = """
SELECT m.person_id AS kept_id, m.merged_id, k.reference AS kept, o.reference AS merged, m.reason,
       m.merged_at, a.name AS merged_by, m.undone_at, b.name AS undone_by, m.undone_reason
FROM person_merge m JOIN person k ON k.id = m.person_id JOIN person o ON o.id = m.merged_id
LEFT JOIN auth.account a ON a.id = m.merged_by LEFT JOIN auth.account b ON b.id = m.undone_by
WHERE m.person_id = $1 OR m.merged_id = $1 ORDER BY m.merged_at DESC, m.id DESC
"""
