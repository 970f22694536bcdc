"""What the survivor side holds of the refs in a survivor book."""

from collections.abc import Mapping
from uuid import UUID

from outcomes.survivors.import_rules import sheets_of
from outcomes.survivors.import_words import StoredCheckIn, StoredSurvivor, StoredSurvivors
from outcomes.survivors.workbook import SurvivorBook
from programmes.common.db import fetch
from programmes.common.workbooks.import_queries import fingerprints


async def people_by_ref(refs: list[str]) -> dict[str, UUID]:
    """Ids on the programme side, read there through the bridge; run in its own transaction."""
    rows = await fetch("SELECT source_ref, id FROM person WHERE source_ref = ANY($1)", refs)
    return {row["source_ref"]: row["id"] for row in rows}


async def stored_survivors_for(book: SurvivorBook, people: Mapping[str, UUID]) -> StoredSurvivors:
    """Everything that planning and importing this book asks of the survivor database."""
    refs = [row.ref for row in book.survivors]
    keys = [key for sheet in sheets_of(book).values() for key in sheet.row_keys()]
    return StoredSurvivors(
        fingerprints=await fingerprints(keys),
        people=people,
        survivors=await _survivors(refs),
        check_ins=await _check_ins(refs),
    )


async def _survivors(refs: list[str]) -> dict[str, StoredSurvivor]:
    contacts = await _contacts(refs)
    rows = await fetch(
        """
        SELECT s.source_ref, s.id, k.id AS key_id, k.wrapped, l.id AS link_id, l.person_id,
               l.relationship, l.linked_on, c.is_given
        FROM survivor s
        JOIN data_key k ON k.id = s.data_key_id
        LEFT JOIN LATERAL (
            SELECT * FROM link x WHERE x.survivor_id = s.id
            ORDER BY x.linked_on, x.id LIMIT 1) l ON true
        LEFT JOIN LATERAL (
            SELECT is_given FROM consent x WHERE x.survivor_id = s.id AND x.kind = 'contact'
            ORDER BY x.answered_on DESC, x.recorded_at DESC, x.id DESC LIMIT 1) c ON true
        WHERE s.source_ref = ANY($1)
        """,
        refs,
    )
    return {
        row["source_ref"]: StoredSurvivor(
            row["id"],
            row["key_id"],
            row["wrapped"],
            row["link_id"],
            row["person_id"],
            row["relationship"],
            row["linked_on"],
            row["is_given"],
            tuple(contacts.get(row["id"], ())),
        )
        for row in rows
    }


async def _contacts(refs: list[str]) -> dict[UUID, list[tuple[UUID, bytes]]]:
    """Every safe contact ever written of these survivors, sealed, by survivor."""
    rows = await fetch(
        "SELECT c.survivor_id, c.id, c.sealed_details FROM safe_contact c "
        "JOIN survivor s ON s.id = c.survivor_id WHERE s.source_ref = ANY($1)",
        refs,
    )
    found: dict[UUID, list[tuple[UUID, bytes]]] = {}
    for row in rows:
        found.setdefault(row["survivor_id"], []).append((row["id"], row["sealed_details"]))
    return found


async def _check_ins(refs: list[str]) -> dict[tuple[str, str], StoredCheckIn]:
    rows = await fetch(
        """
        SELECT s.source_ref, c.timepoint, c.id, c.asked_on, c.police_called,
               array_agg(a.question) FILTER (WHERE a.id IS NOT NULL) AS questions,
               array_agg(a.value) FILTER (WHERE a.id IS NOT NULL) AS values
        FROM check_in c
        JOIN survivor s ON s.id = c.survivor_id
        LEFT JOIN check_in_answer a ON a.check_in_id = c.id
        WHERE s.source_ref = ANY($1) AND c.source = 'survivor'
        GROUP BY c.id, s.source_ref
        """,
        refs,
    )
    return {
        (row["source_ref"], row["timepoint"]): StoredCheckIn(
            row["id"],
            row["asked_on"],
            row["police_called"],
            dict(zip(row["questions"] or (), row["values"] or (), strict=True)),
        )
        for row in rows
    }


async def first_worker() -> UUID | None:
    """The support worker who has been here longest takes on whoever is imported."""
    rows = await fetch(
        "SELECT id FROM auth.account WHERE role = 'survivor-worker' AND is_active "
        "ORDER BY created_at, id LIMIT 1"
    )
    return rows[0]["id"] if rows else None
