"""Who supports whom, and who stands in."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.queries import READ_SURVIVOR
from outcomes.survivors.support_words import Assigned
from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

ARRANGE = Permission(Resource.USERS, Verb.APPROVE)
"""The lead's right: to say who works for whom, without opening anybody's record."""


class Worker(Struct, frozen=True):
    account_id: UUID
    name: str


class Caseload(Struct, frozen=True):
    """Counts alone: the lead opens no record."""

    account_id: UUID
    name: str
    is_active: bool
    supports: int
    covers: int


async def workers(actor: Actor) -> list[Worker]:
    """Everybody who may support survivors, by name."""
    return await fetch_as(
        Worker,
        "SELECT id AS account_id, name FROM auth.account "
        "WHERE role = 'survivor-worker' AND is_active ORDER BY name, id",
    )


async def accounts_of_side(actor: Actor) -> list[Worker]:
    """Everybody of this side whose role could open or count a record, by name."""
    return await fetch_as(
        Worker,
        "SELECT id AS account_id, name FROM auth.account WHERE is_active "
        "AND role IN ('survivor-worker', 'survivor-lead', 'auditor') ORDER BY name, id",
    )


async def assignments_of(actor: Actor, survivor_id: UUID) -> Sequence[Assigned]:
    """The latest first."""
    must(actor, READ_SURVIVOR)
    return await fetch_as(
        Assigned,
        "SELECT w.account_id, a.name, w.kind, w.from_on, w.until_on FROM worker_assignment w "
        "JOIN auth.account a ON a.id = w.account_id WHERE w.survivor_id = $1 "
        "ORDER BY w.until_on NULLS FIRST, w.from_on DESC, w.id DESC",
        survivor_id,
    )


async def caseloads(actor: Actor, *, today: date) -> list[Caseload]:
    must(actor, ARRANGE)
    return await fetch_as(
        Caseload,
        "SELECT a.id AS account_id, a.name, a.is_active, "
        "count(w.id) FILTER (WHERE w.kind = 'support') AS supports, "
        "count(w.id) FILTER (WHERE w.kind = 'cover') AS covers FROM auth.account a "
        "LEFT JOIN worker_assignment w ON w.account_id = a.id AND w.from_on <= $1 "
        "AND (w.until_on IS NULL OR w.until_on >= $1) "
        "WHERE a.role = 'survivor-worker' GROUP BY a.id "
        "HAVING a.is_active OR count(w.id) > 0 ORDER BY a.name, a.id",
        today,
    )
