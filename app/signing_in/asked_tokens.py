"""A token made for a program: told once, kept as a hash of a hash."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.signing_in.tokens import new_program_token
from programmes.common.accounts import account_by_email
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.staff import AccountId, Actor
from programmes.tokens.commands import ask_for_token
from programmes.tokens.rules import last_moment
from programmes.tokens.words import NewToken


@dataclass(frozen=True)
class MadeToken:
    id: UUID
    token: str
    expires_at: datetime


async def make_token(
    email: str, *, name: str, days: int, may_write: bool, actor: Actor, now: datetime
) -> MadeToken:
    """Raises Invalid for an account that there is not, or that may have no token."""
    holder = await account_by_email(email.strip())
    if holder is None or not holder.is_active:
        raise Invalid({"email": "There is no open account with this address."})
    token = new_program_token()
    expires_at = last_moment(days, now=now)
    new = NewToken(
        id=new_id(now),
        account_id=AccountId(holder.id),
        role=holder.role,
        name=name.strip(),
        stored=token.stored,
        may_write=may_write,
        expires_at=expires_at,
    )
    await ask_for_token(new, actor=actor, now=now)
    return MadeToken(new.id, token.text, expires_at)
