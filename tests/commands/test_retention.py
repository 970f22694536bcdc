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
from programmes.common.ids import new_id
from programmes.common.staff import Role
from tests.cast import Company
from tests.commands.test_access import NOTE, case_note
from tests.survivor_case import now, person, submission, today

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


async def test_a_manager_holds_and_lifts_on_the_page_and_as_json(company: Company) -> None:
    person_id, reference = await person(company)
    api = "/api/v1/legal-holds"
    async with await company.as_(Role.MANAGER) as browser:
        form = await browser.get(f"/legal-holds?person={reference}")
        assert f'value="{reference}"' in form.text
        for said, status in (("P-2222-2222", 422), (reference, 303)):
            sent = {**submission(form.text), "person": said, "reason": "Inquest at Wakefield"}
            done = await browser.post("/legal-holds", data=sent)
            assert done.status_code == status, done.text
        assert "Inquest at Wakefield" in (await browser.get("/legal-holds")).text
        assert 'href="/legal-holds' in (await browser.get("/access-requests")).text
        again = {"person_reference": reference, "reason": ""}
        assert (await browser.post(api, json=again)).status_code == 422
        (one,) = [row for row in (await browser.get(api)).json() if _stands(row, person_id)]
    with pytest.raises(Refused, match="legal hold"):
        await erase(company, person_id)
    for role in (Role.PROBATION, Role.FACILITATOR, Role.BOARD):
        async with await company.as_(role) as browser:
            assert (await browser.get("/legal-holds")).status_code == 404
            assert (await browser.post(f"{api}/{one['id']}/lift")).status_code == 404
    async with await company.as_(Role.MANAGER) as browser:
        assert (await browser.post(f"/legal-holds/{one['id']}/lift")).status_code == 303
        assert (await browser.post(f"{api}/{one['id']}/lift")).status_code == 404
        assert not [row for row in (await browser.get(api)).json() if _stands(row, person_id)]
    await erase(company, person_id)
    async with company.acting(Role.MANAGER) as manager:
        with pytest.raises(Refused, match="erased"):
            await hold_person(person_id, "Inquest", actor=manager, now=now())


def _stands(row: dict[str, str | None], person_id: UUID) -> bool:
    return row["person_id"] == str(person_id) and row["until_on"] is None


async def test_keys_of_other_systems_go_and_a_child_with_the_last_parent(company: Company) -> None:
    (his, _), (hers, _), child = await person(company), await person(company), new_id(now())
    async with company.owner(Side.WORK) as work:
        await work.execute("SELECT set_config('waymark.act', 'test', false)")
        await work.execute(
            "UPDATE person SET source_ref = 'book ' || id WHERE id = ANY($1)", [his, hers]
        )
        await work.execute(
            "INSERT INTO child (id, source_ref, year_of_birth, lives_with) "
            "VALUES ($1::uuid, 'book ' || $1::uuid, 2015, 'father')",
            child,
        )
        for parent in (his, hers):
            await work.execute(
                "INSERT INTO person_child (id, person_id, child_id) "
                "VALUES (gen_random_uuid(), $1, $2)",
                parent,
                child,
            )
    seen = []
    for parent in (his, hers):
        await erase(company, parent)
        async with company.owner(Side.WORK) as work:
            row = await work.fetchrow("SELECT * FROM child WHERE id = $1", child)
            assert (
                await work.fetchval("SELECT source_ref FROM person WHERE id = $1", parent) is None
            )
        seen.append((row["source_ref"], row["year_of_birth"], row["lives_with"]))
    assert seen == [(f"book {child}", 2015, "father"), (None, None, "not known")]


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
