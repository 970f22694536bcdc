"""The table of moves of places as the database is given it."""

from typing import Final

from programmes.common.security.moves import Machine
from scheduling.cohorts.words import PLACE_MOVES, EnrolmentStatus

PLACE_MACHINE: Final = Machine(
    table="enrolment",
    history="enrolment_move",
    key="enrolment_id",
    first=EnrolmentStatus.ENROLLED,
    moves=[(move.before, move.after, move.needs_reason) for move in PLACE_MOVES],
)
