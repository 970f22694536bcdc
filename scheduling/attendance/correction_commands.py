"""Correcting a register that is signed off: one person asks, another agrees, both stay named."""

from datetime import datetime
from typing import Any
from uuid import UUID

from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.rules import is_there
from programmes.catalogue.words import MarkCode
from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from scheduling.attendance.correction_queries import CORRECT
from scheduling.attendance.fact_commands import note_missed
from scheduling.attendance.rules import GivenMark, reasons_not_to_mark
from scheduling.attendance.tables import AttendanceMark, MarkCorrection


async def ask_for_correction(
    mark_id: UUID, given: GivenMark, *, reason: str, actor: Actor, now: datetime
) -> UUID:
    """Says what the mark should have been, and why. Nothing changes until a second person agrees.

    Raises Refused for a register that is still open, or where a correction is asked for already.
    """
    await begin(actor, CORRECT, "ask-for-correction", reason=reason)
    if not reason.strip():
        raise Invalid({"reason": "Say why the mark was wrong."})
    mark = await _signed_off_mark(mark_id)
    rules = (await programme_version(mark["programme_version_id"])).rules
    refused = reasons_not_to_mark(rules, given, starts_at=mark["held_at"], now=now)
    if refused:
        raise Refused(*refused)
    if given.code == mark["code"] and given.minutes_late == mark["minutes_late"]:
        raise Refused("That is what the register says already.")
    if mark["is_asked"]:
        raise Refused("A correction of this mark is waiting for a second person already.")
    correction_id = new_id(now)
    await insert(
        MarkCorrection,
        id=correction_id,
        mark_id=mark_id,
        person_id=mark["person_id"],
        session_id=mark["session_id"],
        code=given.code,
        minutes_late=given.minutes_late,
        reason=reason,
        asked_at=now,
        asked_by=actor.account_id,
    )
    return correction_id


async def agree_to_correction(correction_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Makes the corrected mark the current one; the earlier one stays readable."""
    await begin(actor, CORRECT, "agree-to-correction")
    asked = await _open_correction(correction_id, actor)
    mark = await _signed_off_mark(asked["mark_id"])
    await execute("UPDATE attendance_mark SET is_current = false WHERE id = $1", asked["mark_id"])
    await insert(AttendanceMark, **await _corrected(mark, asked, actor, now))
    await _settle(correction_id, "agreed", actor, now)
    await note_missed(mark["session_id"], now=now)


async def decline_correction(correction_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Leaves the register as it is; that somebody asked stays on record."""
    await begin(actor, CORRECT, "decline-correction")
    await _open_correction(correction_id, actor)
    await _settle(correction_id, "declined", actor, now)


async def _signed_off_mark(mark_id: UUID) -> Any:
    mark = await fetch_one(
        """
        SELECT m.*, c.programme_version_id, EXISTS (
            SELECT FROM mark_correction k WHERE k.mark_id = m.id AND k.settled_at IS NULL
        ) AS is_asked
        FROM attendance_mark m JOIN cohort c ON c.id = m.cohort_id
        WHERE m.id = $1 AND m.is_current
        """,
        mark_id,
    )
    if mark is None:
        raise NotFound
    if mark["signed_off_at"] is None:
        raise Refused("This register is still open: change the mark in it.")
    return mark


async def _open_correction(correction_id: UUID, actor: Actor) -> Any:
    asked = await fetch_one("SELECT * FROM mark_correction WHERE id = $1 FOR UPDATE", correction_id)
    if asked is None:
        raise NotFound
    if asked["settled_at"] is not None:
        raise Refused("This correction is settled already.")
    if asked["asked_by"] == actor.account_id:
        raise Refused("You asked for this correction, so somebody else must settle it.")
    return asked


async def _corrected(mark: Any, asked: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    rules = (await programme_version(mark["programme_version_id"])).rules
    kept = ("session_id", "enrolment_id", "cohort_id", "person_id", "held_at", "signed_off_at")
    return {
        "id": new_id(now),
        **{name: mark[name] for name in kept},
        "code": asked["code"],
        "is_there": is_there(rules, MarkCode(asked["code"])),
        "minutes_late": asked["minutes_late"],
        "claimed_reason": mark["claimed_reason"],
        "note": mark["note"],
        "revision": mark["revision"] + 1,
        "is_current": True,
        "entered_at": now,
        "entered_by": asked["asked_by"],
        "corrected_because": asked["reason"],
        "agreed_by": actor.account_id,
    }


async def _settle(correction_id: UUID, outcome: str, actor: Actor, now: datetime) -> None:
    await execute(
        "UPDATE mark_correction SET settled_at = $2, settled_by = $3, outcome = $4 WHERE id = $1",
        correction_id,
        now,
        actor.account_id,
        outcome,
    )
