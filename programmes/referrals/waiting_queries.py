"""Who waits for a programme: filtered, sorted and paged in SQL over the whole list."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct, convert

from programmes.common.db import fetch, fetch_one_as
from programmes.common.paging import PAGE
from programmes.common.permissions import Permission, Resource, Scope, Verb, must
from programmes.common.staff import Actor
from programmes.referrals.waiting_rules import Standard
from programmes.referrals.waiting_words import WaitingFilter, WaitingOrder
from programmes.referrals.words import ReferralStatus, RiskLevel, Route

READ_WAITING = Permission(Resource.PERSON, Verb.READ)
EVERYBODY = WaitingFilter()
DEFAULT_STANDARD = Standard(14, 14, date(2018, 1, 1))
"""Two weeks each until the service sets its own (common practice)."""


class WaitingRow(Struct, frozen=True):
    """Somebody who waits. `deadline_on` is the nearest of the caution's, order's and licence's.

    `place` is the position among all who wait for the programme, whatever is shown of them.
    """

    place: int
    id: UUID
    reference: str
    person_id: UUID
    person_name: str
    agency: str
    received_on: date
    waiting_since: date
    route: Route
    risk_level: RiskLevel
    status: ReferralStatus
    deadline_on: date | None
    needs_interpreter: bool
    first_language: str | None
    first_contact_on: date | None


class WaitingList(Struct, frozen=True):
    rows: Sequence[WaitingRow]
    total: int


async def waiting_list(
    actor: Actor,
    programme: str,
    *,
    narrowed: WaitingFilter = EVERYBODY,
    order: WaitingOrder = WaitingOrder.NEED,
    page: int = 1,
) -> WaitingList:
    """One query: the place of each in the whole list, then those that the filter keeps."""
    grant = must(actor, READ_WAITING)
    own = "AND r.person_id IN (SELECT auth.own_people())" if grant.scope is Scope.OWN else ""
    sql = _LIST.format(own=own, order=_ORDERS[order], page=PAGE)
    rows = await fetch(
        sql,
        programme,
        narrowed.risk_level,
        narrowed.route,
        narrowed.interpreter,
        narrowed.has_deadline,
        narrowed.free_time,
        (page - 1) * PAGE,
    )
    names = WaitingRow.__struct_fields__
    found = [convert({name: row[name] for name in names}, WaitingRow) for row in rows if row["id"]]
    return WaitingList(found, rows[0]["total"] if rows else 0)


async def standard_on(day: date) -> Standard:
    """The service's own standard that had begun on a day."""
    found = await fetch_one_as(
        Standard,
        "SELECT days_to_decision, days_to_first_contact, valid_from FROM service_standard "
        "WHERE valid_from <= $1 ORDER BY valid_from DESC, entered_at DESC LIMIT 1",
        day,
    )
    return found or DEFAULT_STANDARD


class Lateness(Struct, frozen=True):
    """Referrals received in a stretch of days, and how many were too late."""

    received: int
    decided: int
    decided_late: int
    undecided_late: int
    contacted: int
    contacted_late: int
    not_contacted_late: int


async def lateness(actor: Actor, *, standard: Standard, since: date, today: date) -> Lateness:
    """How the service kept its standard for those received since a day."""
    must(actor, READ_WAITING)
    found = await fetch_one_as(
        Lateness, _LATENESS, since, today, standard.days_to_decision,
        standard.days_to_first_contact,
    )  # fmt: skip
    assert found is not None
    return found


class Clocks(Struct, frozen=True):
    """When one referral was first decided on, and when the person was first spoken to."""

    decided_on: date | None
    first_contact_on: date | None


async def clocks_of(actor: Actor, referral_id: UUID) -> Clocks:
    must(actor, READ_WAITING)
    found = await fetch_one_as(Clocks, _CLOCKS, referral_id)
    return found or Clocks(None, None)


