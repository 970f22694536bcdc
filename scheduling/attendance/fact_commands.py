"""The facts that a register makes: who missed, once it is signed off."""

from datetime import datetime
from uuid import UUID

from programmes.common.db import fetch
from programmes.facts.commands import NewFact, record_facts
from programmes.facts.words import FactKind

MISSED = ("absent", "late-not-admitted", "sent-home-behaviour")


async def note_missed(session_id: UUID, *, now: datetime) -> None:
    """In the transaction that signs the register off, or that corrects a mark in it."""
    rows = await fetch(
        "SELECT id, person_id, held_at FROM attendance_mark WHERE session_id = $1 "
        "AND is_current AND signed_off_at IS NOT NULL AND code = ANY($2) ORDER BY id",
        session_id,
        list(MISSED),
    )
    facts = [NewFact(row["person_id"], FactKind.MISSED, row["id"], row["held_at"]) for row in rows]
    await record_facts(facts, now=now)
