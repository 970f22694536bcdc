"""The tables of moves of referrals and programmes as the database is given them."""

from typing import Final

from programmes.catalogue.words import STATUS_MOVES, ProgrammeStatus
from programmes.common.security.moves import Machine
from programmes.referrals.words import MOVES, ReferralStatus

REFERRAL_MACHINE: Final = Machine(
    table="referral",
    history="referral_move",
    key="referral_id",
    first=ReferralStatus.RECEIVED,
    moves=[(move.before, move.after, move.needs_reason) for move in MOVES],
)

PROGRAMME_MACHINE: Final = Machine(
    table="programme",
    history="programme_move",
    key="programme_id",
    first=ProgrammeStatus.PLANNED,
    moves=[(move.before, move.after, move.needs_reason) for move in STATUS_MOVES],
    is_told=False,
)
MACHINES: Final = (REFERRAL_MACHINE, PROGRAMME_MACHINE)
