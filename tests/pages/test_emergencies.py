"""A record opened in an emergency: read for an hour, told to managers, never past an exclusion."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pyotp
import pytest

from app.safekeeping.keys import key_of, unseal
from programmes.common.clock import london_date
from programmes.common.db import Side, execute, fetch_value, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Role
from programmes.emergencies.commands import MOST_GUESSES, open_in_emergency
from programmes.emergencies.queries import guesses
from programmes.people.commands import NewPerson, add_person
from programmes.people.queries import people, person
from programmes.people.tables import Exclusion
from programmes.people.words import Sex
from tests.cast import Company
from tests.running.test_token import OFFICER, approved, program

BORN = date(1988, 3, 4)
WHY = "Call to 999 from his address; need his conditions."
GUESSER = "case.owner@waymark.example"
OWN_ROLES = (Role.FACILITATOR, Role.CARA_COORDINATOR, Role.PROBATION, Role.IOM, Role.CASE_OWNER)


@pytest.fixture(autouse=True)
async def _leaves_nothing_to_do(company: Company) -> AsyncIterator[None]:
    yield
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'look-at-emergency', true)")
        await owner.execute(
            "UPDATE emergency_opening SET seen_at = now(), seen_words = 'Test', seen_by = "
            "(SELECT id FROM auth.account WHERE role = 'manager' LIMIT 1) WHERE seen_at IS NULL"
        )


async def somebody(company: Company) -> tuple[UUID, str]:
    """Of nobody's caseload but the manager's: his id and his surname."""
    now = company.clock.now()
    surname = f"Hidden{new_id(now).hex[-10:]}"
    new = NewPerson(first_name="Asa", last_name=surname, date_of_birth=BORN, sex=Sex.MALE)
    async with company.acting(Role.MANAGER) as actor:
        return await add_person(new, actor=actor, now=now), surname


async def opened(company: Company, role: Role, surname: str, *, reason: str = WHY) -> UUID:
    async with company.acting(role) as actor:
        return await open_in_emergency(
            surname=surname,
            born=BORN,
            reference="",
            reason=reason,
            actor=actor,
            now=company.clock.now(),
        )


async def sees(company: Company, role: Role, person_id: UUID) -> bool:
    async with company.acting(role) as actor:
        try:
            await person(actor, person_id)
        except NotFound:
            return False
        return True


async def _code(company: Company, email: str) -> str:
    """The next one that this account has not used."""
    async with company.owner(Side.WORK) as owner:
        row = await owner.fetchrow("SELECT * FROM auth.account WHERE email = $1", email)
        await owner.execute("SELECT set_config('waymark.act', 'test', false)")
        await owner.execute("UPDATE auth.account SET totp_last_step = NULL WHERE email = $1", email)
    key = key_of(company.databases.settings.home, Side.WORK, "totp")
    secret = unseal(key, row["totp_secret"], about=row["id"].bytes).decode()
    return pyotp.TOTP(secret).at(company.clock.now())


@pytest.mark.parametrize("role", OWN_ROLES)
async def test_whoever_works_with_own_people_reads_one_more_for_the_hour(
    company: Company, role: Role
) -> None:
    person_id, surname = await somebody(company)
    assert not await sees(company, role, person_id)
    assert await opened(company, role, surname.upper()) == person_id
    assert await sees(company, role, person_id)
    async with company.acting(role) as actor:
        assert (await people(actor, starts_with=surname)).total == 0  # on no list of theirs
    others = [one for one in OWN_ROLES if one is not role]
    assert [await sees(company, one, person_id) for one in others] == [False] * len(others)


async def test_the_hour_ends_to_the_second(company: Company) -> None:
    person_id, surname = await somebody(company)
    await opened(company, Role.PROBATION, surname)
    async with company.owner(Side.WORK) as owner:
        lasts = await owner.fetchval(
            "SELECT until_at - opened_at FROM emergency_opening WHERE person_id = $1", person_id
        )
        assert lasts.total_seconds() == 3600
    for left, is_open in ((1.0, True), (0.0, False)):
        async with company.acting(Role.PROBATION) as actor:
            await _move_end(company, person_id, left)
            if is_open:
                assert (await person(actor, person_id)).id == person_id
            else:
                with pytest.raises(NotFound):
                    await person(actor, person_id)


async def _move_end(company: Company, person_id: UUID, seconds: float) -> None:
    """To so long after the open transaction's own moment, by which the database judges."""
    moment = await fetch_value("SELECT now()")
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'test', true)")
        await owner.execute(
            "UPDATE emergency_opening SET until_at = $2::timestamptz + $3 * interval '1 second', "
            "opened_at = $2::timestamptz - interval '10 minutes' WHERE person_id = $1",
            person_id,
            moment,
            seconds,
        )


