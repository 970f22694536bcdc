"""Which moves a referral may make."""

from programmes.common.staff import Role
from programmes.referrals.words import MOVES, Move, ReferralStatus, Through

_ONLY_THROUGH = {
    Through.HAND: "Change the status itself: this is no decision and no place.",
    Through.DECISION: "Record a decision instead: only that changes the status in this way.",
    Through.PLACE: "Find them a place instead: only that makes them enrolled.",
}


def allowed_move(before: ReferralStatus, after: ReferralStatus) -> Move | None:
    """The row of the table that allows this change, if there is one."""
    return next((m for m in MOVES if (m.before, m.after) == (before, after)), None)


def reasons_not_to_move(
    before: ReferralStatus,
    after: ReferralStatus,
    *,
    role: Role,
    reason: str,
    through: Through = Through.HAND,
) -> tuple[str, ...]:
    """Every reason why this move is refused; none means that it may be made."""
    move = allowed_move(before, after)
    if move is None:
        return (f"A referral that is {before} cannot become {after}.",)
    refused = []
    if role not in move.who:
        refused.append(f"Your role cannot change a referral from {before} to {after}.")
    if through is not move.through:
        refused.append(_ONLY_THROUGH[move.through])
    if move.needs_reason and not reason.strip():
        refused.append(f"Give the reason for changing it from {before} to {after}.")
    return tuple(refused)


def next_statuses(before: ReferralStatus, role: Role) -> tuple[ReferralStatus, ...]:
    """Where this role may move it by hand from here, in the table's order."""
    return tuple(
        m.after for m in MOVES if m.before is before and role in m.who and m.through is Through.HAND
    )
