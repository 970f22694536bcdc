"""Who works here: roles, the side each belongs to, and the person who is signed in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

from programmes.common.db import Side

AccountId = NewType("AccountId", UUID)


class Role(StrEnum):
    FACILITATOR = "facilitator"
    CARA_COORDINATOR = "cara-coordinator"
    MANAGER = "manager"
    PROBATION = "probation"
    IOM = "iom"
    CASE_OWNER = "case-owner"
    SURVIVOR_WORKER = "survivor-worker"
    SURVIVOR_LEAD = "survivor-lead"
    BOARD = "board"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"


PEOPLE_ROLES = tuple(role for role in Role if role is not Role.OPERATOR)
"""Every role that a person can sign in as; the operator is the machine's own command line."""

SURVIVOR_SIDE_ROLES = frozenset({Role.SURVIVOR_WORKER, Role.SURVIVOR_LEAD})
BOTH_SIDES_ROLES = frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.OPERATOR})
"""Roles that exist on each side, always with an account of their own there."""


def sides_of(role: Role) -> frozenset[Side]:
    """The sides on which an account of this role may exist."""
    if role in BOTH_SIDES_ROLES:
        return frozenset(Side)
    return frozenset({Side.SURVIVOR if role in SURVIVOR_SIDE_ROLES else Side.WORK})


@dataclass(frozen=True)
class Actor:
    """The signed-in person on whose behalf a request runs."""

    account_id: AccountId
    name: str
    role: Role
    side: Side
