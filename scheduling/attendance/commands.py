"""Marking a register, signing it off, and judging an absence."""

from datetime import datetime
from typing import Any
from uuid import UUID

from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.rules import is_there
from programmes.common.audit import begin
from programmes.common.db import execute, fetch, fetch_one, insert
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.attendance.rules import GivenMark, reasons_not_to_mark
from scheduling.attendance.tables import Acceptability, AttendanceMark, Register

MARK = Permission(Resource.OPEN_REGISTER, Verb.WRITE)
JUDGE = Permission(Resource.ACCEPTABILITY, Verb.WRITE)


async def save_marks(
    session_id: UUID, marks: dict[UUID, GivenMark], *, version: int, actor: Actor, now: datetime
) -> int:
    """Marks by enrolment, in an open register; answers the register's new version.

    Raises Conflict where somebody else has marked since this version was read, and Refused with
    every reason against a mark. Saying the same again writes nothing.
    """
    await begin(actor, MARK, "save-marks")
    register = await _open_register(session_id, version, now)
    rules = (await programme_version(register["programme_version_id"])).rules
    refused = [
        f"{register['names'][who]}: {reason}"
        for who, given in marks.items()
        if who in register["names"]
        for reason in reasons_not_to_mark(rules, given, starts_at=register["starts_at"], now=now)
    ]
    if marks.keys() - register["names"].keys():
        refused.append("Somebody here has no place in this group. Open the register again.")
    if refused:
        raise Refused(*refused)
    for enrolment_id, given in marks.items():
        there = is_there(rules, given.code)
        await _append(register, enrolment_id, given, there=there, actor=actor, now=now)
    return await _bump(register["id"])


async def sign_off(session_id: UUID, *, version: int, actor: Actor, now: datetime) -> None:
    """Closes the register: from now on a change is a correction by two people.

    Raises Refused while somebody with a live place has no mark.
    """
    await begin(actor, MARK, "sign-off-register")
    register = await _open_register(session_id, version, now)
    unmarked = sorted(
        register["names"][who] for who in register["expected"] if who not in register["marked"]
    )
    if unmarked:
        raise Refused(f"Mark everybody first: {', '.join(unmarked)}.")
    await execute(
        "UPDATE attendance_mark SET signed_off_at = $2 WHERE session_id = $1 AND is_current",
        session_id,
        now,
    )
    await execute(
        "UPDATE register SET signed_off_at = $2, signed_off_by = $3, version = version + 1 "
        "WHERE id = $1",
        register["id"],
        now,
        actor.account_id,
    )


async def judge_absence(
    mark_id: UUID, *, verdict: str, why: str | None, note: str | None, actor: Actor, now: datetime
) -> None:
    """Whether an absence was acceptable: the case owner's judgement, never the facilitator's."""
    await begin(actor, JUDGE, "judge-absence")
    mark = await fetch_one(
        "SELECT person_id, is_there FROM attendance_mark WHERE id = $1 AND is_current", mark_id
    )
    if mark is None:
        raise NotFound
    if mark["is_there"]:
        raise Refused("They were there: there is no absence to judge.")
    revision = await fetch_one(
        "SELECT coalesce(max(revision), 0) + 1 AS next FROM acceptability WHERE mark_id = $1",
        mark_id,
    )
    await execute(
        "UPDATE acceptability SET is_current = false WHERE mark_id = $1 AND is_current", mark_id
    )
    await insert(
        Acceptability,
        id=new_id(now),
        mark_id=mark_id,
        person_id=mark["person_id"],
        verdict=verdict,
        why=why,
        note=note,
        revision=revision["next"] if revision else 1,
        is_current=True,
        decided_at=now,
        decided_by=actor.account_id,
    )


