"""Whose time is over is erased by privacy classes; a hold keeps them; the audit stays masked."""

from uuid import UUID

import pytest

from app.migration import guarded_tables
from app.operator import as_operator
from outcomes.subject_access.erasure_commands import (
    erase_person,
    hold_person,
    lift_person_hold,
    people_past_retention,
)
from outcomes.subject_access.erasure_sql_commands import erased_columns
from programmes.common.db import Side, fetch_value
from programmes.common.errors import NotFound, Refused
from programmes.common.staff import Role
from tests.cast import Company
from tests.commands.test_access import NOTE, case_note
from tests.survivor_case import now, person, today

REASON = "He asked, article 17"


async def erase(company: Company, person_id: UUID) -> None:
    async with as_operator(company.databases, Side.WORK, act="test", now=now()) as operator:
        await erase_person(person_id, reason=REASON, actor=operator)


async def stored_about(company: Company, person_id: UUID) -> str:
    """Every column of every row about him, as the owner reads it."""
    said = ""
    async with company.owner(Side.WORK) as work:
        for one in guarded_tables(Side.WORK):
            names = {c._meta.db_column_name for c in one.table._meta.columns}
            table, key = one.table._meta.tablename, "person_id"
            if table == "person" or key not in names:
                key = "id" if table == "person" else ""
            if key:
                sql = f"SELECT to_jsonb(t)::text AS row FROM {table} t WHERE {key} = $1"
                said += "".join(row["row"] for row in await work.fetch(sql, person_id))
        said += "".join(
            row["row"]
            for row in await work.fetch(
                "SELECT to_jsonb(e)::text AS row FROM audit.entry e WHERE person_id = $1", person_id
            )
        )
    return said


async def test_nothing_that_leads_to_him_is_left_and_what_was_done_is(company: Company) -> None:
    person_id, reference = await person(company)
    await case_note(company, person_id)
    before = await stored_about(company, person_id)
    assert "Oxenholme" in before
    assert NOTE in before
    await erase(company, person_id)
    after = await stored_about(company, person_id)
    for gone in ("Oxenholme", "Barnaby", "1988-05-04", NOTE, "Knows the family"):
        assert gone not in after, gone
    assert reference in after
    assert "erase-person" in after
    await erase(company, person_id)


async def test_a_legal_hold_keeps_him_until_it_is_lifted(company: Company) -> None:
    person_id, _ = await person(company)
    async with company.acting(Role.MANAGER) as manager:
        hold = await hold_person(person_id, "Inquest", actor=manager, now=now())
    with pytest.raises(Refused, match="legal hold"):
        await erase(company, person_id)
    assert "Oxenholme" in await stored_about(company, person_id)
    async with company.acting(Role.MANAGER) as manager:
        await lift_person_hold(hold, actor=manager, now=now())
    await erase(company, person_id)
    assert "Oxenholme" not in await stored_about(company, person_id)


async def test_nobody_but_the_operator_erases(company: Company) -> None:
    person_id, _ = await person(company)
    for role in (Role.MANAGER, Role.ADMINISTRATOR):
        with pytest.raises(NotFound):
            async with company.acting(role) as actor:
                await erase_person(person_id, reason=REASON, actor=actor)
        async with company.acting(role):
            assert await fetch_value("SELECT auth.erase_person($1, 'x')", person_id) is False
    assert "Oxenholme" in await stored_about(company, person_id)


async def test_who_is_new_is_not_due(company: Company) -> None:
    person_id, _ = await person(company)
    async with as_operator(company.databases, Side.WORK, act="test", now=now()) as operator:
        due_now = await people_past_retention(operator, today=today())
        later = today().replace(year=today().year + 7, day=1)
        due_later = await people_past_retention(operator, today=later)
    assert person_id not in {one.id for one in due_now}
    assert person_id in {one.id for one in due_later}


def test_every_column_of_a_class_that_is_erased_has_something_to_stand_instead() -> None:
    for one in guarded_tables(Side.WORK):
        for name, instead in erased_columns(one):
            assert instead, (one.table.__name__, name)
