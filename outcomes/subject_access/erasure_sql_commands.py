"""Erasing one person on the programme side, column by column, as the privacy classes say.

Facts about him, free text and whatever tells of others go; what the service did and when stays,
under a reference that leads to nobody. Made from the tables at every `migrate`, so that a new
column is erased as soon as it has its class.
"""

from collections.abc import Iterator, Sequence

from piccolo.columns.base import Column

from programmes.common.columns import Privacy, privacy_of
from programmes.common.db import table_name
from programmes.common.security.policies import Guarded

ERASED = (Privacy.HIS, Privacy.FREE, Privacy.OTHERS)
SOURCE_KEY = "source_ref"
"""The key under which another system knows the row, and which would lead back to it."""
_BY_TYPE = {
    "TEXT": "'erased'",
    "JSONB": "'[]'::jsonb",
    "TEXT[]": "'{}'",
    "DATE": "DATE '1900-01-01'",
    "BOOLEAN": "false",
}
_BY_NAME = {
    ("person", "sex"): "'not stated'",
    ("child", "lives_with"): "'not known'",
    ("suitability_finding", "answer"): "'not known'",
    ("suitability_finding", "met"): "'not known'",
}
KEPT_WITHOUT_A_NAME = frozenset(
    {
        ("busy_time", "weekday"),
        ("busy_time", "from_time"),
        ("busy_time", "until_time"),
        ("contact_point", "safe_from"),
        ("contact_point", "safe_until"),
        ("not_offered", "from_on"),
        ("not_offered", "given_on"),
        ("not_offered", "until_on"),
        ("notice", "code"),
        ("notice", "shown_from_at"),
        ("notice", "ends_at"),
        ("notice_waiting", "code"),
        ("notice_waiting", "show_from_at"),
        ("order_condition", "ends_on"),
    }
)
"""Hours, days and codes that lead to nobody once the name is gone, and that other rules need."""


def erased_columns(guarded: Guarded) -> Iterator[tuple[str, str]]:
    """Each column that is erased, and what stands in it afterwards."""
    table = guarded.table._meta.tablename
    for column in guarded.table._meta.columns:
        name = column._meta.db_column_name
        is_kept = (table, name) in KEPT_WITHOUT_A_NAME
        if name == SOURCE_KEY or (privacy_of(column) in ERASED and not is_kept):
            yield name, _instead(table, name, column)


def _instead(table: str, name: str, column: Column) -> str:
    """Raises KeyError for a column that needs a value and whose type has none: the build fails."""
    if (table, name) in _BY_NAME:
        return _BY_NAME[table, name]
    return "NULL" if column._meta.null else _BY_TYPE[column.column_type]


# A child who stands beside somebody else too is erased with the last of them.
_HIS_ALONE = (
    "id IN (SELECT c.child_id FROM person_child c WHERE c.person_id = $1) AND NOT EXISTS ("
    "SELECT FROM person_child o WHERE o.child_id = child.id AND o.person_id <> $1 "
    "AND NOT EXISTS (SELECT FROM person_erased x WHERE x.person_id = o.person_id))"
)


def erasure_sql(guarded: Sequence[Guarded]) -> str:
    """The function `auth.erase_person`, for the operator alone."""
    updates = "\n    ".join(_updates(guarded))
    return f"""
CREATE OR REPLACE FUNCTION auth.erase_person(person uuid, rule_applied text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    IF auth.role_of() IS DISTINCT FROM 'operator' THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM legal_hold h WHERE h.person_id = $1 AND h.until_on IS NULL) THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM person_erased x WHERE x.person_id = $1) THEN
        RETURN true;
    END IF;
    {updates}
    INSERT INTO person_erased (id, person_id, erased_at, rule_applied)
    VALUES (gen_random_uuid(), $1, now(), $2);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION auth.erase_person(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.erase_person(uuid, text) TO work_web;
"""


def _updates(guarded: Sequence[Guarded]) -> Iterator[str]:
    for one in guarded:
        names = {column._meta.db_column_name for column in one.table._meta.columns}
        key = "id" if one.table._meta.tablename == "person" else "person_id"
        sets = ", ".join(f'"{name}" = {value}' for name, value in erased_columns(one))
        if key in names and sets:
            yield f"UPDATE {table_name(one.table)} SET {sets} WHERE {key} = $1;"
        elif one.table._meta.tablename == "child":
            yield f"UPDATE child SET {sets} WHERE {_HIS_ALONE};"