async def test_what_is_open_is_read_and_not_written(company: Company) -> None:
    person_id, surname = await somebody(company)
    await opened(company, Role.PROBATION, surname)
    async with company.acting(Role.PROBATION):
        await execute("SELECT set_config('waymark.act', 'change', true)")
        changed = "UPDATE person SET first_name = 'X' WHERE id = $1"
        assert await execute(changed, person_id) == 0
    async with company.acting(Role.PROBATION) as actor:
        await execute("SELECT set_config('waymark.act', 'assign', true)")
        with pytest.raises(Exception, match="row-level security"):
            await execute(
                "INSERT INTO assignment (id, person_id, account_id, from_on) "
                "VALUES (gen_random_uuid(), $1, $2, current_date)",
                person_id,
                actor.account_id,
            )


async def test_nobody_adds_an_opening_but_through_the_one_function(company: Company) -> None:
    person_id, _ = await somebody(company)
    for role in (Role.PROBATION, Role.MANAGER):
        async with company.acting(role) as actor:
            await execute("SELECT set_config('waymark.act', 'forge', true)")
            with pytest.raises(Exception, match="row-level security"):
                await execute(
                    "INSERT INTO emergency_opening (id, person_id, account_id, reason, opened_at, "
                    "until_at) VALUES (gen_random_uuid(), $1, $2, 'x', now(), "
                    "now() + interval '1 hour')",
                    person_id,
                    actor.account_id,
                )


async def test_an_excluded_record_is_refused_like_one_that_there_is_not(company: Company) -> None:
    person_id, surname = await somebody(company)
    now = company.clock.now()
    async with company.acting(Role.PROBATION) as officer:
        pass
    async with company.acting(Role.MANAGER):
        await execute("SELECT set_config('waymark.act', 'exclude', true)")
        await insert(
            Exclusion,
            id=new_id(now),
            person_id=person_id,
            account_id=officer.account_id,
            reason="Knows the family",
            from_on=london_date(now),
        )
    refusals = []
    for asked in (surname, "Nobodyofthisname"):
        with pytest.raises(Refused) as refused:
            await opened(company, Role.PROBATION, asked)
        refusals.append(refused.value.reasons)
    assert refusals[0] == refusals[1]
    assert not await sees(company, Role.PROBATION, person_id)


