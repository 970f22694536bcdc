"""How long a token may live, for whom, and how it stands."""

from datetime import datetime, timedelta

from programmes.common.errors import Invalid
from programmes.common.staff import Role
from programmes.tokens.words import LONGEST_DAYS, TOKEN_ROLES, TokenRow, TokenState


def last_moment(days: int, *, now: datetime) -> datetime:
    """Raises Invalid for less than a day or more than 90 (decision: DESIGN §3)."""
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid({"days": f"A token lives from 1 to {LONGEST_DAYS} days."})
    return now + timedelta(days=days)


def refuse_role(role: Role) -> None:
    """Raises Invalid: no token manages accounts, reads the audit, or is of the survivor side."""
    if role not in TOKEN_ROLES:
        raise Invalid({"email": "No token is given in the name of an account with this role."})


def state_of(token: TokenRow, *, now: datetime) -> TokenState:
    if token.ended_at is not None:
        return TokenState.ENDED
    if token.expires_at <= now:
        return TokenState.RUN_OUT
    return TokenState.WAITING if token.approved_at is None else TokenState.LIVE
