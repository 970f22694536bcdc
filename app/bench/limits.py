"""The limit: the same work written by hand with asyncpg and msgspec, for these jobs alone.

The same server and login, the same identity and row security, the same audit and payload. What
is left out is everything that makes a service of it: routes, rules, forms and pages.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app.bench import limit_sql as sql
from app.signing_in.tokens import Token
from programmes.common.ids import new_id


@asynccontextmanager
async def entered(connection: Any, token: Token) -> AsyncIterator[None]:
    async with connection.transaction():
        await connection.fetchrow(sql.ENTER, token.key)
        yield


async def caseload(connection: Any, token: Token) -> bytes:
    async with entered(connection, token):
        rows = await connection.fetch(sql.CASELOAD, 200)
        return msgspec.json.encode([dict(row) for row in rows])


async def people_by_name(connection: Any, token: Token, start: str) -> bytes:
    async with entered(connection, token):
        rows = await connection.fetch(
            sql.PEOPLE_BY_NAME, start, start + "\U0010ffff", sql.MOST_COUNTED
        )
    return _page_of_people(rows)


async def people_by_reference(connection: Any, token: Token, reference: str) -> bytes:
    async with entered(connection, token):
        rows = await connection.fetch(sql.PERSON_BY_REFERENCE, reference)
    return _page_of_people(rows)


def _page_of_people(rows: Any) -> bytes:
    total = rows[0]["total"] if rows else 0
    listed = [{name: row[name] for name in _OF_A_PERSON} for row in rows]
    return msgspec.json.encode({"rows": listed, "total": min(total, 200), "is_more": total > 200})


_OF_A_PERSON = ("id", "reference", "first_name", "last_name", "date_of_birth")


class MarkSent(msgspec.Struct):
    enrolment_id: UUID
    code: str
    minutes_late: int | None = None


class MarksSent(msgspec.Struct):
    version: int
    marks: list[MarkSent]


async def save_register(
    connection: Any, token: Token, session_id: UUID, body: bytes, *, by: UUID, now: datetime
) -> bytes:
    sent = msgspec.json.decode(body, type=MarksSent)
    who = [one.enrolment_id for one in sent.marks]
    async with entered(connection, token):
        await connection.execute(sql.NAME_ACT, "save-marks")
        version = await connection.fetchval(sql.NEXT_VERSION, session_id, sent.version)
        if version is None:
            raise RuntimeError("Somebody else has marked this register.")
        await connection.execute(sql.SUPERSEDE, session_id, who)
        await connection.execute(
            sql.APPEND_MARKS,
            session_id,
            [new_id(now) for _ in who],
            who,
            [one.code for one in sent.marks],
            [one.minutes_late for one in sent.marks],
            now,
            by,
        )
        return await register_answer(connection, session_id, version)


async def register_answer(connection: Any, session_id: UUID, version: int) -> bytes:
    found = await connection.fetchrow(sql.SESSION, session_id)
    places = await connection.fetch(sql.PLACES, session_id)
    marks = await connection.fetch(sql.MARKS, session_id)
    whole = {
        "session": dict(found),
        "version": version,
        "places": [dict(row) for row in places],
        "marks": [dict(row) for row in marks],
    }
    return msgspec.json.encode(whole)