async def test_the_page_asks_for_the_code_and_tells_a_manager_at_once(company: Company) -> None:
    person_id, surname = await somebody(company)
    async with await company.as_(OFFICER) as officer, await company.as_("manager") as manager:
        assert "/emergencies/new" in (await officer.get("/people")).text
        assert "Open the record for one hour" in (await officer.get("/emergencies/new")).text
        sent = _form(company, surname, code="000000")
        assert "This code is not right" in (await officer.post("/emergencies", data=sent)).text
        assert not await sees(company, Role.PROBATION, person_id)
        sent = _form(company, surname, code=await _code(company, OFFICER))
        answer = await officer.post("/emergencies", data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/people/{person_id}")
        assert surname in (await officer.get(f"/people/{person_id}")).text
        assert "opened in an emergency" in (await manager.get("/")).text
        await _is_looked_at(company, manager, surname)
        page = (await officer.get("/emergencies")).text
        assert "It was one" in page
        assert WHY in page


async def _is_looked_at(company: Company, manager: httpx.AsyncClient, surname: str) -> None:
    listed = (await manager.get("/api/v1/emergencies")).json()
    found = next(one for one in listed if surname in (one["person_name"] or ""))
    assert (found["reason"], found["is_open"], found["seen_at"]) == (WHY, True, None)
    path = f"/emergencies/{found['id']}/seen"
    ids = {"submission": str(new_id(company.clock.now())), "version": ""}
    seen = await manager.post(path, data={**ids, "words": "It was one"})
    assert seen.status_code == 303, seen.text
    late = await manager.post(f"/api/v1{path}", json={"words": "Again"})
    assert (late.status_code, late.json()["current"]) == (409, {"words": "It was one"})
    typed = await manager.post(path, data={**ids, "words": "Too long. " * 900})
    assert (typed.status_code, "Too long. Too long." in typed.text) == (422, True)


def _form(company: Company, surname: str, *, code: str) -> dict[str, Any]:
    return {
        "submission": str(new_id(company.clock.now())),
        "version": "",
        "surname": surname,
        "born-day": "4",
        "born-month": "3",
        "born-year": "1988",
        "reason": WHY,
        "code": code,
    }


async def test_every_opening_is_in_the_audit_with_its_reason(company: Company) -> None:
    person_id, surname = await somebody(company)
    await opened(company, Role.IOM, surname)
    async with company.acting(Role.AUDITOR, side=Side.WORK):
        found = await fetch_value(
            "SELECT array_agg(role || ' ' || operation || ' ' || reason) FROM audit.entry "
            "WHERE person_id = $1 AND act = 'open-in-emergency'",
            person_id,
        )
    assert found == [f"iom insert {WHY}"]


@pytest.mark.parametrize("role", [Role.BOARD, Role.AUDITOR, Role.SURVIVOR_WORKER, Role.MANAGER])
async def test_who_has_no_own_people_has_no_such_page(company: Company, role: Role) -> None:
    async with await company.as_(role) as browser:
        assert (await browser.get("/emergencies/new")).status_code == 404


async def test_a_short_reason_is_sent_back(company: Company) -> None:
    _, surname = await somebody(company)
    with pytest.raises(Invalid) as refused:
        await opened(company, Role.IOM, surname, reason="urgent")
    assert "in a sentence" in refused.value.errors["reason"]


async def test_a_program_opens_nothing(company: Company) -> None:
    """Even where it has a code: the database asks for a sign-in of one's own."""
    person_id, surname = await somebody(company)
    made = await approved(company, may_write=True)
    async with program(company, made) as client:
        code = await _code(company, OFFICER)
        sent = {"surname": surname, "born": "1988-03-04", "reason": WHY, "code": code}
        answer = await client.post("/api/v1/emergencies", json=sent)
    assert answer.status_code == 422, answer.text
    assert "Nothing was opened" in answer.text
    assert not await sees(company, Role.PROBATION, person_id)


async def test_a_program_of_whoever_opened_it_does_not_read_it_either(company: Company) -> None:
    person_id, surname = await somebody(company)
    made = await approved(company)
    await opened(company, Role.PROBATION, surname)
    path = f"/api/v1/people/{person_id}"
    async with program(company, made) as client, await company.as_(OFFICER) as officer:
        assert (await officer.get(path)).status_code == 200
        assert (await client.get(path)).status_code == 404


async def test_whoever_guesses_names_has_five_tries_an_hour_and_managers_read_of_them(
    company: Company,
) -> None:
    person_id, surname = await somebody(company)
    sent = {"surname": "Nobodyofthisname", "born": "1988-03-04", "reason": WHY}
    async with await company.as_(GUESSER) as worker, await company.as_("manager") as manager:
        for _ in range(MOST_GUESSES):
            code = await _code(company, GUESSER)
            answer = await worker.post("/api/v1/emergencies", json={**sent, "code": code})
            assert (answer.status_code, "Nothing was opened" in answer.text) == (422, True)
        right = {**sent, "surname": surname, "code": await _code(company, GUESSER)}
        answer = await worker.post("/api/v1/emergencies", json=right)
        assert (answer.status_code, "Ask a manager" in answer.text) == (422, True)
        page = _form(company, surname, code=await _code(company, GUESSER))
        assert "Ask a manager" in (await worker.post("/emergencies", data=page)).text
        assert not await sees(company, Role.CASE_OWNER, person_id)
        told = (await manager.get("/emergencies")).text
        assert "Tries of the last day that found nobody" in told
        assert "Tries of the last day" not in (await worker.get("/emergencies")).text
    async with company.acting(Role.MANAGER) as actor:
        theirs = [one.times for one in await guesses(actor) if one.role == "case-owner"]
    assert theirs == [MOST_GUESSES]
