"""Row security, grants and audit triggers, generated from the permission table.

`migrate` drops and makes them all again each time, so what stands in the database is always
what this code and the table say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from piccolo.table import Table

from programmes.common.db import Side, table_name
from programmes.common.permissions import GRANTS, Resource, Verb


class Own(StrEnum):
    """What makes a row somebody's own, as a condition on the named column."""

    NOBODY = "false"
    ANYBODY = "true"
    PERSON = "{column} IN (SELECT auth.own_people())"
    MYSELF = "{column} = (SELECT auth.uid())"
    COHORT = "{column} IN (SELECT auth.own_cohorts())"
    SURVIVOR = "{column} IN (SELECT auth.own_survivors())"
    CHILD = "{column} IN (SELECT pc.child_id FROM public.person_child pc)"
    KEY = "{column} IN (SELECT s.data_key_id FROM public.survivor s)"


_OWN_TO_WRITE = {Own.COHORT: "{column} IN (SELECT auth.run_cohorts())"}
"""Where one may read more than one may write: the dates of a group that others run."""


_OWN_TO_READ = {Own.PERSON: "{column} IN (SELECT auth.readable_people())"}
"""Records that are open in an emergency may be read for their hour, and never written."""

_EXCLUDED = {Own.PERSON: "auth.excluded_people()", Own.SURVIVOR: "auth.excluded_survivors()"}
"""Whom an account may not see, though they be its own."""


@dataclass(frozen=True)
class Guarded:
    """How one table is guarded.

    `mutable` names the columns that may ever be updated; the rest of a row stands for good.
    `also` is a further condition for reading. `bridge` names the columns that the survivor
    side's own login may read; `bridge_insert`, that its writing login may add rows.
    `check` binds everybody who adds a row and does not hold the right to write them all.
    `insert_own` replaces the condition for adding where a new row cannot be one's own yet;
    `change_own`, that for changing where a row needs more than being one's own.
    `read_as` and `change_as` name further rights that open the table for reading and changing.
    """

    table: type[Table]
    resource: Resource
    own: Own = Own.PERSON
    column: str = "person_id"
    mutable: tuple[str, ...] = ()
    insert_as: tuple[tuple[Resource, Verb], ...] = ()
    insert_own: str = ""
    change_own: str = ""
    read_as: tuple[tuple[Resource, Verb], ...] = ()
    change_as: tuple[tuple[Resource, Verb], ...] = ()
    check: str = ""
    readable_columns: tuple[str, ...] = ()
    also: str = ""
    bridge: tuple[str, ...] = ()
    bridge_insert: bool = False
    audited: bool = True
    excludes: bool = True


@dataclass(frozen=True)
class Logins:
    """The names of one side's database logins."""

    side: Side

    @property
    def owner(self) -> str:
        return f"{self.side}_owner"

    @property
    def migrator(self) -> str:
        return f"{self.side}_migrator"

    @property
    def web(self) -> str:
        return f"{self.side}_web"

    @property
    def door(self) -> str:
        return f"{self.side}_door"

    @property
    def backup(self) -> str:
        return f"{self.side}_backup"

    @property
    def bridge_reader(self) -> str | None:
        """Only `work` has them: the survivor side reads a few columns there and adds rows."""
        return "work_bridge_reader" if self.side is Side.WORK else None

    @property
    def bridge_writer(self) -> str | None:
        return "work_bridge_writer" if self.side is Side.WORK else None

    @property
    def all_logins(self) -> tuple[str, ...]:
        names = (self.migrator, self.web, self.door, self.backup)
        bridges = (self.bridge_reader, self.bridge_writer)
        return names + tuple(name for name in bridges if name)


def allowed(resource: Resource, verb: Verb, own: str) -> str:
    """The condition under which the signed-in account may do this to the row."""
    scope = f"(SELECT auth.scope('{resource}', '{verb}'))"
    return f"({scope} = 'all' OR ({scope} = 'own' AND {own}))"


def security_sql(guarded: Sequence[Guarded], logins: Logins) -> list[str]:
    """Every statement for one side, in order."""
    statements: list[str] = []
    for table in guarded:
        statements += _table_sql(table, logins)
    return statements


