"""The limit of a register's marks: one alone, and a whole register signed off, written by hand."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from app.bench import limit_sql as sql
from app.bench.limits import MarksSent, entered, register_answer
from app.signing_in.tokens import Token
from programmes.common.ids import new_id

NEXT_VERSION: Final = """
UPDATE register SET version = version + 1 WHERE session_id = $1 AND signed_off_at IS NULL
RETURNING version
"""
SUPERSEDE_ONE: Final = """
UPDATE attendance_mark SET is_current = false
WHERE session_id = $1 AND enrolment_id = $2 AND is_current AND revision = $3
"""
SIGN_REGISTER: Final = """
UPDATE register SET version = version + 1, signed_off_at = $3, signed_off_by = $4
WHERE session_id = $1 AND version = $2 AND signed_off_at IS NULL RETURNING version
"""
APPEND_SIGNED: Final = """
INSERT INTO attendance_mark (id, session_id, enrolment_id, cohort_id, person_id, code, is_there,
    minutes_late, revision, is_current, held_at, entered_at, entered_by, signed_off_at)
SELECT given.id, s.id, e.id, e.cohort_id, e.person_id, given.code,
       given.code NOT IN ('absent', 'late-not-admitted'), given.minutes,
       coalesce((SELECT max(m.revision) FROM attendance_mark m
                 WHERE m.session_id = s.id AND m.enrolment_id = e.id), 0) + 1,
       true, s.starts_at, $6, $7, $6
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[]) AS given (id, enrolment, code, minutes)
JOIN session s ON s.id = $1
JOIN enrolment e ON e.id = given.enrolment AND e.cohort_id = s.cohort_id
"""


class OneMarkSent(msgspec.Struct):
    code: str
    revision: int
    minutes_late: int | None = None


async def save_mark(
    connection: Any,
    token: Token,
    session_id: UUID,
    enrolment_id: UUID,
    body: bytes,
    *,
    by: UUID,
    now: datetime,
) -> bytes:
    sent = msgspec.json.decode(body, type=OneMarkSent)
    async with entered(connection, token):
        await connection.execute(sql.NAME_ACT, "save-mark")
        version = await connection.fetchval(NEXT_VERSION, session_id)
        done = await connection.execute(SUPERSEDE_ONE, session_id, enrolment_id, sent.revision)
        if version is None or done != "UPDATE 1":
            raise RuntimeError("Somebody else has marked this person.")
        who, codes = [enrolment_id], [sent.code]
        ids, minutes = [new_id(now)], [sent.minutes_late]
        await connection.execute(sql.APPEND_MARKS, session_id, ids, who, codes, minutes, now, by)
        return msgspec.json.encode({"revision": sent.revision + 1, "version": version})


async def sign_off(
    connection: Any, token: Token, session_id: UUID, body: bytes, *, by: UUID, now: datetime
) -> bytes:
    """Everybody was there: nothing is missed, and so no fact is told."""
    sent = msgspec.json.decode(body, type=MarksSent)
    who, codes = [one.enrolment_id for one in sent.marks], [one.code for one in sent.marks]
    ids, minutes = [new_id(now) for _ in who], [one.minutes_late for one in sent.marks]
    async with entered(connection, token):
        await connection.execute(sql.NAME_ACT, "sign-off-register")
        version = await connection.fetchval(SIGN_REGISTER, session_id, sent.version, now, by)
        if version is None:
            raise RuntimeError("Somebody else has marked this register.")
        await connection.execute(sql.SUPERSEDE, session_id, who)
        await connection.execute(APPEND_SIGNED, session_id, ids, who, codes, minutes, now, by)
        return await register_answer(connection, session_id, version)
