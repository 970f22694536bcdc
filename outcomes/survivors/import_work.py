"""One import of a survivor book under way: what it was given, and the ids made so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from outcomes.survivors.import_words import StoredSurvivors, SurvivorPlan
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.workbook import SurvivorBook
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from programmes.common.workbooks.changes import Digest


@dataclass(frozen=True)
class SurvivorImport:
    """A book and what importing it needs. `people` are ids on the programme side, by ref."""

    book: SurvivorBook
    people: Mapping[str, UUID]
    digest: Digest
    sealing: Sealing
    actor: Actor
    now: datetime

    def new_id(self) -> UUID:
        return new_id(self.now)


@dataclass
class SurvivorWork:
    """The ids by ref are those of stored rows and, step by step, of new ones."""

    given: SurvivorImport
    plan: SurvivorPlan
    stored: StoredSurvivors
    survivors: dict[str, UUID] = field(default_factory=dict)
    links: dict[str, UUID] = field(default_factory=dict)
    data_keys: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for ref, survivor in self.stored.survivors.items():
            self.survivors[ref] = survivor.id
            if survivor.link_id is not None:
                self.links[ref] = survivor.link_id

    def data_key(self, ref: str) -> bytes:
        """Her data key, unwrapped at first use. A destroyed one was refused in the plan."""
        if ref not in self.data_keys:
            stored = self.stored.survivors[ref]
            assert stored.wrapped is not None
            self.data_keys[ref] = self.given.sealing.unwrap(stored.wrapped, stored.key_id)
        return self.data_keys[ref]
