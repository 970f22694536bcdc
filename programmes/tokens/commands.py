"""Asking for a token, approving it as a second person, and ending it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, insert
from programmes.common.errors import NotAllowed, NotFound, Refused
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor, Role
from programmes.tokens.queries import APPROVE_TOKENS, token
from programmes.tokens.rules import refuse_role
from programmes.tokens.tables import ApiToken
from programmes.tokens.words import NewToken

ASK_FOR_TOKEN: Final = Permission(Resource.USERS, Verb.WRITE)


async def ask_for_token(new: NewToken, *, actor: Actor, now: datetime) -> None:
    """It opens nothing until a manager approves it. The operator's own is approved at once."""
    await begin(actor, ASK_FOR_TOKEN, "ask-for-token", reason=new.name)
    refuse_role(new.role)
    is_operator = actor.role is Role.OPERATOR
    await insert(
        ApiToken,
        id=new.id,
        account_id=new.account_id,
        role=new.role,
        name=new.name,
        token_hash=new.stored,
        may_write=new.may_write,
        asked_at=now,
        asked_by=actor.account_id,
        expires_at=new.expires_at,
        approved_at=now if is_operator else None,
        approved_by=actor.account_id if is_operator else None,
        per_minute=60,
        cases_an_hour=50,
    )


async def approve_token(token_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The second person's act. Approving twice changes nothing. Raises Refused where it ended."""
    await begin(actor, APPROVE_TOKENS, "approve-token")
    found = await token(token_id, actor=actor)
    if found.asked_by == actor.account_id:
        raise NotAllowed("Somebody else must approve what you asked for.")
    if found.ended_at is not None or found.expires_at <= now:
        raise Refused("This token has ended already. A new one must be asked for.")
    await execute(
        "UPDATE auth.api_token SET approved_at = $2, approved_by = $3 "
        "WHERE id = $1 AND approved_at IS NULL",
        token_id,
        now,
        actor.account_id,
    )


async def refuse_token(token_id: UUID, *, actor: Actor, now: datetime) -> None:
    await begin(actor, APPROVE_TOKENS, "refuse-token")
    await _end(token_id, "refused", now)


async def revoke_token(token_id: UUID, *, actor: Actor, now: datetime) -> None:
    """From the next request on it opens nothing. Revoking twice changes nothing."""
    await begin(actor, ASK_FOR_TOKEN, "revoke-token")
    await _end(token_id, "revoked", now)


async def _end(token_id: UUID, why: str, now: datetime) -> None:
    ended = await execute(
        "UPDATE auth.api_token SET ended_at = coalesce(ended_at, $2), "
        "ended_because = coalesce(ended_because, $3) WHERE id = $1",
        token_id,
        now,
        why,
    )
    if ended == 0:
        raise NotFound
