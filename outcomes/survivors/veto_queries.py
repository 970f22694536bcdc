"""Where he is not to be placed for her safety, and what of that goes across today."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.queries import READ_SURVIVOR
from outcomes.survivors.sealing import HerKey
from outcomes.survivors.support_rules import RENEWED_BEFORE
from outcomes.survivors.support_words import DueVeto, VetoRow
from programmes.common.db import fetch, fetch_as, fetch_value
from programmes.common.permissions import must
from programmes.common.staff import Actor


class GroupThere(Struct, frozen=True):
    id: UUID
    reference: str
    programme: str
    first_on: date


class VenueThere(Struct, frozen=True):
    id: UUID
    name: str


async def groups_there(*, today: date) -> list[GroupThere]:
    """Groups that are not over. In the bridge's transaction."""
    return await fetch_as(
        GroupThere,
        "SELECT c.id, c.reference, g.name AS programme, c.first_on FROM cohort c "
        "JOIN programme g ON g.id = c.programme_id WHERE c.last_on >= $1 "
        "AND c.status IN ('planned', 'running', 'paused') ORDER BY c.first_on, c.reference",
        today,
    )


async def venues_there() -> list[VenueThere]:
    """In the bridge's transaction."""
    return await fetch_as(VenueThere, "SELECT id, name FROM venue ORDER BY name, id")


async def vetoes_of(actor: Actor, survivor_id: UUID, *, key: HerKey | None) -> list[VetoRow]:
    """Those that stand first, the latest first."""
    must(actor, READ_SURVIVOR)
    rows = await fetch(
        "SELECT v.id, v.link_id, v.cohort_id, v.venue_id, v.sealed_reason, v.from_on, v.ended_on, "
        "(SELECT max(h.until_on) FROM veto_handed_over h WHERE h.veto_id = v.id) AS holds_until "
        "FROM veto v WHERE v.survivor_id = $1 "
        "ORDER BY v.ended_on DESC NULLS FIRST, v.from_on DESC, v.id DESC",
        survivor_id,
    )
    return [
        VetoRow(
            id=row["id"],
            link_id=row["link_id"],
            cohort_id=row["cohort_id"],
            venue_id=row["venue_id"],
            reason=key.unseal(row["sealed_reason"], row["id"]) if key else None,
            from_on=row["from_on"],
            ended_on=row["ended_on"],
            holds_until=row["holds_until"],
        )
        for row in rows
    ]


async def vetoes_due(today: date) -> list[DueVeto]:
    """Standing, recorded before today, and not across yet or soon to end there. Oldest first."""
    return await fetch_as(
        DueVeto,
        "SELECT v.id, v.survivor_id, l.person_id, v.cohort_id, v.venue_id FROM veto v "
        "JOIN link l ON l.id = v.link_id "
        "WHERE v.ended_on IS NULL AND l.unlinked_on IS NULL AND v.from_on <= $1 "
        "AND (v.recorded_at AT TIME ZONE 'Europe/London')::date < $1 "
        "AND NOT EXISTS (SELECT FROM veto_handed_over h WHERE h.veto_id = v.id "
        "AND h.until_on >= $2) ORDER BY v.recorded_at, v.id FOR UPDATE OF v",
        today,
        today + RENEWED_BEFORE,
    )


async def handed_over_on(day: date) -> int:
    count: int = await fetch_value("SELECT count(*) FROM veto_handed_over WHERE given_on = $1", day)
    return count
