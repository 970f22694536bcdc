"""Tokens as they are listed."""

from uuid import UUID

from programmes.common.db import fetch_as, fetch_one, fetch_one_as
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, may, must
from programmes.common.staff import Actor
from programmes.tokens.words import TokenRow

READ_TOKENS = Permission(Resource.USERS, Verb.READ)
APPROVE_TOKENS = Permission(Resource.USERS, Verb.APPROVE)

_SELECT = """
SELECT t.id, t.name, a.name AS holder, a.email, t.role, t.may_write, t.asked_at, t.asked_by,
       k.name AS asker, t.expires_at, t.approved_at, t.ended_at, t.ended_because, u.last_used_at
FROM auth.api_token t JOIN auth.account a ON a.id = t.account_id
JOIN auth.account k ON k.id = t.asked_by
LEFT JOIN auth.api_token_use u ON u.token_id = t.id
"""


async def tokens(actor: Actor) -> list[TokenRow]:
    """Newest first; those that ended long ago stay for the record."""
    if not may(actor, APPROVE_TOKENS):
        must(actor, READ_TOKENS)
    return await fetch_as(TokenRow, f"{_SELECT} ORDER BY t.asked_at DESC, t.id DESC LIMIT 500")


async def tokens_waiting(actor: Actor) -> list[TokenRow]:
    """Asked for, and neither approved nor ended nor run out."""
    must(actor, APPROVE_TOKENS)
    return await fetch_as(
        TokenRow,
        f"{_SELECT} WHERE t.approved_at IS NULL AND t.ended_at IS NULL AND t.expires_at > now() "
        "ORDER BY t.asked_at, t.id LIMIT 500",
    )


async def token(token_id: UUID, *, actor: Actor) -> TokenRow:
    if not may(actor, APPROVE_TOKENS):
        must(actor, READ_TOKENS)
    found = await fetch_one_as(TokenRow, f"{_SELECT} WHERE t.id = $1", token_id)
    if found is None:
        raise NotFound
    return found


async def count_use(key: str, *, cases: int) -> int:
    """Counts one request and says how many seconds to wait: 0 where it may go on."""
    row = await fetch_one("SELECT auth.count_token_use($1, $2) AS wait", key, cases)
    return int(row["wait"]) if row and row["wait"] else 0
