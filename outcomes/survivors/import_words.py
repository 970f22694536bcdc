"""What importing a survivor book would do, and what is stored of the refs in it."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.workbook import CheckInRow, SurvivorRow
from programmes.common.workbooks.changes import Imported, RowKey, SheetPlan
from programmes.common.workbooks.words import RowError

SURVIVORS: Final = "Survivors"
CHECK_INS: Final = "Check-ins"
KEYS: Final = {SURVIVORS: ("ref",), CHECK_INS: ("survivor_ref", "timepoint")}

QUESTIONNAIRE: Final = "workbook of 2018"
"""By which questions the answers were asked: the columns of the workbook."""
THEMES: Final = (
    "feels_safe",
    "freedom_to_act",
    "respectful_communication",
    "children_feel_safe",
)
FREQUENCIES: Final = ("physical_abuse", "controlling_behaviour")


class Sealing(Protocol):
    """How values are kept under a key that is not in the database."""

    key_name: str

    def new_data_key(self, key_id: UUID) -> tuple[bytes, bytes]:
        """A fresh data key, and the same wrapped and bound to its row."""
        ...

    def unwrap(self, wrapped: bytes, key_id: UUID) -> bytes: ...

    def seal(self, data_key: bytes, plain: bytes, row_id: UUID) -> bytes:
        """The value under the data key, bound to its row."""
        ...

    def unseal(self, data_key: bytes, sealed: bytes, row_id: UUID) -> bytes: ...


class SafeContactDetails(Struct, frozen=True):
    """A safe contact as it is sealed: the book has one line of free words."""

    words: str


class StoredSurvivor(Struct, frozen=True):
    """`wrapped` is her data key; None once it was destroyed. `contacts` are sealed."""

    id: UUID
    key_id: UUID
    wrapped: bytes | None
    link_id: UUID | None
    person_id: UUID | None
    relationship: str | None
    linked_on: date | None
    consents: bool | None
    contacts: tuple[tuple[UUID, bytes], ...]


class StoredCheckIn(Struct, frozen=True):
    id: UUID
    asked_on: date
    police_called: str
    answers: Mapping[str, int]


class StoredSurvivors(Struct, frozen=True, kw_only=True):
    """`people` are ids on the programme side by their refs in its workbook."""

    fingerprints: Mapping[RowKey, bytes]
    people: Mapping[str, UUID]
    survivors: Mapping[str, StoredSurvivor]
    check_ins: Mapping[tuple[str, str], StoredCheckIn]


class SurvivorPlan(Struct, frozen=True, kw_only=True):
    """Nothing is written yet; with an error in `errors` nothing will be."""

    survivors: SheetPlan[SurvivorRow]
    check_ins: SheetPlan[CheckInRow]
    errors: tuple[RowError, ...]
    warnings: tuple[RowError, ...]
    imported: Imported

    def counts(self) -> dict[str, dict[str, int]]:
        return {SURVIVORS: self.survivors.counts(), CHECK_INS: self.check_ins.counts()}

    @property
    def refused(self) -> dict[str, int]:
        found = {SURVIVORS: self.survivors.refused, CHECK_INS: self.check_ins.refused}
        return {name: count for name, count in found.items() if count}
