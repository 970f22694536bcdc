"""From counted records to released tables: rules, coarsening, the audit gate, and the hash."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from outcomes.disclosure.audit import gives_away
from outcomes.disclosure.checks import reasons_not_released
from outcomes.disclosure.leaks import cells_out_of_shape
from outcomes.disclosure.noise import Noise
from outcomes.disclosure.periods import Period
from outcomes.disclosure.printing import (
    Manner,
    exact_count,
    figures_given_exactly,
    printed_table,
)
from outcomes.disclosure.words import (
    TOTAL,
    Key,
    PartnerSaid,
    Profile,
    RawTable,
    ReleasedTable,
    TableSpec,
)
from programmes.common.errors import Refused


@dataclass(frozen=True, slots=True)
class Release:
    """What may be published: the tables, the codes of those held back, and what partners gave."""

    profile: Profile
    period: Period
    tables: tuple[ReleasedTable, ...]
    withheld: tuple[str, ...]
    partners: tuple[PartnerSaid, ...] = ()

    @property
    def by_code(self) -> dict[str, ReleasedTable]:
        return {table.code: table for table in self.tables}

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(canonical_bytes(self)).digest()


@dataclass(frozen=True, slots=True)
class _Making:
    """One table on its way to being released."""

    raw: RawTable
    spec: TableSpec
    manner: Manner
    known: tuple[ReleasedTable, ...]

    def form(self, hidden: frozenset[Key] = frozenset()) -> ReleasedTable:
        return printed_table(self.raw, self.spec, manner=self.manner, hidden=hidden)

    def is_exposed(self, table: ReleasedTable) -> bool:
        """Whether it gives anything away beside every known table that it can be related to."""
        return not table.is_exact and gives_away([*_related(table, self.known), table])


def release(
    raw_tables: Iterable[RawTable],
    *,
    profile: Profile,
    catalogue: Sequence[TableSpec],
    earlier: Sequence[ReleasedTable],
    noise: Noise,
) -> Release:
    """Every table of one period through every rule of its profile.

    `earlier` is all that was ever released, of both profiles. The audit reads this release
    with the earlier ones of its own profile: a public figure carries noise without limit and
    so rules out no true count (docs/decisions/disclosure-audit.md). The same records give
    the same bytes, in whatever order they come. Counts for tables of the other profile alone
    are left aside. Raises Refused with every reason.
    """
    elsewhere = {spec.code for spec in catalogue if profile not in spec.profiles}
    raws = [raw for raw in raw_tables if raw.code not in elsewhere]
    if reasons := reasons_not_released(raws, profile=profile, catalogue=catalogue, earlier=earlier):
        raise Refused(*reasons)
    raw_by_code = {raw.code: raw for raw in raws}
    wanted = [spec for spec in catalogue if spec.code in raw_by_code]
    counted = noise.counted if profile is Profile.PUBLIC else exact_count
    manner = Manner(profile, counted, figures_given_exactly(catalogue, profile))
    made = _made(wanted, raw_by_code, manner=manner, earlier=earlier)
    tables = tuple(made[spec.code] for spec in wanted if spec.code in made)
    if wrong := [t.code for t in tables if cells_out_of_shape(t, manner.exactly)]:
        raise Refused(f"These tables hold figures that no rule allows: {wrong}.")
    withheld = tuple(spec.code for spec in wanted if spec.code not in made)
    return Release(profile, raws[0].period, tables, withheld)


def _made(
    specs: Sequence[TableSpec],
    raw_by_code: Mapping[str, RawTable],
    *,
    manner: Manner,
    earlier: Sequence[ReleasedTable],
) -> dict[str, ReleasedTable]:
    """The tables that pass, each audited beside those before it; the exact ones go first."""
    before = tuple(table for table in earlier if table.profile is manner.profile)
    made: dict[str, ReleasedTable] = {}
    for spec in sorted(specs, key=lambda spec: not spec.is_exact(manner.profile)):
        making = _Making(raw_by_code[spec.code], spec, manner, (*before, *made.values()))
        if (table := _admitted(making)) is not None:
            made[spec.code] = table
    return made


def _admitted(making: _Making) -> ReleasedTable | None:
    """The table with no more splits hidden than need be; None where only silence does.

    Splits are hidden kind by kind. To hide only those at which the audit points would tell
    somebody who knows the rules what it found there.
    """
    for hidden in _steps(making.form()):
        table = making.form(hidden)
        if not making.is_exposed(table):
            return table
    return None


def _steps(whole: ReleasedTable) -> Iterator[frozenset[Key]]:
    """What each step hides: nothing, then all but the totals of rows, then all but the total.

    The two margins never stand alone together: that told too much (see the decision).
    """
    keys = [key for key, _cell in whole.cells]
    rows = frozenset(key for key in keys if key[-1] == TOTAL)
    grand = frozenset(key for key in rows if set(key) == {TOTAL})
    yield frozenset()
    if not whole.lines:
        yield frozenset(keys) - rows
    if rows > grand and grand:
        yield frozenset(keys) - grand


def _related(table: ReleasedTable, known: Sequence[ReleasedTable]) -> list[ReleasedTable]:
    """The known tables whose period meets this one's, directly or through another period."""
    periods = {table.period}
    while True:
        met = {other.period for other in known if any(other.period.overlaps(p) for p in periods)}
        if met <= periods:
            return [other for other in known if other.period in periods]
        periods |= met


def canonical_bytes(release: Release) -> bytes:
    """The release as UTF-8 JSON, the same for the same tables on every machine."""
    document = msgspec.to_builtins(release)
    written = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()
