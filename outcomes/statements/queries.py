"""What a statement is made from: places, sessions, registers and their sign-off. And those made."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from outcomes.statements.words import StatementKind
from programmes.catalogue.words import MarkCode
from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_STATEMENTS = Permission(Resource.ATTENDANCE, Verb.READ)


class Place(msgspec.Struct, frozen=True):
    """One place in a group, over or not."""

    enrolment_id: UUID
    programme: str
    programme_code: str
    cohort_reference: str
    enrolled_on: date
    status: str
    ended_on: date | None
    goes_to_police: bool


class Line(msgspec.Struct, frozen=True):
    """One session at which he was expected: what its register says, if it is signed off."""

    enrolment_id: UUID
    number: int | None
    held_at: datetime
    is_cancelled: bool
    register_id: UUID | None
    signed_off_at: datetime | None
    signed_off_by: str | None
    code: MarkCode | None
    minutes_late: int | None
    revision: int | None
    verdict: str | None


class StatementRow(msgspec.Struct, frozen=True):
    """One paper that was made. `says` is everything that was set on it."""

    id: UUID
    person_id: UUID
    person_reference: str
    kind: StatementKind
    says: dict[str, Any]
    hash: str
    made_at: datetime
    made_by: str


async def places_of(actor: Actor, person_id: UUID) -> list[Place]:
    """Newest first."""
    must(actor, READ_STATEMENTS)
    return await fetch_as(
        Place,
        "SELECT e.id AS enrolment_id, g.name AS programme, g.code AS programme_code, "
        "c.reference AS cohort_reference, e.enrolled_on, e.status, e.ended_on, "
        "(v.rules->'also_required'->>'absence_goes_to_police')::boolean AS goes_to_police "
        "FROM enrolment e JOIN cohort c ON c.id = e.cohort_id "
        "JOIN programme g ON g.id = e.programme_id "
        "JOIN programme_version v ON v.id = e.programme_version_id "
        "WHERE e.person_id = $1 ORDER BY e.enrolled_on DESC, e.id DESC",
        person_id,
    )


async def lines_of(actor: Actor, enrolment_ids: Sequence[UUID], *, until: datetime) -> list[Line]:
    """Every session held up to now, in order; those not signed off are among them."""
    must(actor, READ_STATEMENTS)
    return await fetch_as(Line, _LINES, list(enrolment_ids), until)


async def statements_of(actor: Actor, person_id: UUID) -> list[StatementRow]:
    """Newest first."""
    must(actor, READ_STATEMENTS)
    return await fetch_as(
        StatementRow,
        f"{_STATEMENT} WHERE s.person_id = $1 ORDER BY s.made_at DESC, s.id DESC",
        person_id,
    )


async def statement(actor: Actor, statement_id: UUID) -> StatementRow:
    """Raises NotFound where there is none that this person may see."""
    must(actor, READ_STATEMENTS)
    found = await fetch_one_as(StatementRow, f"{_STATEMENT} WHERE s.id = $1", statement_id)
    if found is None:
        raise NotFound
    return found


async def statement_with_hash(actor: Actor, digest: str) -> StatementRow | None:
    """None where none bears it that this person may see."""
    must(actor, READ_STATEMENTS)
    return await fetch_one_as(StatementRow, f"{_STATEMENT} WHERE s.hash = $1", digest)


# A mark stands for its session even where the session is another group's and not open to whoever
# asks; a session without a mark that is open to them is listed all the same.
_LINES = """
SELECT e.id AS enrolment_id, s.number, x.held_at, coalesce(s.status = 'cancelled', false)
       AS is_cancelled, r.id AS register_id, coalesce(r.signed_off_at, x.signed_off_at)
       AS signed_off_at, a.name AS signed_off_by, x.code, x.minutes_late, x.revision, x.verdict
FROM enrolment e
JOIN LATERAL (
    SELECT m.session_id, m.held_at, m.signed_off_at,
           CASE WHEN m.signed_off_at IS NOT NULL THEN m.code END AS code,
           CASE WHEN m.signed_off_at IS NOT NULL THEN m.minutes_late END AS minutes_late,
           CASE WHEN m.signed_off_at IS NOT NULL THEN m.revision END AS revision,
           (SELECT j.verdict FROM acceptability j
            WHERE j.mark_id = m.id AND j.is_current) AS verdict
    FROM attendance_mark m WHERE m.enrolment_id = e.id AND m.is_current
    UNION ALL
    SELECT n.id, n.starts_at, NULL, NULL, NULL, NULL, NULL FROM session n
    WHERE (EXISTS (SELECT FROM appointment p WHERE p.session_id = n.id
                   AND p.enrolment_id = e.id AND p.given_up_at IS NULL)
           OR (n.cohort_id = e.cohort_id AND n.kind <> 'extra'
               AND (n.starts_at AT TIME ZONE 'Europe/London')::date
                   BETWEEN e.enrolled_on AND coalesce(e.ended_on, 'infinity'::date)))
      AND NOT EXISTS (SELECT FROM attendance_mark k WHERE k.session_id = n.id
                      AND k.enrolment_id = e.id AND k.is_current)
) x ON x.held_at <= $2
LEFT JOIN session s ON s.id = x.session_id
LEFT JOIN register r ON r.session_id = x.session_id
LEFT JOIN auth.account a ON a.id = r.signed_off_by
WHERE e.id = ANY($1)
ORDER BY x.held_at, s.number
"""
_STATEMENT = """
SELECT s.id, s.person_id, p.reference AS person_reference, s.kind, s.says, s.hash, s.made_at,
       a.name AS made_by
FROM statement s JOIN person p ON p.id = s.person_id JOIN auth.account a ON a.id = s.made_by
"""
