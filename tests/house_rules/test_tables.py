"""What every table, column and foreign key keeps to."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from piccolo.columns import ForeignKey
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from app.migration import guarded_tables
from app.piccolo_conf import APP_REGISTRY
from programmes.common.columns import privacy_of
from programmes.common.db import Side
from programmes.common.tables import (
    Account,
    AuditEntry,
    AuditLink,
    JobRun,
    Passkey,
    PermissionGrant,
    SignIn,
    SignInAttempt,
    Submission,
)
from programmes.linked_sign_ins.tables import LinkedSignIn
from tests.cast import Company

TABLES: list[type[Table]] = [
    table for app in APP_REGISTRY.apps for table in import_module(app).APP_CONFIG.table_classes
]
ROOT = Path(__file__).parents[2]
SQL = [p for top in ("programmes", "scheduling", "outcomes") for p in (ROOT / top).rglob("*.sql")]
_BARE = re.compile(r"(?:WHERE|AND|ON) [^;(]*?= auth\.(?:uid|role_of|uid_of_token)\(\)")
GUARDED_BY_HAND = {
    Account,
    AuditEntry,
    AuditLink,
    JobRun,
    LinkedSignIn,
    Passkey,
    PermissionGrant,
    SignIn,
    SignInAttempt,
    Submission,
}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.__name__)
def test_every_column_has_a_privacy_class_and_a_stated_default(table: type[Table]) -> None:
    for column in table._meta.columns:
        assert privacy_of(column), column
        assert column._meta.params.get("default") is None or not column._meta.null


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.__name__)
def test_every_foreign_key_restricts_and_stays_on_its_side(table: type[Table]) -> None:
    side = table._meta.db.side
    for column in table._meta.foreign_key_columns:
        assert isinstance(column, ForeignKey)
        meta = column._foreign_key_meta
        assert meta.on_delete is OnDelete.restrict
        assert meta.on_update is OnUpdate.restrict
        assert meta.resolved_references._meta.db.side in (side, None)


def test_every_table_is_registered_as_guarded() -> None:
    guarded = {g.table for side in Side for g in guarded_tables(side)} | GUARDED_BY_HAND
    assert {t.__name__ for t in TABLES} == {t.__name__ for t in guarded}


def test_mutable_and_bridged_columns_exist() -> None:
    for side in Side:
        for guarded in guarded_tables(side):
            known = {c._meta.db_column_name for c in guarded.table._meta.columns}
            named = {*guarded.mutable, *guarded.bridge, *guarded.readable_columns}
            assert named <= known, guarded.table.__name__


@pytest.mark.parametrize("side", Side)
async def test_no_login_owns_or_outranks(company: Company, side: Side) -> None:
    async with company.owner(side) as connection:
        strong = await connection.fetch(
            "SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname <> 'postgres' "
            "AND (rolsuper OR rolcreaterole OR rolcreatedb "
            "OR (rolbypassrls AND rolname NOT LIKE '%_backup'))"
        )
    assert strong == []


@pytest.mark.parametrize("path", sorted(SQL), ids=lambda path: path.name)
def test_conditions_ask_once_who_is_asking(path: Path) -> None:
    """Bare, the function is called again for each row of the table."""
    assert not _BARE.findall(path.read_text())
