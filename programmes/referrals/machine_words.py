"""The referral's table of moves in the form in which the database is given it."""

from typing import Final

from programmes.common.security.moves import Machine
from programmes.referrals.words import MOVES, ReferralStatus

REFERRAL_MACHINE: Final = Machine(
    table="referral",
    history="referral_move",
    key="referral_id",
    first=ReferralStatus.RECEIVED,
    moves=[(move.before, move.after, move.needs_reason) for move in MOVES],
)
