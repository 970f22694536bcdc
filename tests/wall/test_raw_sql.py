"""Somebody inside a login of the programme side, with SQL of his own: nothing to be had."""

from collections.abc import Callable

import asyncpg
import pytest

from programmes.common.clock import london_date
from programmes.common.db import Side, fetch, fetch_value
from programmes.common.security.policies import Logins
from programmes.common.staff import Role
from tests.wall.raw_sql import (
    FORBIDDEN,
    FORGED_SETTINGS,
    REFUSED,
    logged_in,
    sqlstate,
    tables,
    writes_on,
)
from tests.wall.worlds import PROGRAMME_SIDE, Worlds

SURVIVOR_LOGINS = Logins(Side.SURVIVOR).all_logins


async def test_without_a_sign_in_no_login_reads_a_single_row(worlds: Worlds) -> None:
    for login in ("work_web", "survivor_web"):
        async with logged_in(worlds.planted, login) as connection:
            for table in await tables(connection):
                state = await sqlstate(connection, f"SELECT id FROM {table}")
                assert state in ("", *REFUSED), (table, state)
                if not state:
                    assert await connection.fetch(f"SELECT id FROM {table} LIMIT 1") == [], table


async def test_a_forged_setting_opens_nothing(worlds: Worlds) -> None:
    world = worlds.planted
    async with world.cast.owner(Side.WORK) as owner:
        uid, stored = await owner.fetchrow(
            "SELECT account_id, encode(token_hash, 'hex') FROM auth.sign_in WHERE ended_at IS NULL"
        )
    async with logged_in(world, "work_web") as connection:
        for setting in FORGED_SETTINGS:
            for table in ("person", "referral", "enrolment", "order_wording", "audit.entry"):
                transaction = connection.transaction()
                await transaction.start()
                try:
                    await connection.execute(setting.format(uid=uid, stored=stored))
                    seen = await connection.fetchval(f"SELECT count(*) FROM {table}")
                    assert seen == 0, (setting, table)
                except asyncpg.PostgresError:
                    continue
                finally:
                    await transaction.rollback()


@pytest.mark.parametrize("email", ["", *PROGRAMME_SIDE])
async def test_no_forbidden_statement_is_carried_out_for_anybody(
    worlds: Worlds, email: str, record_property: Callable[[str, object], None]
) -> None:
    assert len(FORBIDDEN) >= 100
    key = (await worlds.planted.cast.token(email)).key if email else "00"
    async with logged_in(worlds.planted, "work_web") as connection:
        await connection.execute("SELECT set_config('waymark.sign_in', $1, false)", key)
        await connection.execute("SELECT set_config('waymark.act', 'attack', false)")
        carried_out = [sql for sql in FORBIDDEN if not await sqlstate(connection, sql)]
    assert carried_out == []
    if not email:
        record_property("forbidden statements, each as everybody", len(FORBIDDEN))


async def test_no_login_deletes_or_rekeys_a_row_of_any_table(worlds: Worlds) -> None:
    for login in ("work_web", "work_door", "work_bridge_reader", "work_bridge_writer"):
        async with logged_in(worlds.planted, login) as connection:
            await connection.execute("SELECT set_config('waymark.act', 'attack', false)")
            for table in await tables(connection):
                for sql in writes_on(table):
                    assert await sqlstate(connection, sql) in REFUSED, (login, sql)


async def test_the_bridges_see_their_columns_and_nothing_else(worlds: Worlds) -> None:
    async with logged_in(worlds.planted, "work_bridge_writer") as connection:
        for table in await tables(connection):
            assert await sqlstate(connection, f"SELECT id FROM {table}") in REFUSED, table
    async with logged_in(worlds.planted, "work_bridge_reader") as connection:
        assert await connection.fetchval("SELECT count(id) FROM person") > 0
        for column in ("postcode_district", "first_language", "sex"):
            assert await sqlstate(connection, f"SELECT {column} FROM person") in REFUSED, column
        for table in ("order_wording", "exclusion", "assignment", "auth.account", "audit.entry"):
            assert await sqlstate(connection, f"SELECT 1 FROM {table}") in REFUSED, table
        insert = "INSERT INTO notice_waiting (id) VALUES (gen_random_uuid())"
        assert await sqlstate(connection, insert) in REFUSED


