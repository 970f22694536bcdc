"""Permissions: reads the permission table and answers who may do what to what."""

import re
from dataclasses import dataclass
from enum import StrEnum

from programmes.common import permission_table
from programmes.common.errors import NotFound
from programmes.common.staff import Actor, Role


class Resource(StrEnum):
    PERSON = "person"
    SUITABILITY = "suitability"
    CONTACT = "contact"
    RISK = "risk"
    ORDERS = "orders"
    ORDER_WORDING = "order-wording"
    PROTECTED_PLACE = "protected-place"
    BREACH = "breach"
    COHORTS = "cohorts"
    ASSOCIATES = "associates"
    PLACEMENT = "placement"
    OPEN_REGISTER = "open-register"
    ATTENDANCE = "attendance"
    ACCEPTABILITY = "acceptability"
    NOTES = "notes"
    SURVIVOR = "survivor"
    NOTICE = "notice"
    IMPORT = "import"
    EXPORT = "export"
    EMERGENCY = "emergency"
    MANAGEMENT_REPORT = "management-report"
    SURVIVOR_REPORT = "survivor-report"
    QUESTIONNAIRE = "questionnaire"
    SUBJECT_ACCESS = "subject-access"
    TASK = "task"
    OUTBOX = "outbox"
    RELEASE = "release"
    AUDIT_WORK = "audit-work"
    AUDIT_SURVIVOR = "audit-survivor"
    USERS = "users"
    CATALOGUE = "catalogue"


class Verb(StrEnum):
    READ = "read"
    WRITE = "write"
    CREATE = "create"
    APPEND = "append"
    CLAIM = "claim"
    PREPARE = "prepare"
    RELEASE = "release"
    CLEAR = "clear"
    APPROVE = "approve"


class Scope(StrEnum):
    ALL = "all"
    OWN = "own"


@dataclass(frozen=True)
class Permission:
    """The right to do one thing to one kind of record; a route declares exactly one."""

    resource: Resource
    verb: Verb

    def __str__(self) -> str:
        return f"{self.resource}:{self.verb}"


@dataclass(frozen=True)
class Grant:
    scope: Scope
    needs_second: bool


Grants = dict[tuple[Role, Permission], Grant]
_LETTERS = {"R": Verb.READ, "W": Verb.WRITE, "C": Verb.CREATE, "A": Verb.APPEND}


def parse_table(rows: str) -> Grants:
    """Raises ValueError for a cell, a row or a column that it cannot read."""
    grants: Grants = {}
    for line in rows.strip().splitlines():
        name, *cells = (part.strip() for part in line.split("|"))
        if len(cells) != len(permission_table.COLUMNS):
            raise ValueError(f"{name}: {len(cells)} cells")
        for column, cell in zip(permission_table.COLUMNS, cells, strict=True):
            for verb, grant in _parse_cell(cell).items():
                grants[Role(column), Permission(Resource(name), verb)] = grant
    return grants


def _parse_cell(cell: str) -> dict[Verb, Grant]:
    found: dict[Verb, Grant] = {}
    for word in cell.split():
        if word != "–":
            found |= _parse_word(word)
    if Verb.WRITE in found:
        found.setdefault(Verb.CREATE, found[Verb.WRITE])
    return found


def _parse_word(word: str) -> dict[Verb, Grant]:
    match = re.fullmatch(r"([RWCA]+|[a-z]+)(ᵒ?)(²?)", word)
    if match is None:
        raise ValueError(f"cannot read {word!r}")
    name, own, second = match.groups()
    grant = Grant(Scope.OWN if own else Scope.ALL, bool(second))
    verbs = [_LETTERS[letter] for letter in name] if name.isupper() else [Verb(name)]
    return dict.fromkeys(verbs, grant)


def _operator_grants() -> Grants:
    verbs = [_LETTERS[letter] for letter in permission_table.OPERATOR.split()]
    return {
        (Role.OPERATOR, Permission(resource, verb)): Grant(Scope.ALL, False)
        for resource in Resource
        for verb in verbs
    }


GRANTS: Grants = parse_table(permission_table.ROWS) | _operator_grants()


def grant_of(role: Role, permission: Permission) -> Grant | None:
    return GRANTS.get((role, permission))


def must(actor: Actor, permission: Permission) -> Grant:
    """The first line of every command. Denied looks like absent: raises NotFound."""
    grant = grant_of(actor.role, permission)
    if grant is None:
        raise NotFound
    return grant


def may(actor: Actor, permission: Permission) -> bool:
    return grant_of(actor.role, permission) is not None
