"""What a statement says of attendance, and the hash by which it can be checked."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from outcomes.statements.words import SaidLine, Totals
from programmes.catalogue.words import MarkCode

THERE = (MarkCode.ATTENDED, MarkCode.LATE, MarkCode.LEFT_EARLY)
BY_SERVICE = (MarkCode.CANCELLED_BY_SERVICE, MarkCode.SENT_HOME_SERVICE)


def totals_of(lines: Sequence[SaidLine]) -> Totals:
    """Every session counted once, under what its register says. The parts add up to the whole."""
    cancelled = [one for one in lines if one.is_cancelled or one.code in BY_SERVICE]
    others = [one for one in lines if one not in cancelled]
    attended = sum(1 for one in others if one.code in THERE)
    open_still = sum(1 for one in others if one.code is None)
    return Totals(
        sessions=len(lines),
        attended=attended,
        missed=len(others) - attended - open_still,
        cancelled=len(cancelled),
        not_signed_off=open_still,
    )


def hash_of(says: Mapping[str, Any]) -> str:
    """SHA-256 of the facts as JSON with sorted keys."""
    return hashlib.sha256(msgspec.json.encode(says, order="sorted")).hexdigest()
