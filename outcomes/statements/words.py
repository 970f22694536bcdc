"""Papers made from recorded facts for somebody outside, each with a hash to check it by."""

from enum import StrEnum

from msgspec import Struct

from programmes.catalogue.words import MarkCode


class StatementKind(StrEnum):
    ATTENDANCE = "attendance statement"
    FINAL_REPORT = "final report"
    POLICE_NOTICE = "police notice"


class SaidLine(Struct, frozen=True):
    """What matters of a line for counting."""

    code: MarkCode | None
    is_cancelled: bool


class Totals(Struct, frozen=True):
    sessions: int
    attended: int
    missed: int
    cancelled: int
    not_signed_off: int
