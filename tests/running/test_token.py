"""Tokens of programs: one account's eyes, for a while, counted, and gone when revoked."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import httpx
import pytest

from app.signing_in.asked_tokens import MadeToken, make_token
from app.signing_in.programs import cases_shown_by
from programmes.common.accounts import account_by_email, change_account
from programmes.common.db import Side, execute
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.staff import Role
from programmes.tokens.commands import approve_token, revoke_token
from programmes.tokens.queries import tokens, tokens_waiting
from tests.attendance_case import make_group
from tests.cast import Company
from tests.own_home import OwnHome

OFFICER = "probation@waymark.example"
MANAGER = "manager@waymark.example"


async def asked(company: Company, email: str = OFFICER, *, may_write: bool = False) -> MadeToken:
    async with company.acting(Role.ADMINISTRATOR, side=Side.WORK) as actor:
        return await make_token(
            email,
            name="case system",
            days=30,
            may_write=may_write,
            actor=actor,
            now=company.clock.now(),
        )


async def approved(company: Company, email: str = OFFICER, *, may_write: bool = False) -> MadeToken:
    made = await asked(company, email, may_write=may_write)
    async with company.acting(Role.MANAGER) as actor:
        await approve_token(made.id, actor=actor, now=company.clock.now())
    return made


@asynccontextmanager
async def program(company: Company, made: MadeToken) -> AsyncIterator[httpx.AsyncClient]:
    async with company.stranger() as client:
        client.headers["Authorization"] = f"Bearer {made.token}"
        yield client


async def test_a_token_opens_nothing_until_a_manager_approves_it(company: Company) -> None:
    made = await asked(company)
    async with program(company, made) as client:
        assert (await client.get("/api/v1/me")).status_code == 401
        async with company.acting(Role.MANAGER) as actor:
            assert made.id in [one.id for one in await tokens_waiting(actor)]
            await approve_token(made.id, actor=actor, now=company.clock.now())
        answer = await client.get("/api/v1/me")
    assert (answer.status_code, answer.json()["role"]) == (200, "probation")


async def test_it_sees_what_the_account_sees_and_nothing_beside_the_json(company: Company) -> None:
    made = await approved(company)
    async with program(company, made) as client, await company.as_(OFFICER) as browser:
        theirs = await client.get("/api/v1/caseload")
        assert theirs.status_code == 200
        assert theirs.json() == (await browser.get("/api/v1/caseload")).json()
        assert (await client.get("/caseload")).status_code == 303  # to the sign-in page
        assert (await client.get(f"/api/v1/survivors/{made.id}")).status_code == 404
    async with company.stranger() as browser:
        browser.cookies.set("waymark", made.token)
        assert (await browser.get("/api/v1/me")).status_code == 401


async def test_it_may_write_only_where_that_was_asked_for(company: Company) -> None:
    reading, writing = await approved(company), await approved(company, may_write=True)
    async with program(company, reading) as client:
        answer = await client.post(
            f"/api/v1/orders/{new_id(company.clock.now())}/breaches", json={}
        )
    assert answer.status_code == 403
    async with program(company, writing) as client:
        answer = await client.post("/api/v1/sign-out")
    assert answer.status_code == 204


@pytest.mark.parametrize("times", [50, pytest.param(1000, marks=pytest.mark.deep)])
async def test_a_revoked_token_is_nobodys_a_thousand_times_over(
    company: Company, times: int, record_property: Callable[[str, object], None]
) -> None:
    made = await approved(company)
    async with program(company, made) as client:
        assert (await client.get("/api/v1/me")).status_code == 200
        async with company.acting(Role.ADMINISTRATOR, side=Side.WORK) as actor:
            await revoke_token(made.id, actor=actor, now=company.clock.now())
        answers = [(await client.get("/api/v1/me")).status_code for _ in range(times)]
    record_property("requests with a revoked token", len(answers))
    record_property("of them let in", len(answers) - answers.count(401))
    assert set(answers) == {401}
    async with company.acting(Role.MANAGER) as actor:
        await execute("SELECT set_config('waymark.act', 'revive', true)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await execute("UPDATE auth.api_token SET ended_at = NULL WHERE id = $1", made.id)


async def test_a_group_and_its_register_count_as_everybody_in_them(company: Company) -> None:
    group, made = await make_group(company), await approved(company, MANAGER)
    charged = "SELECT hour_cases FROM auth.api_token_use WHERE token_id = $1"
    async with company.owner(Side.WORK) as owner, program(company, made) as client:
        whole = await client.get(f"/api/v1/cohorts/{group.cohort_id}")
        first = await owner.fetchval(charged, made.id)
        register = await client.get(f"/api/v1/sessions/{group.past}/register")
        both = await owner.fetchval(charged, made.id)
    assert (len(whole.json()["places"]), first) == (3, 3)
    assert (len(register.json()["places"]), both) == (3, 6)


async def test_more_requests_than_a_minute_may_hold_wait(company: Company) -> None:
    made = await approved(company)
    async with company.owner(Side.WORK) as connection, connection.transaction():
        await connection.execute("SELECT set_config('waymark.act', 'test', true)")
        await connection.execute("UPDATE auth.api_token SET per_minute = 3 WHERE id = $1", made.id)
    async with program(company, made) as client:
        codes = [(await client.get("/api/v1/me")).status_code for _ in range(8)]
    assert codes.count(429) >= 2  # a minute may turn between them
    assert codes[:3] == [200, 200, 200]


async def test_a_closed_account_closes_its_tokens(company: Company) -> None:
    made = await approved(company, "case.owner@waymark.example")
    async with company.acting(Role.ADMINISTRATOR, side=Side.WORK) as actor:
        for is_active in (False, True):
            found = await account_by_email("case.owner@waymark.example")
            assert found is not None
            await change_account(
                found.id, role=found.role, is_active=is_active, version=found.version, actor=actor
            )
    company._tokens.pop("case.owner@waymark.example", None)
    async with program(company, made) as client:
        assert (await client.get("/api/v1/me")).status_code == 401
    async with company.acting(Role.MANAGER) as actor:
        (ended,) = [one for one in await tokens(actor) if one.id == made.id]
    assert ended.ended_because == "account changed"


@pytest.mark.parametrize(
    ("email", "days", "words"),
    [
        (OFFICER, 91, "1 to 90 days"),
        (OFFICER, 0, "1 to 90 days"),
        ("administrator@waymark.example", 30, "role"),
        ("survivor.worker@waymark.example", 30, "no open account"),
    ],
)
async def test_no_token_is_longer_or_for_others(
    company: Company, email: str, days: int, words: str
) -> None:
    async with company.acting(Role.ADMINISTRATOR, side=Side.WORK) as actor:
        with pytest.raises(Invalid, match=words):
            await make_token(
                email, name="x", days=days, may_write=False, actor=actor, now=company.clock.now()
            )


async def test_an_administrator_cannot_approve_past_the_pages(company: Company) -> None:
    made = await asked(company)
    async with company.acting(Role.ADMINISTRATOR, side=Side.WORK) as actor:
        await execute("SELECT set_config('waymark.act', 'cheat', true)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await execute(
                "UPDATE auth.api_token SET approved_at = now(), approved_by = $2 WHERE id = $1",
                made.id,
                actor.account_id,
            )


async def test_the_survivor_side_has_no_tokens_at_all(company: Company) -> None:
    async with company.owner(Side.SURVIVOR) as connection:
        assert await connection.fetchval("SELECT to_regclass('auth.api_token')") is None


async def test_the_database_keeps_only_a_hash(company: Company) -> None:
    made = await approved(company)
    async with company.owner(Side.WORK) as connection:
        row = await connection.fetchrow(
            "SELECT t::text FROM auth.api_token t WHERE id = $1", made.id
        )
    assert made.token not in row["t"]


def test_the_command_line_makes_lists_and_revokes(own: OwnHome) -> None:
    own.run("user", "create", "t@example.org", "--role", "probation", "--name", "A B")
    made = own.run("token", "create", "t@example.org", "--name", "feed", "--json").json
    assert made["token"].startswith("p-")
    assert own.run("token", "revoke", made["id"]).code == 0
    (listed,) = own.run("token", "list", "--json").json["tokens"]
    assert (listed["id"], listed["state"], UUID(listed["id"])) == (
        made["id"],
        "ended",
        UUID(made["id"]),
    )
    assert own.run("token", "revoke", "nothing").code == 1
    unknown = own.run("token", "revoke", "01890000-0000-7000-8000-000000000000", "--json")
    assert (unknown.code, "see token list" in unknown.json["refused"][0]) == (1, True)
    assert own.run("token", "create", "t@example.org").code == 2


@pytest.mark.parametrize(
    ("path", "cases"),
    [
        ("/api/v1/me", 0),
        ("/api/v1/people", 25),
        ("/api/v1/people/01890000-0000-7000-8000-000000000000", 1),
        ("/api/v1/people/01890000-0000-7000-8000-000000000000/timeline", 1),
    ],
)
def test_a_list_counts_as_the_cases_that_it_shows(path: str, cases: int) -> None:
    assert cases_shown_by(path) == cases
