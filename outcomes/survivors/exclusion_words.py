"""Why somebody may not see a survivor's record."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class WhyExcluded(StrEnum):
    """No more is written down: what the tie is would tell about her."""

    KNOWS_THEM = "knows them"
    KNOWS_HIM = "knows the person linked"
    CONFLICT = "conflict of interest"
    THEY_ASKED = "they asked"


class Excluded(Struct, frozen=True):
    id: UUID
    reference: str
    account_id: UUID
    name: str
    why: WhyExcluded
    from_on: date
    until_on: date | None