async def test_no_work_login_gets_into_the_survivor_database_nor_the_servers_own(
    worlds: Worlds,
) -> None:
    for login in Logins(Side.WORK).all_logins:
        for database in ("survivor", "postgres", "template1"):
            with pytest.raises(Exception, match="permission denied for database"):
                async with logged_in(worlds.planted, login, database):
                    pass
    for login in SURVIVOR_LOGINS:
        with pytest.raises(Exception, match="permission denied for database"):
            async with logged_in(worlds.planted, login, "work"):
                pass


async def test_nobody_reads_what_hangs_on_anothers_caseload(worlds: Worlds) -> None:
    """Every row that names a person, for the roles that see only their own people."""
    async with worlds.planted.cast.owner(Side.WORK) as owner:
        holding = await owner.fetch(
            "SELECT quote_ident(table_name) FROM information_schema.columns "
            "WHERE column_name = 'person_id' AND table_schema = 'public'"
        )
    for role in (Role.FACILITATOR, Role.PROBATION, Role.CASE_OWNER):
        async with worlds.planted.cast.acting(role):
            own = set(await _ids("SELECT auth.own_people()"))
            excluded = set(await _ids("SELECT auth.excluded_people()"))
            assert len(own) > 1, role
            assert await fetch_value("SELECT count(*) FROM person") == len(own - excluded)
            for (table,) in holding:
                seen = set(await _readable(table))
                assert seen <= own, (role, table)
                assert not seen & excluded, (role, table)


async def _readable(table: str) -> list[object]:
    if not await fetch_value("SELECT has_table_privilege($1, 'SELECT')", f"public.{table}"):
        return []
    return await _ids(f"SELECT person_id FROM {table} WHERE person_id IS NOT NULL")


async def _ids(sql: str) -> list[object]:
    return [row[0] for row in await fetch(sql)]


async def test_hidden_and_absent_people_refuse_a_write_alike(worlds: Worlds) -> None:
    """Foreign keys ignore row security: the policy must refuse before they are asked."""
    world = worlds.planted
    async with world.cast.owner(Side.WORK) as owner:
        hidden = await owner.fetchval(
            "SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM assignment a "
            "JOIN auth.account c ON c.id = a.account_id WHERE c.role = 'probation') LIMIT 1"
        )
        programme, agency, team = [
            await owner.fetchval(f"SELECT id FROM {table} LIMIT 1")
            for table in ("programme", "agency", "team")
        ]
        order = await owner.fetchval("SELECT id FROM protective_order LIMIT 1")
    adding = (
        f"INSERT INTO referral SELECT gen_random_uuid(), 'x', NULL, '{{0}}', '{programme}', "
        f"'{agency}'",
        f"INSERT INTO assignment (id, person_id, team_id, from_on) "
        f"VALUES (gen_random_uuid(), '{{0}}', '{team}', '2020-01-01')",
        "INSERT INTO exclusion (id, person_id, account_id, reason, from_on) "
        "VALUES (gen_random_uuid(), '{0}', gen_random_uuid(), 'x', '2020-01-01')",
        "INSERT INTO person_child (id, person_id, child_id) "
        "VALUES (gen_random_uuid(), '{0}', gen_random_uuid())",
        f"INSERT INTO breach_move (id, breach_id, person_id, after, moved_at, moved_by) "
        f"VALUES (gen_random_uuid(), '{order}', '{{0}}', 'alleged', now(), gen_random_uuid())",
    )
    key = (await world.cast.token("probation@waymark.example")).key
    absent = "01890000-0000-7000-8000-000000000000"
    async with logged_in(world, "work_web") as connection:
        await connection.execute("SELECT set_config('waymark.sign_in', $1, false)", key)
        await connection.execute("SELECT set_config('waymark.act', 'attack', false)")
        for sql in adding:
            states = [await sqlstate(connection, sql.format(one)) for one in (hidden, absent)]
            assert states[0] == states[1], (sql, states)


