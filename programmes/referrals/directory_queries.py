"""The directory: agencies, and the workers of theirs who referred somebody one may see."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Scope, Verb, must
from programmes.common.staff import Actor

READ_DIRECTORY = Permission(Resource.PERSON, Verb.READ)


class AgencyRow(Struct, frozen=True):
    id: UUID
    name: str
    kind: str
    referrals: int


class WorkerRow(Struct, frozen=True):
    """A worker by name within an agency, with the address they were last reached at."""

    agency: str
    name: str
    email: str | None
    referrals: int
    last_on: date


class Directory(Struct, frozen=True):
    agencies: list[AgencyRow]
    workers: list[WorkerRow]


async def directory(actor: Actor, *, q: str = "") -> Directory:
    """Every agency; workers by name, at most 200, narrowed by a part of any name."""
    grant = must(actor, READ_DIRECTORY)
    own = "AND r.person_id IN (SELECT auth.own_people())" if grant.scope is Scope.OWN else ""
    return Directory(
        await fetch_as(AgencyRow, _AGENCIES.format(own=own), q),
        await fetch_as(WorkerRow, _WORKERS.format(own=own), q),
    )


_AGENCIES = """
SELECT a.id, a.name, a.kind,
       (SELECT count(*)::int FROM referral r WHERE r.agency_id = a.id {own}) AS referrals
FROM agency a WHERE strpos(lower(a.name), lower($1)) > 0 ORDER BY a.name
"""
_WORKERS = """
SELECT a.name AS agency, r.referring_worker AS name,
       (array_agg(d.worker_email ORDER BY r.received_on DESC)
        FILTER (WHERE d.worker_email IS NOT NULL))[1] AS email,
       count(*)::int AS referrals, max(r.received_on) AS last_on
FROM referral r JOIN agency a ON a.id = r.agency_id
LEFT JOIN referral_detail d ON d.referral_id = r.id
WHERE r.referring_worker IS NOT NULL {own}
  AND strpos(lower(a.name || ' ' || r.referring_worker), lower($1)) > 0
GROUP BY a.name, r.referring_worker ORDER BY r.referring_worker, a.name LIMIT 200
"""
