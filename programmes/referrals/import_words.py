"""A list of referrals that somebody sent as a spreadsheet, looked at before it is taken in."""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct


class ImportStatus(StrEnum):
    OPEN = "open"
    APPLIED = "applied"
    UNDONE = "undone"
    DISCARDED = "discarded"


class Verdict(StrEnum):
    """New; on record as it is; on record otherwise; or not to be read."""

    NEW = "new"
    MATCHED = "matched"
    CHANGED = "changed"
    REFUSED = "refused"


LEAVE: Final = "leave"
TAKE: Final = "take"
"""What is decided for a row; an id of somebody on record takes it in for them."""

COLUMNS: Final = {
    "Referral ref": ("", "ref"),
    "First name": ("person", "first_name"),
    "Last name": ("person", "last_name"),
    "Date of birth": ("person", "date_of_birth"),
    "Sex": ("person", "sex"),
    "Programme": ("referral", "programme"),
    "Referred by": ("referral", "agency"),
    "Referring worker": ("referral", "referring_worker"),
    "Received on": ("referral", "received_on"),
    "Route": ("referral", "route"),
    "Risk level": ("referral", "risk_level"),
    "Last day of caution or order": ("deadline", "deadline_on"),
    "Contact with child": ("children", "contact_with_child"),
    "Interpreter": ("needs", "interpreter"),
    "Law": ("law", "legal_regime"),
    "Controller": ("law", "controller"),
    "Lawful basis": ("law", "lawful_basis"),
}
"""The columns of a list, and the step and field of the referral form that each fills."""

UNDO_HOURS: Final = 24


class ReadRow(Struct, frozen=True, kw_only=True):
    """One row as it was read and compared. `likely` are records that it may be, in words by id."""

    number: int
    ref: str
    cells: dict[str, Any]
    verdict: Verdict
    says: str = ""
    likely: dict[str, str] = {}
    referral_id: str | None = None
