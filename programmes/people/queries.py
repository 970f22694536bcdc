"""People as the asking person may see them. All SQL that reads them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.common.db import Row, fetch, fetch_one_as
from programmes.common.errors import NotFound
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Scope, Verb, must
from programmes.common.references import has_form_of_reference
from programmes.common.staff import Actor
from programmes.people.rules import range_of_start

READ_PEOPLE = Permission(Resource.PERSON, Verb.READ)
MOST_COUNTED = 200
"""Beyond the page that is shown; somebody who seeks types another letter."""


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
    merged_into: UUID | None
    merged_reference: str | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class People(msgspec.Struct, frozen=True):
    """A page of people, and how many there are in all: at least so many where `is_more`."""

    rows: Sequence[PersonRow]
    total: int
    is_more: bool = False


async def people(actor: Actor, *, starts_with: str = "", page: int = 1) -> People:
    """By the start of a surname, or by a whole reference; 25 a page.

    No more are counted than somebody may leaf through, so that a country takes no longer to
    search than a city.
    """
    grant = must(actor, READ_PEOPLE)
    own = _AMONG_OWN if grant.scope is Scope.OWN else ""
    reference = starts_with.strip().upper()
    if page == 1 and (has_form_of_reference(reference) or any(map(str.isdigit, reference))):
        rows = await fetch(f"{_OF_REFERENCE} {own}", reference)
        if rows:
            return People([_person_row(row) for row in rows], len(rows))
    return await _people(f"{_STARTS_WITH} {own}", *range_of_start(starts_with), page=page)


async def _people(condition: str, *arguments: str, page: int) -> People:
    count, skipped = len(arguments), (page - 1) * PAGE
    rows = await fetch(
        _PAGE_OF_PEOPLE.format(PAGE=PAGE, condition=condition, most=count + 1, skipped=count + 2),
        *arguments,
        skipped + MOST_COUNTED + 1,
        skipped,
    )
    most = skipped + MOST_COUNTED
    return People(
        [_person_row(row) for row in rows if row["id"]],
        min(most, rows[0]["counted"]),
        rows[0]["counted"] > most,
    )


def _person_row(row: Row) -> PersonRow:
    return PersonRow(**{name: row[name] for name in _NAMES})


async def person(actor: Actor, person_id: UUID) -> PersonFacts:
    """Raises NotFound where there is none that this person may see."""
    must(actor, READ_PEOPLE)
    found = await fetch_one_as(PersonFacts, _PERSON, person_id)
    if found is None:
        raise NotFound
    return found


_NAMES = PersonRow.__struct_fields__
_OF_REFERENCE = """
SELECT p.id, p.reference, p.first_name, p.last_name, p.date_of_birth
FROM person p WHERE p.reference = $1"""
_AMONG_OWN = "AND p.id = ANY(ARRAY(SELECT auth.own_people()))"
"""As an array, so that the plan begins with these few and not with everybody called like this."""
_STARTS_WITH = 'p.name_key COLLATE "C" >= $1 AND p.name_key COLLATE "C" < $2'
_PAGE_OF_PEOPLE = """
WITH found AS MATERIALIZED (
    SELECT p.id, p.reference, p.first_name, p.last_name, p.date_of_birth
    FROM person p WHERE {condition} ORDER BY p.name_key COLLATE "C", p.id LIMIT ${most})
SELECT c.counted, f.* FROM (SELECT count(*) AS counted FROM found) AS c
LEFT JOIN LATERAL (SELECT * FROM found LIMIT {PAGE} OFFSET ${skipped}) AS f ON true
"""
_PERSON = """
SELECT p.id, p.reference, p.first_name, p.last_name, p.date_of_birth, p.sex, p.ethnic_group,
       p.first_language, p.interpreter_needed, p.postcode_district, p.created_at, p.version,
       (SELECT r.risk_level FROM referral r WHERE r.person_id = p.id
        ORDER BY r.received_on DESC, r.id DESC LIMIT 1) AS risk_level,
       (SELECT count(*) FROM person_child c WHERE c.person_id = p.id) AS children,
       p.merged_into,
       (SELECT k.reference FROM person k WHERE k.id = p.merged_into) AS merged_reference
FROM person p WHERE p.id = $1
"""
