"""Which moves a referral may make."""

from programmes.common.staff import Role
from programmes.referrals.words import MOVES, Move, ReferralStatus


def allowed_move(before: ReferralStatus, after: ReferralStatus) -> Move | None:
    """The row of the table that allows this change, if there is one."""
    return next((m for m in MOVES if (m.before, m.after) == (before, after)), None)


def reasons_not_to_move(
    before: ReferralStatus, after: ReferralStatus, *, role: Role, reason: str
) -> tuple[str, ...]:
    """Every reason why this move is refused; none means that it may be made."""
    move = allowed_move(before, after)
    if move is None:
        return (f"A referral that is {before} cannot become {after}.",)
    refused = []
    if role not in move.who:
        refused.append(f"Your role cannot change a referral from {before} to {after}.")
    if move.needs_reason and not reason.strip():
        refused.append(f"Give the reason for changing it from {before} to {after}.")
    return tuple(refused)


def next_statuses(before: ReferralStatus, role: Role) -> tuple[ReferralStatus, ...]:
    """Where this role may move it from here, in the table's order."""
    return tuple(m.after for m in MOVES if m.before is before and role in m.who)