async def _open_register(session_id: UUID, version: int, now: datetime) -> dict[str, Any]:
    """The session's register, made at its first use, locked, with everybody who may be marked."""
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 4))", str(session_id))
    session = await fetch_one(
        "SELECT s.cohort_id, s.starts_at, s.status, c.programme_version_id FROM session s "
        "JOIN cohort c ON c.id = s.cohort_id WHERE s.id = $1 "
        "AND ((SELECT auth.scope('open-register', 'write')) = 'all' "
        "OR s.cohort_id IN (SELECT auth.run_cohorts()))",
        session_id,
    )
    if session is None:
        raise NotFound
    if session["status"] != "planned":
        raise Refused("This session was cancelled: it has no register.")
    register = await _register_row(session_id, session["cohort_id"], now)
    if register["signed_off_at"] is not None:
        raise Refused("This register is signed off. Make a correction instead.")
    if register["version"] != version:
        raise Conflict(
            "Somebody else has marked this register meanwhile. Look at it again.",
            current={"version": str(register["version"])},
        )
    return {
        **dict(session),
        **dict(register),
        "session_id": session_id,
        **await _people(session_id),
    }


async def _register_row(session_id: UUID, cohort_id: UUID, now: datetime) -> Any:
    sql = "SELECT id, version, signed_off_at FROM register WHERE session_id = $1"
    row = await fetch_one(sql, session_id)
    if row is None:
        await insert(
            Register, id=new_id(now), session_id=session_id, cohort_id=cohort_id, opened_at=now
        )
        row = await fetch_one(sql, session_id)
    return row


async def _people(session_id: UUID) -> dict[str, Any]:
    rows = await fetch(
        """
        SELECT e.id, e.person_id, e.status, p.first_name || ' ' || p.last_name AS name,
               m.code, m.minutes_late, m.claimed_reason, m.note, m.revision
        FROM session s JOIN enrolment e ON e.cohort_id = s.cohort_id OR e.id IN (
            SELECT a.enrolment_id FROM appointment a
            WHERE a.session_id = s.id AND a.given_up_at IS NULL)
        JOIN person p ON p.id = e.person_id
        LEFT JOIN attendance_mark m
          ON m.enrolment_id = e.id AND m.session_id = s.id AND m.is_current
        WHERE s.id = $1
        """,
        session_id,
    )
    return {
        "names": {row["id"]: row["name"] for row in rows},
        "people": {row["id"]: row["person_id"] for row in rows},
        "expected": {row["id"] for row in rows if row["status"] in ("enrolled", "paused")},
        "marked": {row["id"]: row for row in rows if row["code"] is not None},
    }


async def _append(
    register: dict[str, Any],
    enrolment_id: UUID,
    given: GivenMark,
    *,
    there: bool,
    actor: Actor,
    now: datetime,
) -> None:
    before = register["marked"].get(enrolment_id)
    if before is not None:
        if _says_the_same(before, given):
            return
        await execute(
            "UPDATE attendance_mark SET is_current = false "
            "WHERE session_id = $1 AND enrolment_id = $2 AND is_current",
            register["session_id"],
            enrolment_id,
        )
    await insert(
        AttendanceMark,
        id=new_id(now),
        session_id=register["session_id"],
        enrolment_id=enrolment_id,
        cohort_id=register["cohort_id"],
        person_id=register["people"][enrolment_id],
        code=given.code,
        is_there=there,
        minutes_late=given.minutes_late,
        claimed_reason=given.claimed_reason,
        note=given.note,
        revision=1 if before is None else before["revision"] + 1,
        is_current=True,
        held_at=register["starts_at"],
        entered_at=now,
        entered_by=actor.account_id,
    )


def _says_the_same(row: Any, given: GivenMark) -> bool:
    return (row["code"], row["minutes_late"], row["claimed_reason"], row["note"]) == (
        given.code,
        given.minutes_late,
        given.claimed_reason,
        given.note,
    )


async def _bump(register_id: UUID) -> int:
    row = await fetch_one(
        "UPDATE register SET version = version + 1 WHERE id = $1 RETURNING version", register_id
    )
    if row is None:
        raise NotFound
    version: int = row["version"]
    return version
