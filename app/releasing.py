"""Computing a release on this machine: reads both sides, as only the survivor side may."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.databases import Databases
from app.operator import as_operator, who
from app.safekeeping.keys import key_of
from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.checks import reasons_not_to_revise, tables_due
from outcomes.disclosure.noise import Noise
from outcomes.disclosure.periods import Period
from outcomes.disclosure.release import Release, release
from outcomes.disclosure.words import PartnerSaid, Profile, RawTable, ReleasedTable
from outcomes.releases.commands import freeze_release
from outcomes.releases.counting_rules import (
    counted_survivors,
    counted_work,
    places_due,
)
from outcomes.releases.partner_queries import partners_said
from outcomes.releases.queries import all_released_tables, newest_of, releases
from outcomes.releases.rules import raw_table, reasons_not_to_compute
from outcomes.releases.survivor_side_queries import asked_facts
from outcomes.releases.words import Counted, FrozenRelease
from outcomes.releases.work_side_queries import work_facts
from programmes.catalogue.queries import programmes
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.common.staff import Actor

NOTHING_TO_REVISE = (
    "Nothing has changed since it was published. The revision of this year is still to be had."
)
_READER, _WRITER = "work_bridge_reader", "work_bridge_writer"


@dataclass(frozen=True)
class Computed:
    """What came of it. `is_new` is false where the same figures stand there already."""

    release_id: UUID
    figures: Release
    not_held: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True)
class Releasing:
    """One computation. `say` tells the person at the terminal what is being done."""

    databases: Databases
    now: datetime
    say: Callable[[str], None]

    async def run(self, period: Period, profile: Profile, *, revise: bool = False) -> Computed:
        """Raises Refused with every reason."""
        today = london_date(self.now)
        if reasons := reasons_not_to_compute(period, profile=profile, today=today):
            raise Refused(*reasons)
        async with as_operator(
            self.databases, Side.SURVIVOR, act="compute-release", now=self.now
        ) as operator:
            counted = await self._counted(period)
            before, standing = await self._standing(period, profile)
            revision = await self._revision(standing, revise=revise)
            raws, not_held = _raw_tables(counted, period, profile, before, revision)
            self.say("Checking what may be told")
            figures = release(
                raws, profile=profile, catalogue=CATALOGUE, earlier=before, noise=self._noise()
            )
            figures = replace(figures, partners=await self._partners(period))
            if standing is not None and standing.figures == figures:
                return Computed(standing.facts.id, figures, not_held, is_new=False)
            if standing is not None and _differ_by_number_alone(standing, figures):
                raise Refused(NOTHING_TO_REVISE)
            return await self._freeze(figures, not_held, operator)

    async def _counted(self, period: Period) -> Counted:
        self.say("Counting the programme side")
        async with self.databases.transaction(_READER):
            stored = await programmes()
            versions = {one.id: one.rules for each in stored for one in each.versions}
            facts = await work_facts(period, versions)
        self.say("Counting the survivor side")
        hers = counted_survivors(
            await asked_facts(), period=period, due=places_due(facts, versions)
        )
        return {**counted_work(facts, versions, period=period), **hers}

    async def _partners(self, period: Period) -> tuple[PartnerSaid, ...]:
        async with self.databases.transaction(_READER):
            return await partners_said(period)

    async def _standing(
        self, period: Period, profile: Profile
    ) -> tuple[list[ReleasedTable], FrozenRelease | None]:
        async with self.databases.transaction(_READER):
            before = await all_released_tables(besides=period.code, profile=profile)
            return list(before), await newest_of(period.code, profile)

    async def _revision(self, standing: FrozenRelease | None, *, revise: bool) -> int:
        """0, or the next where a published one is to be corrected: once a year and profile."""
        if standing is None:
            return 0
        if standing.facts.published_at is None:
            return standing.facts.revision
        if not revise:
            raise Refused(
                f"{standing.facts.code} is published already; the next revision is "
                f"{standing.facts.revision + 1}. Add --revise to make it, once in a year."
            )
        async with self.databases.transaction(_READER):
            same = (standing.facts.code, standing.facts.profile)
            revised = [
                london_date(one.computed_at)
                for one in await releases()
                if one.revision > 0 and (one.code, one.profile) == same
            ]
        if reasons := reasons_not_to_revise(revised, london_date(self.now)):
            raise Refused(*reasons)
        return standing.facts.revision + 1

    def _noise(self) -> Noise:
        return Noise(key_of(self.databases.settings.home, Side.SURVIVOR, "release-noise"))

    async def _freeze(
        self, figures: Release, not_held: tuple[str, ...], operator: Actor
    ) -> Computed:
        self.say("Freezing the release")
        async with self.databases.transaction(_WRITER):
            release_id = await freeze_release(
                figures, operator=operator, who=f"run by {who()}", now=self.now
            )
        return Computed(release_id, figures, not_held, is_new=True)


def _differ_by_number_alone(standing: FrozenRelease, figures: Release) -> bool:
    """Whether a revision would say again what stands, and use up the one of the year."""
    before = standing.figures
    alike = [replace(table, revision=0) for table in before.tables]
    return (
        standing.facts.published_at is not None
        and alike == [replace(table, revision=0) for table in figures.tables]
        and (before.withheld, before.partners) == (figures.withheld, figures.partners)
    )


def _raw_tables(
    counted: Counted,
    period: Period,
    profile: Profile,
    before: list[ReleasedTable],
    revision: int,
) -> tuple[list[RawTable], tuple[str, ...]]:
    """The tables that are due, and the codes of those of which nothing is held here."""
    due = tables_due(CATALOGUE, period=period, profile=profile, earlier=before)
    made = {spec.code: raw_table(spec, counted, period=period, revision=revision) for spec in due}
    raws = [raw for raw in made.values() if raw is not None]
    return raws, tuple(code for code, raw in made.items() if raw is None)
