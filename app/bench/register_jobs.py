"""Two jobs of one evening: a mark saved alone, and the whole register signed off."""

from uuid import UUID

import msgspec

from app.bench import register_limits as limits
from app.bench.copying import as_superuser
from app.bench.house import House
from app.bench.measuring import Pair
from app.bench.sizes import id_of
from programmes.common.db import Side, fetch, fetch_value

_REOPEN = (
    "UPDATE attendance_mark SET signed_off_at = NULL WHERE session_id = $1 AND is_current",
    "UPDATE register SET signed_off_at = NULL, signed_off_by = NULL WHERE session_id = $1",
)


async def save_one_mark(house: House) -> Pair:
    """The first of twelve, late by other minutes each time, on a register that stays open."""
    who = id_of("facilitator", 0)
    token, (session_id, places) = await house.token(who), await _open_register(house, who)
    async with house.acting(who):
        sql = (
            "SELECT revision FROM attendance_mark "
            "WHERE session_id = $1 AND enrolment_id = $2 AND is_current"
        )
        state = [await fetch_value(sql, session_id, places[0])]
    path = f"/api/v1/sessions/{session_id}/marks/{places[0]}"

    def body() -> bytes:
        late = {"code": "late", "minutes_late": 1 + state[0] % 500, "revision": state[0]}
        return msgspec.json.encode(late)

    async def ours() -> bytes:
        answer = await house.request(who, path, method="PUT", body=body())
        state[0] += 1
        return _checked(answer.status, answer.body, path)

    async def limit() -> bytes:
        now = house.clock.now()
        answer = await limits.save_mark(
            house.limit, token, session_id, places[0], body(), by=who, now=now
        )
        state[0] += 1
        return answer

    return Pair(ours, limit, house.databases.settle)


async def sign_off_register(house: House) -> Pair:
    """Twelve marks that all say something new, and the sign-off, in one transaction.

    Afterwards, untimed, the register is opened again for the next round.
    """
    who = id_of("facilitator", 0)
    token, (session_id, places) = await house.token(who), await _open_register(house, who)
    path, minutes = f"/api/v1/sessions/{session_id}/register", [0]
    async with house.acting(who):
        sql = "SELECT version FROM register WHERE session_id = $1"
        version = [await fetch_value(sql, session_id)]

    def body() -> bytes:
        minutes[0] = 1 + minutes[0] % 500
        late = {"code": "late", "minutes_late": minutes[0]}
        marks = [{"enrolment_id": place, **late} for place in places]
        return msgspec.json.encode({"version": version[0], "marks": marks, "sign_off": True})

    async def ours() -> bytes:
        answer = await house.request(who, path, method="PUT", body=body())
        return _checked(answer.status, answer.body, path)

    async def limit() -> bytes:
        return await limits.sign_off(
            house.limit, token, session_id, body(), by=who, now=house.clock.now()
        )

    async def settle() -> None:
        await house.databases.settle()
        version[0] = await _reopen(house, session_id)

    return Pair(ours, limit, settle)


async def _open_register(house: House, who: UUID) -> tuple[UUID, list[UUID]]:
    """An open one of theirs, and its places."""
    async with house.acting(who):
        sql = (
            "SELECT e.id, r.session_id FROM register r JOIN enrolment e "
            "ON e.cohort_id = r.cohort_id WHERE r.session_id = (SELECT session_id FROM register "
            "WHERE signed_off_at IS NULL ORDER BY session_id LIMIT 1) ORDER BY e.id"
        )
        found = await fetch(sql)
    if not found:
        raise RuntimeError("No register is open.")
    return found[0]["session_id"], [row["id"] for row in found]


async def _reopen(house: House, session_id: UUID) -> int:
    async with as_superuser(house.server, Side.WORK) as connection, connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        for statement in _REOPEN:
            await connection.execute(statement, session_id)
        found: int = await connection.fetchval(
            "SELECT version FROM register WHERE session_id = $1", session_id
        )
        return found


def _checked(status: int, body: bytes, path: str) -> bytes:
    if status != 200:
        raise RuntimeError(f"{path} answered {status}: {body[:300]!r}")
    return body
