"""An open register, locked for whoever writes in it: the rows that every mark goes through."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from programmes.common.db import execute, fetch, fetch_one, insert, insert_many
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from scheduling.attendance.rules import GivenMark
from scheduling.attendance.tables import AttendanceMark, Register


async def open_register(
    session_id: UUID, *, now: datetime, version: int | None = None, only: UUID | None = None
) -> dict[str, Any]:
    """The session's register, made at its first use, locked, with everybody who may be marked.

    With a `version`, raises Conflict where the register has another one. `only` reads one place.
    """
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 4))", str(session_id))
    session = await _session_row(session_id)
    if session is None:
        raise NotFound
    if session["status"] != "planned":
        raise Refused("This session was cancelled: it has no register.")
    if session["id"] is None:
        await _add_register(session_id, session["cohort_id"], now)
        session = await _session_row(session_id)
        if session is None:
            raise NotFound
    register = dict(session)
    if register["signed_off_at"] is not None:
        raise Refused("This register is signed off. Make a correction instead.")
    if version is not None and register["version"] != version:
        raise Conflict(
            "Somebody else has marked this register meanwhile. Look at it again.",
            current={"version": str(register["version"])},
        )
    return {**register, "session_id": session_id, **await _people(session_id, only)}


async def _session_row(session_id: UUID) -> Any:
    """With its register, where it has been opened."""
    return await fetch_one(
        "SELECT s.cohort_id, s.starts_at, s.status, c.programme_version_id, r.id, r.version, "
        "r.signed_off_at FROM session s JOIN cohort c ON c.id = s.cohort_id "
        "LEFT JOIN register r ON r.session_id = s.id WHERE s.id = $1 "
        "AND ((SELECT auth.scope('open-register', 'write')) = 'all' "
        "OR s.cohort_id IN (SELECT auth.run_cohorts()))",
        session_id,
    )


async def _add_register(session_id: UUID, cohort_id: UUID, now: datetime) -> None:
    await insert(
        Register, id=new_id(now), session_id=session_id, cohort_id=cohort_id, opened_at=now
    )


async def _people(session_id: UUID, only: UUID | None) -> dict[str, Any]:
    rows = await fetch(
        """
        SELECT e.id, e.person_id, e.status, p.first_name || ' ' || p.last_name AS name,
               m.code, m.minutes_late, m.claimed_reason, m.note, m.revision, m.entered_at,
               a.name AS entered_by
        FROM (SELECT e.id FROM session s JOIN enrolment e ON e.cohort_id = s.cohort_id
              WHERE s.id = $1
              UNION SELECT a.enrolment_id FROM appointment a
              WHERE a.session_id = $1 AND a.given_up_at IS NULL) AS here
        JOIN enrolment e ON e.id = here.id
        JOIN person p ON p.id = e.person_id
        LEFT JOIN attendance_mark m
          ON m.enrolment_id = e.id AND m.session_id = $1 AND m.is_current
        LEFT JOIN auth.account a ON a.id = m.entered_by
        WHERE $2::uuid IS NULL OR e.id = $2
        """,
        session_id,
        only,
    )
    return {
        "names": {row["id"]: row["name"] for row in rows},
        "people": {row["id"]: row["person_id"] for row in rows},
        "expected": {row["id"] for row in rows if row["status"] in ("enrolled", "paused")},
        "marked": {row["id"]: row for row in rows if row["code"] is not None},
    }


async def append_marks(
    register: dict[str, Any],
    marks: Mapping[UUID, tuple[GivenMark, bool]],
    *,
    actor: Actor,
    now: datetime,
    signed_off_at: datetime | None = None,
) -> dict[UUID, int]:
    """Each mark with whether he was there, by enrolment; answers their revisions.

    Saying the same again writes nothing. A whole register is two statements.
    """
    before: dict[UUID, Any] = register["marked"]
    new = {
        who: given
        for who, given in marks.items()
        if who not in before or not says_the_same(before[who], given[0])
    }
    superseded = [who for who in new if who in before]
    if superseded:
        await execute(
            "UPDATE attendance_mark SET is_current = false "
            "WHERE session_id = $1 AND enrolment_id = ANY ($2) AND is_current",
            register["session_id"],
            superseded,
        )
    revisions = {who: row["revision"] for who, row in before.items() if who in marks}
    revisions |= {who: revisions.get(who, 0) + 1 for who in new}
    rows = [
        _mark(register, who, given, there, actor, now)
        | {"revision": revisions[who], "signed_off_at": signed_off_at}
        for who, (given, there) in new.items()
    ]
    await insert_many(AttendanceMark, rows)
    return revisions


def _mark(
    register: dict[str, Any],
    enrolment_id: UUID,
    given: GivenMark,
    there: bool,
    actor: Actor,
    now: datetime,
) -> dict[str, Any]:
    return {
        "id": new_id(now),
        "session_id": register["session_id"],
        "enrolment_id": enrolment_id,
        "cohort_id": register["cohort_id"],
        "person_id": register["people"][enrolment_id],
        "code": given.code,
        "is_there": there,
        "minutes_late": given.minutes_late,
        "claimed_reason": given.claimed_reason,
        "note": given.note,
        "is_current": True,
        "held_at": register["starts_at"],
        "entered_at": now,
        "entered_by": actor.account_id,
    }


def says_the_same(row: Any, given: GivenMark) -> bool:
    return (row["code"], row["minutes_late"], row["claimed_reason"], row["note"]) == (
        given.code,
        given.minutes_late,
        given.claimed_reason,
        given.note,
    )


async def bump(register_id: UUID) -> int:
    row = await fetch_one(
        "UPDATE register SET version = version + 1 WHERE id = $1 RETURNING version", register_id
    )
    if row is None:
        raise NotFound
    version: int = row["version"]
    return version
