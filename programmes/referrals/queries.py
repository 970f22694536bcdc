"""Referrals as the asking person may see them. All SQL that reads them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.catalogue.words import STATUS_FACTS
from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import NotFound
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from programmes.referrals.words import ReferralStatus

READ_REFERRALS = Permission(Resource.PERSON, Verb.READ)


class ReferralRow(msgspec.Struct, frozen=True):
    """One line of a list: who, for what, from whom, where it stands, and how long it has waited."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    programme_code: str
    programme_name: str
    agency: str
    received_on: date
    route: str
    risk_level: str
    status: ReferralStatus


class ReferralFacts(msgspec.Struct, frozen=True):
    """One referral, whole."""

    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    programme_id: UUID
    programme_code: str
    programme_name: str
    programme_status: str
    agency: str
    referring_worker: str | None
    received_on: date
    route: str
    risk_level: str
    contact_with_child: bool | None
    status: ReferralStatus
    version: int


class MoveRow(msgspec.Struct, frozen=True):
    """One change of status, and who made it."""

    before: str | None
    after: ReferralStatus
    moved_at: datetime
    moved_by: str | None
    reason: str | None


class MoveOfPerson(MoveRow, frozen=True):
    """A change of status of one of a person's referrals."""

    referral_id: UUID
    programme_name: str


class Referrals(msgspec.Struct, frozen=True):
    rows: Sequence[ReferralRow]
    total: int


async def referrals(
    actor: Actor,
    *,
    status: str | None = None,
    programme: str | None = None,
    page: int = 1,
) -> Referrals:
    """Newest first; 25 a page; filtered in SQL over the whole list."""
    must(actor, READ_REFERRALS)
    where = "($1::text IS NULL OR r.status = $1) AND ($2::text IS NULL OR g.code = $2)"
    total = await fetch_value(
        f"SELECT count(*) FROM referral r JOIN programme g ON g.id = r.programme_id WHERE {where}",
        status,
        programme,
    )
    rows = await fetch_as(
        ReferralRow,
        f"{_ROW} WHERE {where} ORDER BY r.received_on DESC, r.id DESC LIMIT {PAGE} OFFSET $3",
        status,
        programme,
        (page - 1) * PAGE,
    )
    return Referrals(rows, total)


async def referrals_of(actor: Actor, person_id: UUID) -> list[ReferralRow]:
    must(actor, READ_REFERRALS)
    return await fetch_as(
        ReferralRow, f"{_ROW} WHERE r.person_id = $1 ORDER BY r.received_on DESC, r.id", person_id
    )


async def referrals_of_joined(actor: Actor, person_id: UUID) -> list[ReferralRow]:
    """Those of every record that was joined to this one, which keeps its own."""
    must(actor, READ_REFERRALS)
    return await fetch_as(
        ReferralRow,
        f"{_ROW} WHERE p.merged_into = $1 ORDER BY r.received_on DESC, r.id",
        person_id,
    )


async def referral(actor: Actor, referral_id: UUID) -> ReferralFacts:
    """Raises NotFound where there is none that this person may see."""
    must(actor, READ_REFERRALS)
    found = await fetch_one_as(ReferralFacts, f"{_FACTS} WHERE r.id = $1", referral_id)
    if found is None:
        raise NotFound
    return found


async def moves_of(actor: Actor, referral_id: UUID) -> list[MoveRow]:
    """Every change of its status, newest first."""
    must(actor, READ_REFERRALS)
    return await fetch_as(
        MoveRow,
        "SELECT m.before, m.after, m.moved_at, a.name AS moved_by, m.reason "
        "FROM referral_move m LEFT JOIN auth.account a ON a.id = m.moved_by "
        "WHERE m.referral_id = $1 ORDER BY m.moved_at DESC, m.before IS NULL, m.id DESC",
        referral_id,
    )


async def moves_of_person(actor: Actor, person_id: UUID) -> list[MoveOfPerson]:
    """Those of every referral, each referral's newest first."""
    must(actor, READ_REFERRALS)
    return await fetch_as(
        MoveOfPerson,
        "SELECT m.before, m.after, m.moved_at, a.name AS moved_by, m.reason, m.referral_id, "
        "g.name AS programme_name FROM referral r JOIN programme g ON g.id = r.programme_id "
        "JOIN referral_move m ON m.referral_id = r.id "
        "LEFT JOIN auth.account a ON a.id = m.moved_by WHERE r.person_id = $1 "
        "ORDER BY r.received_on DESC, r.id, m.moved_at DESC, m.before IS NULL, m.id DESC",
        person_id,
    )


class Choice(msgspec.Struct, frozen=True):
    """Something to choose from: a code and its words."""

    code: str
    name: str


async def programmes_to_refer_to() -> list[Choice]:
    return await fetch_as(
        Choice,
        "SELECT code, name FROM programme WHERE status = ANY($1) ORDER BY name",
        [status for status, facts in STATUS_FACTS.items() if facts.takes_referrals],
    )


async def agencies() -> list[Choice]:
    return await fetch_as(Choice, "SELECT id::text AS code, name FROM agency ORDER BY name")


_NAME = "p.first_name || ' ' || p.last_name"
_JOINS = (
    "FROM referral r JOIN person p ON p.id = r.person_id "
    "JOIN programme g ON g.id = r.programme_id JOIN agency a ON a.id = r.agency_id"
)
_ROW = (
    f"SELECT r.id, r.reference, r.person_id, {_NAME} AS person_name, g.code AS programme_code, "
    "g.name AS programme_name, a.name AS agency, r.received_on, r.route, r.risk_level, r.status "
    f"{_JOINS}"
)
_FACTS = (
    f"SELECT r.id, r.reference, r.person_id, {_NAME} AS person_name, r.programme_id, "
    "g.code AS programme_code, g.name AS programme_name, g.status AS programme_status, "
    "a.name AS agency, r.referring_worker, r.received_on, r.route, r.risk_level, "
    f"r.contact_with_child, r.status, r.version {_JOINS}"
)


class WaitingCount(msgspec.Struct, frozen=True):
    """How many wait for one programme."""

    code: str
    name: str
    waiting: int


async def waiting_counts(actor: Actor) -> list[WaitingCount]:
    must(actor, READ_REFERRALS)
    return await fetch_as(
        WaitingCount,
        "SELECT g.code, g.name, count(*) AS waiting FROM referral r "
        "JOIN programme g ON g.id = r.programme_id WHERE r.status IN ('waiting', 'offered') "
        "GROUP BY g.code, g.name ORDER BY g.name",
    )