async def test_the_id_behind_a_reference_is_for_auditors_who_may_know_of_him(
    worlds: Worlds,
) -> None:
    world = worlds.planted
    connection = await world.superuser(Side.WORK)
    transaction = connection.transaction()
    await transaction.start()
    try:
        (person_id, known_as), (hidden_id, hidden) = await connection.fetch(
            "SELECT id, reference FROM person WHERE merged_into IS NULL ORDER BY id LIMIT 2"
        )
        await connection.execute("SELECT set_config('waymark.act', 'attack', true)")
        await connection.execute(
            "INSERT INTO exclusion (id, person_id, account_id, reason, from_on) SELECT "
            "gen_random_uuid(), $1, a.id, 'knows them', current_date FROM auth.account a "
            "WHERE a.role = 'auditor'",
            hidden_id,
        )
        await connection.execute("SET LOCAL ROLE work_web")
        for email in ("", *PROGRAMME_SIDE):
            key = (await world.cast.token(email)).key if email else "00"
            await connection.execute("SELECT set_config('waymark.sign_in', $1, true)", key)
            of = [
                await connection.fetchval("SELECT auth.audited_person($1)", one)
                for one in (known_as.lower(), hidden, "P-2222-2222", "")
            ]
            assert of == [person_id if email.startswith("auditor") else None, *[None] * 3], email
    finally:
        await transaction.rollback()
        await connection.close()


async def test_who_is_excluded_neither_sees_nor_lifts_what_excludes(worlds: Worlds) -> None:
    world = worlds.planted
    for email in ("manager@waymark.example", "probation@waymark.example"):
        key = (await world.cast.token(email)).key
        async with logged_in(world, "work_web") as connection:
            await connection.execute("SELECT set_config('waymark.sign_in', $1, false)", key)
            await connection.execute("SELECT set_config('waymark.act', 'attack', false)")
            person_id = await connection.fetchval("SELECT auth.excluded_people()")
            assert person_id is not None
            own = "SELECT count(*) FROM exclusion WHERE account_id = auth.uid()"
            assert await connection.fetchval(own) == 0
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute("UPDATE exclusion SET until_on = '2020-01-01'")
            assert await connection.fetchval("SELECT auth.excluded_people()") == person_id
            await transaction.rollback()
            of_him = "SELECT count(*) FROM audit.entry WHERE person_id = $1"
            assert await connection.fetchval(of_him, person_id) == 0


async def test_no_other_time_zone_brings_an_exclusion_forward_or_puts_it_off(
    worlds: Worlds,
) -> None:
    """Between these two zones lie 26 hours: in one of them it is never the day that it is here."""
    world = worlds.planted
    connection = await world.superuser(Side.WORK)
    transaction = connection.transaction()
    await transaction.start()
    try:
        person_id = await connection.fetchval(
            "SELECT id FROM person WHERE merged_into IS NULL ORDER BY id DESC LIMIT 1"
        )
        await connection.execute("SELECT set_config('waymark.act', 'attack', true)")
        today = london_date(await connection.fetchval("SELECT now()"))
        await connection.execute(
            "INSERT INTO exclusion (id, person_id, account_id, reason, from_on, until_on) SELECT "
            "gen_random_uuid(), $1, a.id, 'knows them', $2, $2 FROM auth.account a "
            "WHERE a.email = 'manager@waymark.example'",
            person_id,
            today,
        )
        await connection.execute("SET LOCAL ROLE work_web")
        key = (await world.cast.token("manager@waymark.example")).key
        await connection.execute("SELECT set_config('waymark.sign_in', $1, true)", key)
        for zone in ("Pacific/Kiritimati", "UTC", "Etc/GMT+12"):
            await connection.execute("SELECT set_config('TimeZone', $1, true)", zone)
            hidden = await connection.fetch("SELECT auth.excluded_people() AS id")
            assert person_id in {row["id"] for row in hidden}, zone
            assert await connection.fetchval("SELECT auth.today()") == today
    finally:
        await transaction.rollback()
        await connection.close()