_ORDERS = {
    WaitingOrder.NEED: "place",
    WaitingOrder.DEADLINE: "deadline_on NULLS LAST, place",
    WaitingOrder.WAIT: "received_on, place",
    WaitingOrder.NAME: 'name_key COLLATE "C", place',
}
_DEADLINE = """
least(d.deadline_on, (
    SELECT max(o.ends_on) FROM protective_order o WHERE o.person_id = r.person_id
    AND o.kind = 'conditional-caution' AND r.route = 'conditional caution'
    AND o.status IN ('live', 'varied')))
"""
_CONTACTED = """
(SELECT min((c.happened_at AT TIME ZONE 'Europe/London')::date) FROM contact_entry c
 WHERE c.person_id = r.person_id AND c.with_whom = 'person' AND c.was_reached
 AND (c.happened_at AT TIME ZONE 'Europe/London')::date >= r.received_on)
"""
_DECIDED = """
coalesce(
    (SELECT min(s.decided_on) FROM suitability_decision s WHERE s.referral_id = r.id),
    (SELECT min((m.moved_at AT TIME ZONE 'Europe/London')::date) FROM referral_move m
     WHERE m.referral_id = r.id AND m.after IN ('waiting', 'not suitable', 'closed')))
"""
_LIST = f"""
WITH listed AS (
    SELECT r.id, r.reference, r.person_id, r.agency_id, r.received_on, r.route, r.risk_level,
           r.status, d.free_times, {_DEADLINE} AS deadline_on
    FROM referral r LEFT JOIN referral_detail d ON d.referral_id = r.id
    WHERE r.status IN ('waiting', 'offered') {{own}}
      AND r.programme_id = (SELECT id FROM programme WHERE code = $1)),
placed AS (
    SELECT l.*, row_number() OVER (ORDER BY
        array_position(ARRAY['very high', 'high', 'medium', 'standard'], l.risk_level),
        l.deadline_on NULLS LAST, l.received_on, l.id)::int AS place FROM listed l),
kept AS (
    SELECT l.*, p.name_key, p.first_name || ' ' || p.last_name AS person_name,
           p.interpreter_needed AS needs_interpreter, p.first_language
    FROM placed l JOIN person p ON p.id = l.person_id
    WHERE ($2::text IS NULL OR l.risk_level = $2) AND ($3::text IS NULL OR l.route = $3)
      AND ($4::boolean IS NULL OR p.interpreter_needed = $4)
      AND ($5::boolean IS NULL OR (l.deadline_on IS NOT NULL) = $5)
      AND ($6::text IS NULL OR coalesce(cardinality(l.free_times), 0) = 0
           OR $6 = ANY(l.free_times))),
shown AS (SELECT * FROM kept ORDER BY {{order}} LIMIT {{page}} OFFSET $7)
SELECT n.total, r.place, r.id, r.reference, r.person_id, r.person_name, a.name AS agency,
       r.received_on, coalesce((
           SELECT max((m.moved_at AT TIME ZONE 'Europe/London')::date) FROM referral_move m
           WHERE m.referral_id = r.id AND m.after = 'waiting'
           AND m.before IN ('received', 'checked', 'assessed')), r.received_on) AS waiting_since,
       r.route, r.risk_level, r.status, r.deadline_on, r.needs_interpreter, r.first_language,
       {_CONTACTED} AS first_contact_on
FROM (SELECT count(*)::int AS total FROM kept) n LEFT JOIN shown r ON true
LEFT JOIN agency a ON a.id = r.agency_id ORDER BY {{order}}
"""
_CLOCKS = f"""
SELECT {_DECIDED} AS decided_on, {_CONTACTED} AS first_contact_on FROM referral r WHERE r.id = $1
"""
_LATENESS = f"""
WITH c AS (SELECT r.received_on, {_DECIDED} AS decided_on, {_CONTACTED} AS contacted_on
           FROM referral r WHERE r.received_on >= $1 AND r.received_on <= $2)
SELECT count(*)::int AS received,
       count(decided_on)::int AS decided,
       count(*) FILTER (WHERE decided_on - received_on > $3)::int AS decided_late,
       count(*) FILTER (WHERE decided_on IS NULL AND $2 - received_on > $3)::int AS undecided_late,
       count(contacted_on)::int AS contacted,
       count(*) FILTER (WHERE contacted_on - received_on > $4)::int AS contacted_late,
       count(*) FILTER (WHERE contacted_on IS NULL AND $2 - received_on > $4)::int
           AS not_contacted_late
FROM c
"""
