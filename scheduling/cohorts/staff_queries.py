"""Who may lead sessions: what planning asks of each, and where it will be missing."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from programmes.common.db import fetch, fetch_as
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor, Role

READ_PLACES = Permission(Resource.CATALOGUE, Verb.READ)
_LEADS = (Role.FACILITATOR.value, Role.CARA_COORDINATOR.value)


class StaffRow(msgspec.Struct, frozen=True):
    """`uncovered` counts sessions to come that fall on a day when they are away."""

    id: UUID
    name: str
    role: Role
    sex: str | None
    languages: Sequence[str]
    uncovered: int


class AccreditationRow(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID
    code: str
    until_on: date | None


class LeaveRow(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID
    from_on: date
    until_on: date
    why: str | None


class StaffWhole(msgspec.Struct, frozen=True):
    staff: StaffRow
    accreditations: list[AccreditationRow]
    leave: list[LeaveRow]


async def staff_who_lead(actor: Actor, *, today: date) -> list[StaffWhole]:
    """By name; leave that is over is left out."""
    must(actor, READ_PLACES)
    rows = await fetch_as(StaffRow, _STAFF, list(_LEADS))
    held = await fetch_as(
        AccreditationRow,
        "SELECT id, account_id, code, until_on FROM staff_accreditation "
        "WHERE withdrawn_at IS NULL ORDER BY code, id",
    )
    away = await fetch_as(
        LeaveRow,
        "SELECT id, account_id, from_on, until_on, why FROM staff_leave "
        "WHERE withdrawn_at IS NULL AND until_on >= $1 ORDER BY from_on, id",
        today,
    )
    return [
        StaffWhole(
            row,
            [one for one in held if one.account_id == row.id],
            [one for one in away if one.account_id == row.id],
        )
        for row in rows
    ]


async def one_who_leads(actor: Actor, account_id: UUID, *, today: date) -> StaffWhole:
    """Raises NotFound for somebody who leads no session."""
    for one in await staff_who_lead(actor, today=today):
        if one.staff.id == account_id:
            return one
    raise NotFound


async def accreditations_asked() -> list[tuple[str, str]]:
    """Each code that a version of a programme asks for, and that programme's name."""
    rows = await fetch(
        "SELECT DISTINCT v.rules -> 'staffing' ->> 'accreditation' AS code, g.name "
        "FROM programme_version v JOIN programme g ON g.id = v.programme_id "
        "WHERE v.rules -> 'staffing' ->> 'accreditation' IS NOT NULL ORDER BY g.name"
    )
    return [(row["code"], row["name"]) for row in rows]


_STAFF = """
SELECT a.id, a.name, a.role, p.sex, coalesce(p.languages, '{}') AS languages,
       (SELECT count(*) FROM session s JOIN staff_leave l ON l.account_id = a.id
          AND l.withdrawn_at IS NULL
          AND (s.starts_at AT TIME ZONE 'Europe/London')::date BETWEEN l.from_on AND l.until_on
        WHERE s.status = 'planned' AND s.starts_at > now() AND s.facilitators ? a.id::text)
       AS uncovered
FROM auth.account a LEFT JOIN staff_profile p ON p.account_id = a.id
WHERE a.role = ANY($1) AND a.is_active ORDER BY a.name, a.id
"""
