"""A mark in each database of the code that last migrated it, so that a start can leave it be."""

import hashlib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_SAYS_WHAT_STANDS = (
    "app/migration.py",
    "programmes/**/*.sql",
    "scheduling/**/*.sql",
    "outcomes/**/*.sql",
    "programmes/**/migrations/*.py",
    "scheduling/**/migrations/*.py",
    "outcomes/**/migrations/*.py",
    "programmes/**/guarded.py",
    "scheduling/**/guarded.py",
    "outcomes/**/guarded.py",
    "programmes/common/permission_table.py",
    "programmes/common/permissions.py",
    "programmes/common/security/*.py",
    "programmes/common/staff.py",
    "programmes/catalogue/**/*.py",
    "programmes/orders/*_kinds.py",
    "programmes/orders/clock_laws.py",
    "programmes/orders/words.py",
    "programmes/people/team_commands.py",
)


def code_mark() -> str:
    """A hash over every file that says what stands in the databases."""
    digest = hashlib.sha256()
    found = {path for pattern in _SAYS_WHAT_STANDS for path in ROOT.glob(pattern)}
    for path in sorted(found):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


async def stored_mark(connection: Any) -> str | None:
    mark: str | None = await connection.fetchval(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'auth'"
    )
    return mark


async def store_mark(connection: Any, mark: str) -> None:
    """In the migration's own transaction, as the schema's owner."""
    await connection.execute(f"COMMENT ON SCHEMA auth IS '{mark}'")
