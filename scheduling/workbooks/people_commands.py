"""Writes the people of a programme book, their children, and on whose caseload they are."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from programmes.common.db import execute_many, fetch, insert_many
from programmes.people.rules import name_key
from programmes.people.tables import Assignment, Child, Person, PersonChild
from programmes.people.team_commands import DVPO_TEAM
from programmes.people.words import Sex
from scheduling.workbooks.import_work import ImportWork
from scheduling.workbooks.words import ChildRow, OrderRow, ReferralRow

_UPDATE_PERSON = """
UPDATE person SET first_name = $2, last_name = $3, name_key = $4, date_of_birth = $5,
    version = version + 1
WHERE id = $1 AND (first_name, last_name, date_of_birth) IS DISTINCT FROM ($2, $3, $5)
"""
_UPDATE_DETAILS = """
UPDATE person SET sex = $2, ethnic_group = $3, first_language = $4, interpreter_needed = $5,
    postcode_district = $6, version = version + 1
WHERE id = $1 AND (sex, ethnic_group, first_language, interpreter_needed, postcode_district)
    IS DISTINCT FROM ($2, $3, $4, $5, $6)
"""


async def write_people(work: ImportWork) -> None:
    """New people, and what changed of those whose rows are written. Nobody is merged."""
    latest = _latest_rows(work)
    new = {ref: row for ref, row in latest.items() if ref not in work.people}
    work.people.update({ref: work.new_id() for ref in new})
    await insert_many(Person, [_person(work, ref, row) for ref, row in new.items()])
    touched = {row.person_ref for row in work.plan.referrals.written}
    touched |= {row.person_ref for row in work.plan.orders.written}
    changed = [(work.people[ref], latest[ref]) for ref in sorted(touched - new.keys())]
    await execute_many(_UPDATE_PERSON, [(id, *_identity(row)) for id, row in changed])
    details = [(id, *_details(row)) for id, row in changed if isinstance(row, ReferralRow)]
    await execute_many(_UPDATE_DETAILS, details)


def _latest_rows(work: ImportWork) -> dict[str, ReferralRow | OrderRow]:
    """What the book last says of each person; a referral says more than an order."""
    rows: dict[str, ReferralRow | OrderRow] = {row.person_ref: row for row in work.book.orders}
    by_date = sorted(work.book.referrals, key=lambda row: (row.received_on, row.row))
    rows.update({row.person_ref: row for row in by_date})
    return rows


def _identity(row: ReferralRow | OrderRow) -> tuple[str, str, str, date]:
    key = name_key(row.first_name, row.last_name)
    return row.first_name, row.last_name, key, row.date_of_birth


def _details(row: ReferralRow) -> tuple[Any, ...]:
    return (
        row.sex,
        row.ethnic_group,
        row.first_language,
        row.interpreter_needed,
        row.postcode_district,
    )


def _person(work: ImportWork, ref: str, row: ReferralRow | OrderRow) -> dict[str, Any]:
    first_name, last_name, key, born = _identity(row)
    known = _details(row) if isinstance(row, ReferralRow) else _NOT_SAID
    names = ("sex", "ethnic_group", "first_language", "interpreter_needed", "postcode_district")
    return {
        "id": work.people[ref],
        "reference": ref,
        "source_ref": ref,
        "first_name": first_name,
        "last_name": last_name,
        "name_key": key,
        "date_of_birth": born,
        "created_at": work.now,
        **dict(zip(names, known, strict=True)),
    }


_NOT_SAID: tuple[Any, ...] = (Sex.NOT_STATED, None, None, False, None)


async def write_children(work: ImportWork) -> None:
    """A child who stands under two people is one child with two of them beside it."""
    rows = work.plan.children.written
    stored = await _children_by_ref({row.ref for row in rows})
    ids = dict(stored)
    new: dict[str, ChildRow] = {row.ref: row for row in rows if row.ref not in stored}
    ids.update({ref: work.new_id() for ref in new})
    await insert_many(Child, [_child(ids[ref], row) for ref, row in new.items()])
    await execute_many(
        "UPDATE child SET year_of_birth = $2, lives_with = $3 "
        "WHERE id = $1 AND (year_of_birth, lives_with) IS DISTINCT FROM ($2, $3)",
        [(ids[row.ref], row.year_of_birth, row.lives_with) for row in rows if row.ref in stored],
    )
    links = [
        {"id": work.new_id(), "person_id": work.people[row.person_ref], "child_id": ids[row.ref]}
        for row in work.plan.children.new
    ]
    await insert_many(PersonChild, links)


def _child(child_id: UUID, row: ChildRow) -> dict[str, Any]:
    return {
        "id": child_id,
        "source_ref": row.ref,
        "year_of_birth": row.year_of_birth,
        "lives_with": row.lives_with,
    }


async def _children_by_ref(refs: Iterable[str]) -> dict[str, UUID]:
    rows = await fetch("SELECT source_ref, id FROM child WHERE source_ref = ANY($1)", list(refs))
    return {row["source_ref"]: row["id"] for row in rows}


async def assign_people(work: ImportWork) -> None:
    """Whoever is on a programme to the team that runs it, whoever is under an order to its team."""
    teams = await fetch("SELECT id, name, programme_code FROM team ORDER BY name")
    of_programme = {team["programme_code"]: team["id"] for team in teams}
    of_orders = next((team["id"] for team in teams if team["name"] == DVPO_TEAM), None)
    first: dict[tuple[UUID, UUID], date] = {}
    wanted = [
        *((r.person_ref, of_programme.get(r.programme), r.received_on) for r in _referred(work)),
        *((order.person_ref, of_orders, order.made_on) for order in work.plan.orders.written),
    ]
    for person_ref, team_id, day in wanted:
        if team_id is not None:
            key = (work.people[person_ref], team_id)
            first[key] = min(day, first.get(key, day))
    held = await _assigned({person_id for person_id, _ in first})
    rows = [
        {"id": work.new_id(), "person_id": person_id, "team_id": team_id, "from_on": day}
        for (person_id, team_id), day in first.items()
        if (person_id, team_id) not in held
    ]
    await insert_many(Assignment, rows)


def _referred(work: ImportWork) -> tuple[ReferralRow, ...]:
    return work.plan.referrals.written


async def _assigned(people: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    rows = await fetch(
        "SELECT person_id, team_id FROM assignment "
        "WHERE person_id = ANY($1) AND team_id IS NOT NULL AND until_on IS NULL",
        list(people),
    )
    return {(row["person_id"], row["team_id"]) for row in rows}
