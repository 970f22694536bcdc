"""What a database holds and allows, in figures that are the same before and after a restore."""

import hashlib
from typing import Any

import msgspec

_SCHEMAS = "('public', 'auth', 'audit')"
_TABLES = f"""
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN {_SCHEMAS} AND c.relkind = 'r' ORDER BY 1
"""
# Independent of the order of rows: sixty bits of each row's hash, added up.
_CHECKSUM = """
SELECT count(*) AS rows, coalesce(sum(
    ('x' || left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint::numeric
), 0)::text AS checksum FROM {table} t
"""
_SEQUENCES = f"""
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN {_SCHEMAS} AND c.relkind = 'S' ORDER BY 1
"""
# Of conditions joined by AND, PostgreSQL writes fewer brackets the second time.
_SHAPE = {
    "grants": f"""
        SELECT concat_ws(' ', o.what, o.name, coalesce(r.rolname, 'PUBLIC'), a.privilege_type,
                         a.is_grantable)
        FROM (
            SELECT c.relkind::text AS what, c.oid::regclass::text AS name,
                   coalesce(c.relacl, acldefault(
                       CASE WHEN c.relkind = 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) AS acl
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN {_SCHEMAS} AND c.relkind IN ('r', 'v', 'S')
            UNION ALL
            SELECT 'column', c.oid::regclass || '.' || t.attname, t.attacl
            FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN {_SCHEMAS} AND t.attacl IS NOT NULL
            UNION ALL
            SELECT 'function', p.oid::regprocedure::text,
                   coalesce(p.proacl, acldefault('f', p.proowner))
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname IN {_SCHEMAS}
            UNION ALL
            SELECT 'schema', n.nspname, coalesce(n.nspacl, acldefault('n', n.nspowner))
            FROM pg_namespace n WHERE n.nspname IN {_SCHEMAS}
            UNION ALL
            SELECT 'database', d.datname, coalesce(d.datacl, acldefault('d', d.datdba))
            FROM pg_database d WHERE d.datname = current_database()
        ) o CROSS JOIN LATERAL aclexplode(o.acl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
        WHERE a.grantee <> (SELECT datdba FROM pg_database WHERE datname = current_database())""",
    "owners": f"""
        SELECT c.oid::regclass || ' ' || pg_get_userbyid(c.relowner) || ' ' || c.relrowsecurity
               || ' ' || c.relforcerowsecurity
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN {_SCHEMAS} AND c.relkind IN ('r', 'v', 'S')""",
    "policies": f"""
        SELECT p::text FROM pg_policies p WHERE p.schemaname IN {_SCHEMAS}""",
    "functions": f"""
        SELECT pg_get_functiondef(p.oid) FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN {_SCHEMAS} AND p.prokind = 'f' AND p.prolang <> 12""",
    "triggers": f"""
        SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN {_SCHEMAS} AND NOT t.tgisinternal""",
    "constraints": f"""
        SELECT coalesce(k.conrelid::regclass::text, '') || ' ' || k.conname || ' '
               || translate(pg_get_constraintdef(k.oid), '()', '')
        FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
        WHERE n.nspname IN {_SCHEMAS} AND k.contype <> 'n'""",
    "indexes": f"""
        SELECT indexdef FROM pg_indexes WHERE schemaname IN {_SCHEMAS}""",
    "columns": f"""
        SELECT concat_ws(' ', c.oid::regclass, t.attname, format_type(t.atttypid, t.atttypmod),
                         t.attnotnull, pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = t.attrelid AND d.adnum = t.attnum
        WHERE n.nspname IN {_SCHEMAS} AND c.relkind = 'r' AND t.attnum > 0
              AND NOT t.attisdropped""",
}


class TableFacts(msgspec.Struct, frozen=True):
    rows: int
    checksum: str


class DatabaseFacts(msgspec.Struct, frozen=True):
    """`shape` maps grants, policies and the rest to how many there are and their hash."""

    server_version: int
    tables: dict[str, TableFacts]
    sequences: dict[str, str]
    shape: dict[str, str]
    audit_faults: int
    audit_head: str

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


async def facts_of(connection: Any) -> DatabaseFacts:
    """Everything in one snapshot. The connection reads all rows, whoever's they are."""
    await connection.execute("SET LOCAL timezone = 'UTC'; SET LOCAL statement_timeout = 0")
    tables = {name: await _table(connection, name) for name in await _column(connection, _TABLES)}
    sequences = {
        name: str(await connection.fetchval(f"SELECT (last_value, is_called)::text FROM {name}"))
        for name in await _column(connection, _SEQUENCES)
    }
    head = await connection.fetchrow(
        "SELECT position, encode(hash, 'hex') AS hash FROM audit.link "
        "ORDER BY position DESC LIMIT 1"
    )
    return DatabaseFacts(
        server_version=await connection.fetchval(
            "SELECT current_setting('server_version_num')::int"
        ),
        tables=tables,
        sequences=sequences,
        shape={what: await _shape(connection, sql) for what, sql in _SHAPE.items()},
        audit_faults=await connection.fetchval("SELECT count(*) FROM audit.faults()", timeout=3600),
        audit_head=f"{head['position']} {head['hash']}" if head else "0",
    )


def differences(before: DatabaseFacts, after: DatabaseFacts) -> list[str]:
    """What is not as it was, in words; the version of the server may differ."""
    found = [
        f"table {name}: {_words(before.tables.get(name))}, now {_words(after.tables.get(name))}"
        for name in sorted(before.tables.keys() | after.tables.keys())
        if before.tables.get(name) != after.tables.get(name)
    ]
    if before.sequences != after.sequences:
        found.append("sequences do not stand where they stood")
    found += [
        f"{what}: {before.shape.get(what)}, now {after.shape.get(what)}"
        for what in sorted(before.shape.keys() | after.shape.keys())
        if before.shape.get(what) != after.shape.get(what)
    ]
    if (before.audit_faults, before.audit_head) != (after.audit_faults, after.audit_head):
        found.append("the audit does not hold as it held")
    return found


def _words(table: TableFacts | None) -> str:
    return "none" if table is None else f"{table.rows} rows ({table.checksum})"


async def _table(connection: Any, name: str) -> TableFacts:
    row = await connection.fetchrow(_CHECKSUM.format(table=name), timeout=3600)
    return TableFacts(row["rows"], row["checksum"])


async def _shape(connection: Any, sql: str) -> str:
    lines = sorted(await _column(connection, sql))
    return f"{len(lines)} {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}"


async def _column(connection: Any, sql: str) -> list[str]:
    return [row[0] for row in await connection.fetch(sql)]
