"""People as the asking person may see them. All SQL that reads them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.people.rules import fold, range_of_start

READ_PEOPLE = Permission(Resource.PERSON, Verb.READ)
PAGE = 25


class PersonRow(msgspec.Struct, frozen=True):
    """One line of a list of people."""

    id: UUID
    reference: str
    first_name: str
    last_name: str
    date_of_birth: date


class PersonFacts(msgspec.Struct, frozen=True):
    """Who he is, and how high the risk stands by his latest referral."""

    id: UUID
    reference: str
    first_name: str
    last_name: str
    date_of_birth: date
    sex: str
    ethnic_group: str | None
    first_language: str | None
    interpreter_needed: bool
    postcode_district: str | None
    created_at: datetime
    version: int
    risk_level: str | None
    children: int

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class People(msgspec.Struct, frozen=True):
    """A page of people, and how many there are in all."""

    rows: Sequence[PersonRow]
    total: int


async def people(actor: Actor, *, starts_with: str = "", page: int = 1) -> People:
    """By the start of a surname or first name, or by a whole reference; 25 a page."""
    must(actor, READ_PEOPLE)
    start, end = range_of_start(starts_with)
    arguments = (start, end, starts_with.strip().upper())
    total = await fetch_value(f"SELECT count(*) FROM person p WHERE {_MATCHES}", *arguments)
    rows = await fetch_as(
        PersonRow,
        f"SELECT p.id, p.reference, p.first_name, p.last_name, p.date_of_birth FROM person p "
        f'WHERE {_MATCHES} ORDER BY p.name_key COLLATE "C", p.id LIMIT {PAGE} OFFSET $4',
        *arguments,
        (page - 1) * PAGE,
    )
    return People(rows, total)


async def person(actor: Actor, person_id: UUID) -> PersonFacts:
    """Raises NotFound where there is none that this person may see."""
    must(actor, READ_PEOPLE)
    found = await fetch_one_as(PersonFacts, _PERSON, person_id)
    if found is None:
        raise NotFound
    return found


async def people_like(
    actor: Actor, *, first_name: str, last_name: str, date_of_birth: date
) -> list[PersonRow]:
    """Who this may already be: same birthday or same folded name, among those one may see."""
    must(actor, READ_PEOPLE)
    return await fetch_as(
        PersonRow,
        "SELECT id, reference, first_name, last_name, date_of_birth FROM person "
        'WHERE name_key IN ($1, $2) OR (date_of_birth = $3 AND name_key COLLATE "C" >= $4 '
        'AND name_key COLLATE "C" < $5) '
        "ORDER BY (date_of_birth = $3 AND name_key IN ($1, $2)) DESC, id DESC LIMIT 10",
        fold(f"{last_name} {first_name}"),
        fold(f"{first_name} {last_name}"),
        date_of_birth,
        *range_of_start(last_name[:3]),
    )


_MATCHES = (
    'p.name_key COLLATE "C" >= $1 AND p.name_key COLLATE "C" < $2 '
    "OR ($3 <> '' AND p.reference = $3)"
)
_PERSON = """
SELECT p.id, p.reference, p.first_name, p.last_name, p.date_of_birth, p.sex, p.ethnic_group,
       p.first_language, p.interpreter_needed, p.postcode_district, p.created_at, p.version,
       (SELECT r.risk_level FROM referral r WHERE r.person_id = p.id
        ORDER BY r.received_on DESC, r.id DESC LIMIT 1) AS risk_level,
       (SELECT count(*) FROM person_child c WHERE c.person_id = p.id) AS children
FROM person p WHERE p.id = $1
"""
