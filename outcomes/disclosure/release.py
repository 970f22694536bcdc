"""From counted records to released tables: rules, coarsening, the audit gate, and the hash."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from outcomes.disclosure.audit import Exposure, exposures
from outcomes.disclosure.checks import reasons_not_released
from outcomes.disclosure.noise import Noise
from outcomes.disclosure.periods import Period
from outcomes.disclosure.rules import (
    Counted,
    exact_count,
    levels_for,
    printed_total,
    released_table,
)
from outcomes.disclosure.words import Key, Profile, RawTable, ReleasedTable, TableSpec
from programmes.common.errors import Refused


@dataclass(frozen=True, slots=True)
class Release:
    """What may be published: the tables, the codes of those held back, and the hash of both."""

    profile: Profile
    period: Period
    tables: tuple[ReleasedTable, ...]
    withheld: tuple[str, ...]
    sha256: bytes


@dataclass(frozen=True, slots=True)
class _Making:
    """One table on its way to being released."""

    raw: RawTable
    spec: TableSpec
    profile: Profile
    counted: Counted
    known: tuple[ReleasedTable, ...]

    def form(self, without_split: frozenset[Key] = frozenset()) -> ReleasedTable:
        total = printed_total(self.raw, self.spec, self.counted)
        return released_table(
            self.raw,
            self.spec,
            profile=self.profile,
            levels=levels_for(self.spec.variables, total),
            counted=self.counted,
            without_split=without_split,
        )

    def exposed(self, table: ReleasedTable) -> tuple[Exposure, ...]:
        """What the table gives away beside every known table that it can be related to."""
        if table.exact:
            return ()
        return exposures([*_related(table, self.known), table])


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
    so rules out no true count (docs/decisions/0051-public-audit.md). The same records give
    the same bytes, in whatever order they come. Counts for tables of the other profile alone
    are left aside. Raises Refused with every reason.
    """
    elsewhere = {spec.code for spec in catalogue if profile not in spec.profiles}
    raws = [raw for raw in raw_tables if raw.code not in elsewhere]
    if reasons := reasons_not_released(raws, profile=profile, catalogue=catalogue, earlier=earlier):
        raise Refused(*reasons)
    raw_by_code = {raw.code: raw for raw in raws}
    wanted = [spec for spec in catalogue if spec.code in raw_by_code]
    made = _made(wanted, raw_by_code, profile=profile, earlier=earlier, noise=noise)
    tables = tuple(made[spec.code] for spec in wanted if spec.code in made)
    withheld = tuple(spec.code for spec in wanted if spec.code not in made)
    period = next(iter(raw_by_code.values())).period
    return Release(profile, period, tables, withheld, sha256(tables, withheld))


def _made(
    specs: Sequence[TableSpec],
    raw_by_code: Mapping[str, RawTable],
    *,
    profile: Profile,
    earlier: Sequence[ReleasedTable],
    noise: Noise,
) -> dict[str, ReleasedTable]:
    """The tables that pass, each audited beside those before it; the exact ones go first."""
    counted = noise.counted if profile is Profile.PUBLIC else exact_count
    made: dict[str, ReleasedTable] = {}
    for spec in sorted(specs, key=lambda spec: not spec.is_exact(profile)):
        known = (*(t for t in earlier if t.profile is profile), *made.values())
        table = _admitted(_Making(raw_by_code[spec.code], spec, profile, counted, known))
        if table is not None:
            made[spec.code] = table
    return made


def _admitted(making: _Making) -> ReleasedTable | None:
    """The table with one more split hidden each time, until it gives nothing away.

    None where only silence does.
    """
    table, hidden = making.form(), frozenset[Key]()
    while found := making.exposed(table):
        left = {total: keys for total, keys in table.rows if total not in hidden}
        if not left:
            return None
        places = {e.place.key for e in found if e.place.code == table.code}
        pointed_at = {total for total, keys in left.items() if places & {*keys, total}}
        hidden |= pointed_at or set(left)
        table = making.form(hidden)
    return table


def _related(table: ReleasedTable, known: Sequence[ReleasedTable]) -> list[ReleasedTable]:
    """The known tables whose period meets this one's, directly or through another period."""
    periods = {table.period}
    while True:
        met = {other.period for other in known if any(other.period.overlaps(p) for p in periods)}
        if met <= periods:
            return [other for other in known if other.period in periods]
        periods |= met


def canonical_bytes(tables: Sequence[ReleasedTable], withheld: Sequence[str] = ()) -> bytes:
    """The release as UTF-8 JSON, the same for the same tables on every machine."""
    document = {"tables": msgspec.to_builtins(tuple(tables)), "withheld": list(withheld)}
    written = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def tables_from(stored: bytes) -> tuple[tuple[ReleasedTable, ...], tuple[str, ...]]:
    """What `canonical_bytes` wrote: the tables, and the codes of those held back."""
    document = json.loads(stored)
    tables = msgspec.convert(document["tables"], tuple[ReleasedTable, ...])
    return tables, tuple(document["withheld"])


def sha256(tables: Sequence[ReleasedTable], withheld: Sequence[str] = ()) -> bytes:
    return hashlib.sha256(canonical_bytes(tables, withheld)).digest()
