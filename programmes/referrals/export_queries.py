"""Lists that may leave the service, each whole, as the asking person may see it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch, fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import Invalid, NotFound
from programmes.common.permissions import Permission, Resource, Scope, Verb, must
from programmes.common.staff import Actor

TAKE_LISTS = Permission(Resource.EXPORT, Verb.READ)
READ_PEOPLE = Permission(Resource.PERSON, Verb.READ)
MOST_ROWS: Final = 10_000
Value = str | int | date | None


class ListOut(Struct, frozen=True):
    """One list: its headings, and the SQL of its rows. `{own}` narrows to one's own people."""

    headings: tuple[str, ...]
    sql: str


class ExportFacts(Struct, frozen=True):
    id: UUID
    list_name: str
    rows: int
    reason: str
    asked_by: UUID
    asked_by_name: str | None
    asked_at: datetime
    agreed_by_name: str | None
    agreed_at: datetime | None
    taken_at: datetime | None


_REFERRALS = """
FROM referral r JOIN person p ON p.id = r.person_id JOIN programme g ON g.id = r.programme_id
JOIN agency a ON a.id = r.agency_id WHERE true {own}
"""
LISTS: Final = {
    "referrals": ListOut(
        ("Reference", "Person", "Last name", "First name", "Programme", "Received", "Referred by",
         "Route", "Risk", "Status"),
        "SELECT r.reference, p.reference AS person, p.last_name, p.first_name, g.name, "
        f"r.received_on, a.name AS agency, r.route, r.risk_level, r.status {_REFERRALS} "
        "ORDER BY r.received_on DESC, r.id",
    ),
    "people": ListOut(
        ("Reference", "Last name", "First name", "Date of birth", "Postcode district"),
        "SELECT p.reference, p.last_name, p.first_name, p.date_of_birth, p.postcode_district "
        'FROM person p WHERE true {own} ORDER BY p.name_key COLLATE "C", p.id',
    ),
    "waiting": ListOut(
        ("Programme", "Risk", "Received", "Reference", "Person", "Last name", "First name",
         "Route", "Referred by"),
        "SELECT g.name, r.risk_level, r.received_on, r.reference, p.reference AS person, "
        f"p.last_name, p.first_name, r.route, a.name AS agency {_REFERRALS} "
        "AND r.status IN ('waiting', 'offered') ORDER BY g.name, "
        "array_position(ARRAY['very high', 'high', 'medium', 'standard'], r.risk_level), "
        "r.received_on, r.id",
    ),
}  # fmt: skip


def list_called(name: str) -> ListOut:
    """Raises Invalid."""
    if name not in LISTS:
        raise Invalid({"list_name": "Choose a list."})
    return LISTS[name]


async def count_of(actor: Actor, name: str) -> int:
    sql = _own(list_called(name).sql, actor)
    found: int = await fetch_value(f"SELECT count(*)::int FROM ({sql}) AS listed")
    return found


async def rows_of(actor: Actor, name: str) -> list[Sequence[Value]]:
    """At most 10,000."""
    rows = await fetch(f"{_own(list_called(name).sql, actor)} LIMIT {MOST_ROWS}")
    return [tuple(row.values()) for row in rows]


def _own(sql: str, actor: Actor) -> str:
    """The same right as on the page, and the right to take lists away besides."""
    must(actor, TAKE_LISTS)
    is_own = must(actor, READ_PEOPLE).scope is Scope.OWN
    return sql.format(own="AND p.id IN (SELECT auth.own_people())" if is_own else "")


async def exports(actor: Actor) -> list[ExportFacts]:
    """One's own, and those of others that wait for a second person; newest first."""
    must(actor, TAKE_LISTS)
    return await fetch_as(
        ExportFacts,
        f"{_EXPORT} WHERE e.asked_by = $1 OR (e.rows > 200 AND e.agreed_at IS NULL) "
        "ORDER BY e.asked_at DESC, e.id DESC LIMIT 50",
        actor.account_id,
    )


async def export_of(actor: Actor, export_id: UUID) -> ExportFacts:
    """Raises NotFound for another's that needs no second person."""
    must(actor, TAKE_LISTS)
    found = await fetch_one_as(ExportFacts, f"{_EXPORT} WHERE e.id = $1", export_id)
    if found is None or (found.asked_by != actor.account_id and found.rows <= 200):
        raise NotFound
    return found


_EXPORT = """
SELECT e.id, e.list_name, e.rows, e.reason, e.asked_by, a.name AS asked_by_name, e.asked_at,
       b.name AS agreed_by_name, e.agreed_at, e.taken_at
FROM export_ask e LEFT JOIN auth.account a ON a.id = e.asked_by
LEFT JOIN auth.account b ON b.id = e.agreed_by
"""
