"""Writes the referrals of a programme book, their decisions, and every change of their status."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from programmes.catalogue.tables import Agency
from programmes.common.db import execute_many, fetch, insert_many
from programmes.referrals.tables import Referral, ReferralMove, SuitabilityDecision
from programmes.referrals.words import ReferralStatus
from scheduling.workbooks.import_work import ImportWork
from scheduling.workbooks.meaning_rules import OUTCOMES, agency_kind, midday, reason_code
from scheduling.workbooks.referral_rules import (
    REFERRED_AGAIN,
    DatedMove,
    later_referrals,
    move_since,
    moves_of,
)
from scheduling.workbooks.refusal_rules import is_decided_otherwise
from scheduling.workbooks.stored_queries import ids_by_name
from scheduling.workbooks.words import BookDecision, ReferralRow

_UPDATE = """
UPDATE referral SET agency_id = $2, referring_worker = $3, route = $4, risk_level = $5,
    contact_with_child = $6, version = version + 1
WHERE id = $1 AND (agency_id, referring_worker, route, risk_level, contact_with_child)
    IS DISTINCT FROM ($2, $3, $4, $5, $6)
"""
_MOVE = "UPDATE referral SET status = $2, version = version + 1 WHERE id = $1"


async def write_referrals(work: ImportWork) -> None:
    """New referrals whole; of changed ones what changed, and the move to where they stand now."""
    written = work.plan.referrals.written
    new = [row for row in written if row.ref not in work.referrals]
    changed = [row for row in written if row.ref in work.stored.referrals]
    agencies = await _agencies(work, written)
    work.referrals.update({row.ref: work.new_id() for row in new})
    later = later_referrals(work.book.referrals, work.joined_on)
    await _close_earlier_books(work)
    await _move_stored(work, later)
    histories = {
        row.ref: moves_of(row, joined_on=work.joined_on.get(row.ref), later=later.get(row.ref))
        for row in new
    }
    rows = [_referral(work, row, agencies, histories[row.ref][-1].after) for row in new]
    await insert_many(Referral, rows)
    await execute_many(_UPDATE, [_mutable(work, row, agencies) for row in changed])
    moves = [_move(work, row, move) for row in new for move in histories[row.ref]]
    await insert_many(ReferralMove, moves)
    decided = [row for row in written if is_decided_otherwise(row, work.stored)]
    await insert_many(SuitabilityDecision, [_decision(work, row) for row in decided])


async def _agencies(work: ImportWork, rows: tuple[ReferralRow, ...]) -> dict[str, UUID]:
    names = sorted({row.referred_by for row in rows})
    known = await ids_by_name("agency", names)
    missing = {name: work.new_id() for name in names if name not in known}
    await insert_many(
        Agency,
        [{"id": id, "name": name, "kind": agency_kind(name)} for name, id in missing.items()],
    )
    return known | missing


def _referral(
    work: ImportWork, row: ReferralRow, agencies: Mapping[str, UUID], status: ReferralStatus
) -> dict[str, Any]:
    return {
        "id": work.referrals[row.ref],
        "reference": row.ref,
        "source_ref": row.ref,
        "person_id": work.people[row.person_ref],
        "programme_id": work.programmes[row.programme].id,
        "agency_id": agencies[row.referred_by],
        "referring_worker": row.referring_worker,
        "received_on": row.received_on,
        "route": row.route,
        "risk_level": row.risk_level,
        "contact_with_child": row.contact_with_child,
        "status": status,
        "created_at": work.now,
        "created_by": work.actor.account_id,
    }


def _mutable(
    work: ImportWork, row: ReferralRow, agencies: Mapping[str, UUID]
) -> tuple[object, ...]:
    return (
        work.referrals[row.ref],
        agencies[row.referred_by],
        row.referring_worker,
        row.route,
        row.risk_level,
        row.contact_with_child,
    )


def _move(work: ImportWork, row: ReferralRow, move: DatedMove) -> dict[str, Any]:
    return {
        "id": work.new_id(),
        "referral_id": work.referrals[row.ref],
        "person_id": work.people[row.person_ref],
        "before": move.before,
        "after": move.after,
        "moved_at": move.at,
        "moved_by": work.actor.account_id,
        "reason": move.reason,
    }


def _decision(work: ImportWork, row: ReferralRow) -> dict[str, Any]:
    decided_on = row.decided_on or row.received_on
    refused = row.decision is not BookDecision.ACCEPTED
    return {
        "id": work.new_id(),
        "referral_id": work.referrals[row.ref],
        "person_id": work.people[row.person_ref],
        "programme_version_id": work.version_for(row.programme, decided_on).id,
        "outcome": OUTCOMES[row.decision],
        "reason_code": reason_code(row.reason or "") if refused else None,
        "note": row.reason,
        "decided_on": decided_on,
        "decided_by": work.actor.account_id,
        "recorded_at": work.now,
    }


async def _move_stored(work: ImportWork, later: Mapping[str, ReferralRow]) -> None:
    """Stored referrals that the book now decides otherwise, places, or refers again."""
    moved = []
    news = _refs_with_news(work, later)
    for row in work.book.referrals:
        stored = work.stored.referrals.get(row.ref)
        if stored is None or row.ref not in news:
            continue
        joined_on = work.joined_on.get(row.ref)
        move = move_since(stored.status, row, joined_on=joined_on, later=later.get(row.ref))
        if move is not None:
            moved.append((row, move))
    # What closes goes first: one open referral a person and programme.
    moved.sort(key=lambda pair: pair[1].after is not ReferralStatus.CLOSED)
    await execute_many(_MOVE, [(work.referrals[row.ref], move.after) for row, move in moved])
    await insert_many(ReferralMove, [_move(work, row, move) for row, move in moved])


def _refs_with_news(work: ImportWork, later: Mapping[str, ReferralRow]) -> set[str]:
    """Only what the book newly says moves a stored referral: others were moved here since."""
    stored = work.stored
    placed = {
        place.referral_ref
        for place in work.all_places
        if (place.cohort_ref, place.referral_ref) not in stored.places
    }
    gives_way = {ref for ref, row in later.items() if row.ref not in stored.referrals}
    changed = work.plan.referrals.changed
    return placed | gives_way | {r.ref for r in changed if is_decided_otherwise(r, stored)}


async def _close_earlier_books(work: ImportWork) -> None:
    """Open referrals of earlier books whose person is referred again, with a new ref, in this."""
    new = {
        (work.people[row.person_ref], work.programmes[row.programme].id): row
        for row in work.plan.referrals.new
    }
    rows = await fetch(
        """
        SELECT r.id, r.person_id, r.programme_id, r.status
        FROM referral r JOIN unnest($1::uuid[], $2::uuid[]) AS n (person_id, programme_id)
          ON r.person_id = n.person_id AND r.programme_id = n.programme_id
        WHERE r.status IN ('received', 'checked', 'assessed', 'waiting', 'offered')
          AND r.source_ref IS NOT NULL AND r.source_ref <> ALL($3)
        """,
        [person_id for person_id, _ in new],
        [programme_id for _, programme_id in new],
        [row.ref for row in work.book.referrals],
    )
    closed = ReferralStatus.CLOSED
    await execute_many(_MOVE, [(row["id"], closed) for row in rows])
    moves = [
        {
            "id": work.new_id(),
            "referral_id": row["id"],
            "person_id": row["person_id"],
            "before": row["status"],
            "after": closed,
            "moved_at": midday(new[row["person_id"], row["programme_id"]].received_on),
            "moved_by": work.actor.account_id,
            "reason": REFERRED_AGAIN,
        }
        for row in rows
    ]
    await insert_many(ReferralMove, moves)
