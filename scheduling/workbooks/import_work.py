"""One import under way: who runs it, what it was given, and the ids that it has made so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from programmes.catalogue.queries import StoredProgramme, StoredVersion
from programmes.common.clock import london_date
from programmes.common.errors import Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor
from programmes.orders.kind_queries import StoredKind
from scheduling.workbooks.history_rules import (
    GroupHistory,
    PlaceMarks,
    PlaceOutcome,
    group_history,
    outcomes_of_places,
    places_in,
    records_reach,
)
from scheduling.workbooks.plan_words import ProgrammePlan, Stored
from scheduling.workbooks.words import CohortRow, ProgrammeBook


@dataclass
class ImportWork:
    """The ids by ref are those of stored rows and, step by step, of new ones."""

    book: ProgrammeBook
    plan: ProgrammePlan
    stored: Stored
    programmes: Mapping[str, StoredProgramme]
    kinds: tuple[StoredKind, ...]
    actor: Actor
    now: datetime
    people: dict[str, UUID] = field(default_factory=dict)
    referrals: dict[str, UUID] = field(default_factory=dict)
    cohorts: dict[str, UUID] = field(default_factory=dict)
    sessions: dict[tuple[str, int], UUID] = field(default_factory=dict)
    places: dict[tuple[str, str], UUID] = field(default_factory=dict)
    orders: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stored = self.stored
        self.people.update({ref: person.id for ref, person in stored.people.items()})
        self.referrals.update({ref: referral.id for ref, referral in stored.referrals.items()})
        self.cohorts.update({ref: cohort.id for ref, cohort in stored.cohorts.items()})
        self.sessions.update({key: session.id for key, session in stored.sessions.items()})
        self.places.update({key: place.id for key, place in stored.places.items()})
        self.orders.update({ref: order.id for ref, order in stored.orders.items()})

    def new_id(self) -> UUID:
        return new_id(self.now)

    @property
    def today(self) -> date:
        return london_date(self.now)

    def version_for(self, programme: str, day: date) -> StoredVersion:
        """The version in force on a day; for history before the first one, that first one."""
        found = self.programmes[programme]
        try:
            return found.version_on(day)
        except Refused:
            return min(found.versions, key=lambda version: version.rules.valid_from)

    def version_of_cohort(self, row: CohortRow) -> StoredVersion:
        stored = self.stored.cohorts.get(row.ref)
        versions = self.programmes[row.programme].versions
        bound = [v for v in versions if stored is not None and v.id == stored.version_id]
        return bound[0] if bound else self.version_for(row.programme, row.first_session_on)

    def has_recorded(self, cohort_ref: str, number: int) -> bool:
        """Whether this session of this group had its register before this import."""
        stored = self.stored.sessions.get((cohort_ref, number))
        return stored is not None and stored.is_recorded

    @cached_property
    def groups(self) -> dict[str, GroupHistory]:
        """How each group of the book ran, by its ref."""
        held: dict[str, dict[int, date]] = {}
        for mark in self.book.attendance:
            held.setdefault(mark.cohort_ref, {})[mark.session] = mark.held_on
        reach = records_reach(self.book.attendance)
        return {
            row.ref: group_history(
                row, self.version_of_cohort(row).rules, held=held.get(row.ref, {}), reach=reach
            )
            for row in self.book.cohorts
        }

    @cached_property
    def all_places(self) -> list[PlaceMarks]:
        return places_in(
            self.book.attendance,
            people={row.ref: row.person_ref for row in self.book.referrals},
            programmes={row.ref: row.programme for row in self.book.cohorts},
        )

    @cached_property
    def outcomes(self) -> dict[tuple[str, str], PlaceOutcome]:
        """How each place stands, by cohort ref and referral ref."""
        return outcomes_of_places(self.all_places, self.groups)

    @cached_property
    def joined_on(self) -> dict[str, date]:
        """When each referral first had a place, by its ref."""
        first: dict[str, date] = {}
        for place in self.all_places:
            day = first.get(place.referral_ref, place.joined_on)
            first[place.referral_ref] = min(day, place.joined_on)
        return first
