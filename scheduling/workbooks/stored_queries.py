"""What the database holds of the refs that stand in a programme book."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from programmes.common.db import fetch
from programmes.common.workbooks.import_queries import fingerprints
from programmes.referrals.words import ReferralStatus
from scheduling.workbooks.plan_rules import row_keys
from scheduling.workbooks.plan_words import (
    Stored,
    StoredBreach,
    StoredCohort,
    StoredOrder,
    StoredPerson,
    StoredPlace,
    StoredReferral,
    StoredSession,
)
from scheduling.workbooks.words import ProgrammeBook


async def stored_for(book: ProgrammeBook) -> Stored:
    """Everything that planning and importing this book asks of the database."""
    people = {row.person_ref for row in book.referrals}
    people |= {row.person_ref for row in book.orders}
    cohorts = [row.ref for row in book.cohorts]
    referrals = [row.ref for row in book.referrals]
    return Stored(
        fingerprints=await fingerprints(row_keys(book)),
        people=await _people(people),
        referrals=await _referrals(referrals),
        cohorts=await _cohorts(cohorts),
        sessions=await _sessions(cohorts),
        places=await _places(cohorts),
        orders=await _orders([row.ref for row in book.orders]),
        breaches=await _breaches([row.ref for row in book.breaches]),
        open_elsewhere=await _open_elsewhere(people),
        live_elsewhere=await _live_elsewhere(people),
        planned_programmes=await _planned_programmes(),
    )


async def _people(refs: Iterable[str]) -> dict[str, StoredPerson]:
    rows = await fetch(
        "SELECT source_ref, id, first_name, last_name, date_of_birth FROM person "
        "WHERE source_ref = ANY($1)",
        list(refs),
    )
    return {
        row["source_ref"]: StoredPerson(
            row["id"], row["first_name"], row["last_name"], row["date_of_birth"]
        )
        for row in rows
    }


async def _referrals(refs: list[str]) -> dict[str, StoredReferral]:
    rows = await fetch(
        """
        SELECT r.source_ref, r.id, r.person_id, p.source_ref AS person_ref, g.code AS programme,
               r.received_on, r.status, d.outcome, d.decided_on
        FROM referral r
        JOIN person p ON p.id = r.person_id
        JOIN programme g ON g.id = r.programme_id
        LEFT JOIN LATERAL (
            SELECT outcome, decided_on FROM suitability_decision s
            WHERE s.referral_id = r.id ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1) d ON true
        WHERE r.source_ref = ANY($1)
        """,
        refs,
    )
    return {
        row["source_ref"]: StoredReferral(
            row["id"],
            row["person_id"],
            row["person_ref"],
            row["programme"],
            row["received_on"],
            ReferralStatus(row["status"]),
            row["outcome"],
            row["decided_on"],
        )
        for row in rows
    }


async def _cohorts(refs: list[str]) -> dict[str, StoredCohort]:
    rows = await fetch(
        """
        SELECT c.source_ref, c.id, g.code AS programme, c.programme_version_id, v.name AS venue,
               c.first_on, s.starts_at, s.ends_at,
               EXISTS (SELECT FROM register x
                       WHERE x.cohort_id = c.id AND x.signed_off_at IS NOT NULL) AS is_recorded
        FROM cohort c
        JOIN programme g ON g.id = c.programme_id
        JOIN room m ON m.id = c.room_id
        JOIN venue v ON v.id = m.venue_id
        LEFT JOIN session s ON s.cohort_id = c.id AND s.number = 1
        WHERE c.source_ref = ANY($1)
        """,
        refs,
    )
    return {
        row["source_ref"]: StoredCohort(
            row["id"],
            row["programme"],
            row["programme_version_id"],
            row["venue"],
            row["first_on"],
            row["starts_at"],
            row["ends_at"],
            row["is_recorded"],
        )
        for row in rows
    }


async def _sessions(cohort_refs: list[str]) -> dict[tuple[str, int], StoredSession]:
    rows = await fetch(
        """
        SELECT c.source_ref, s.number, s.id, s.starts_at, s.ends_at,
               x.signed_off_at IS NOT NULL AS is_recorded
        FROM session s
        JOIN cohort c ON c.id = s.cohort_id
        LEFT JOIN register x ON x.session_id = s.id
        WHERE c.source_ref = ANY($1) AND s.kind <> 'extra' AND s.status = 'planned'
        """,
        cohort_refs,
    )
    return {
        (row["source_ref"], row["number"]): StoredSession(
            row["id"], row["starts_at"], row["ends_at"], row["is_recorded"]
        )
        for row in rows
    }


async def _places(cohort_refs: list[str]) -> dict[tuple[str, str], StoredPlace]:
    rows = await fetch(
        """
        SELECT c.source_ref AS cohort_ref, r.source_ref AS referral_ref, e.id, e.person_id,
               e.status, e.ended_on
        FROM enrolment e
        JOIN cohort c ON c.id = e.cohort_id
        JOIN referral r ON r.id = e.referral_id
        WHERE c.source_ref = ANY($1) AND r.source_ref IS NOT NULL
        """,
        cohort_refs,
    )
    return {
        (row["cohort_ref"], row["referral_ref"]): StoredPlace(
            row["id"], row["person_id"], row["status"], row["ended_on"]
        )
        for row in rows
    }


async def _orders(refs: list[str]) -> dict[str, StoredOrder]:
    rows = await fetch(
        """
        SELECT o.source_ref, o.id, o.person_id, p.source_ref AS person_ref, o.kind, o.made_on,
               coalesce(array_agg(w.wording ORDER BY c.number)
                        FILTER (WHERE w.wording IS NOT NULL), '{}') AS conditions
        FROM protective_order o
        JOIN person p ON p.id = o.person_id
        LEFT JOIN order_condition c ON c.order_id = o.id
        LEFT JOIN order_wording w ON w.condition_id = c.id
        WHERE o.source_ref = ANY($1)
        GROUP BY o.id, p.source_ref
        """,
        refs,
    )
    return {
        row["source_ref"]: StoredOrder(
            row["id"],
            row["person_id"],
            row["person_ref"],
            row["kind"],
            row["made_on"],
            tuple(row["conditions"]),
        )
        for row in rows
    }


async def _breaches(refs: list[str]) -> dict[str, StoredBreach]:
    rows = await fetch(
        """
        SELECT b.source_ref, b.id, b.person_id, o.source_ref AS order_ref, b.occurred_at,
               b.reported_at, b.stage
        FROM breach b JOIN protective_order o ON o.id = b.order_id
        WHERE b.source_ref = ANY($1)
        """,
        refs,
    )
    return {
        row["source_ref"]: StoredBreach(
            row["id"],
            row["person_id"],
            row["order_ref"],
            row["occurred_at"],
            row["reported_at"],
            row["stage"],
        )
        for row in rows
    }


async def _open_elsewhere(people: Iterable[str]) -> dict[tuple[str, str], str]:
    rows = await fetch(
        """
        SELECT p.source_ref, g.code, r.reference
        FROM referral r
        JOIN person p ON p.id = r.person_id
        JOIN programme g ON g.id = r.programme_id
        WHERE p.source_ref = ANY($1)
          AND r.status IN ('received', 'checked', 'assessed', 'waiting', 'offered')
          AND r.source_ref IS NULL
        """,
        list(people),
    )
    return {(row["source_ref"], row["code"]): row["reference"] for row in rows}


async def _live_elsewhere(people: Iterable[str]) -> dict[tuple[str, str], str]:
    rows = await fetch(
        """
        SELECT p.source_ref, g.code, c.reference
        FROM enrolment e
        JOIN person p ON p.id = e.person_id
        JOIN programme g ON g.id = e.programme_id
        JOIN cohort c ON c.id = e.cohort_id
        WHERE p.source_ref = ANY($1) AND e.status IN ('enrolled', 'paused')
          AND c.source_ref IS NULL
        """,
        list(people),
    )
    return {(row["source_ref"], row["code"]): row["reference"] for row in rows}


async def _planned_programmes() -> frozenset[str]:
    rows = await fetch("SELECT code FROM programme WHERE status = 'planned'")
    return frozenset(row["code"] for row in rows)


async def ids_by_name(table: str, names: Iterable[str]) -> dict[str, UUID]:
    """Ids of agencies, venues or teams of these names; the table's name is ours, never typed in."""
    rows: Any = await fetch(f"SELECT id, name FROM {table} WHERE name = ANY($1)", list(set(names)))
    return {row["name"]: row["id"] for row in rows}
