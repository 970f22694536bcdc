"""What importing a survivor book would do, and what is stored of the refs in it."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.questionnaires import WORKBOOK_2018
from outcomes.survivors.workbook import CheckInRow, SurvivorRow
from programmes.common.workbooks.changes import Imported, RowKey, SheetPlan
from programmes.common.workbooks.words import RowError

SURVIVORS: Final = "Survivors"
CHECK_INS: Final = "Check-ins"
KEYS: Final = {SURVIVORS: ("ref",), CHECK_INS: ("survivor_ref", "timepoint")}

QUESTIONNAIRE: Final = WORKBOOK_2018.code
"""By which questions the answers were asked: the columns of the workbook."""
THEMES: Final = tuple(question.code for question in WORKBOOK_2018.themes)
FREQUENCIES: Final = tuple(question.code for question in WORKBOOK_2018.abuse)


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