def _table_sql(guarded: Guarded, logins: Logins) -> Iterator[str]:
    name = table_name(guarded.table)
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY owner ON {name} TO {logins.owner} USING (true) WITH CHECK (true)"
    yield from _read_sql(guarded, name, logins.web)
    yield from _insert_sql(guarded, name, logins.web)
    yield from _update_sql(guarded, name, logins.web)
    yield from _exclusion_sql(guarded, name, logins.web)
    yield from _bridge_sql(guarded, name, logins)
    yield from _audit_sql(guarded, name)


def _own_to_read(guarded: Guarded) -> str:
    condition = _OWN_TO_READ.get(guarded.own, guarded.own.value)
    return condition.format(column=f'"{guarded.column}"')


def _own_to_write(guarded: Guarded) -> str:
    condition = _OWN_TO_WRITE.get(guarded.own, guarded.own.value)
    return condition.format(column=f'"{guarded.column}"')


def _is_granted(resource: Resource, verb: Verb) -> bool:
    return any(p.resource is resource and p.verb is verb for _, p in GRANTS)


def _read_sql(guarded: Guarded, name: str, login: str) -> Iterator[str]:
    if not _is_granted(guarded.resource, Verb.READ):
        return
    rights = ((guarded.resource, Verb.READ), *guarded.read_as)
    condition = " OR ".join(allowed(*right, _own_to_read(guarded)) for right in rights)
    if guarded.also:
        condition = f"({condition}) AND ({guarded.also})"
    columns = ", ".join(f'"{column}"' for column in guarded.readable_columns)
    yield f"GRANT SELECT {f'({columns})' if columns else ''} ON {name} TO {login}"
    yield f"CREATE POLICY reading ON {name} FOR SELECT TO {login} USING ({condition})"


def _insert_sql(guarded: Guarded, name: str, login: str) -> Iterator[str]:
    rights = guarded.insert_as or ((guarded.resource, Verb.CREATE),)
    own = guarded.insert_own or _own_to_write(guarded)
    condition = " OR ".join(allowed(*right, own) for right in rights)
    if guarded.check:
        writes_all = allowed(guarded.resource, Verb.WRITE, "false")
        condition = f"({condition}) AND ({guarded.check} OR {writes_all})"
    yield f"GRANT INSERT ON {name} TO {login}"
    yield f"CREATE POLICY adding ON {name} FOR INSERT TO {login} WITH CHECK ({condition})"


def _update_sql(guarded: Guarded, name: str, login: str) -> Iterator[str]:
    if not guarded.mutable:
        return
    rights = [(guarded.resource, Verb.WRITE), *guarded.insert_as, *guarded.change_as]
    own = guarded.change_own or _own_to_write(guarded)
    condition = " OR ".join(allowed(*right, own) for right in rights)
    columns = ", ".join(f'"{column}"' for column in guarded.mutable)
    yield f"GRANT UPDATE ({columns}) ON {name} TO {login}"
    yield (
        f"CREATE POLICY changing ON {name} FOR UPDATE TO {login} "
        f"USING ({condition}) WITH CHECK ({condition})"
    )


def _exclusion_sql(guarded: Guarded, name: str, login: str) -> Iterator[str]:
    if guarded.own not in _EXCLUDED or not guarded.excludes:
        return
    condition = f'"{guarded.column}" NOT IN (SELECT {_EXCLUDED[guarded.own]})'
    yield f"CREATE POLICY excluded ON {name} AS RESTRICTIVE TO {login} USING ({condition})"


def _bridge_sql(guarded: Guarded, name: str, logins: Logins) -> Iterator[str]:
    if guarded.bridge:
        columns = ", ".join(f'"{column}"' for column in guarded.bridge)
        reader = logins.bridge_reader
        yield f"GRANT SELECT ({columns}) ON {name} TO {reader}"
        yield f"CREATE POLICY bridge ON {name} FOR SELECT TO {reader} USING (true)"
    if guarded.bridge_insert:
        writer = logins.bridge_writer
        yield f"GRANT INSERT ON {name} TO {writer}"
        yield f"CREATE POLICY bridge_adds ON {name} FOR INSERT TO {writer} WITH CHECK (true)"


def _audit_sql(guarded: Guarded, name: str) -> Iterator[str]:
    if guarded.audited:
        yield (
            f"CREATE TRIGGER note_write AFTER INSERT OR UPDATE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION audit.note_write()"
        )
