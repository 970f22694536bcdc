"""What a set of counts must satisfy before anything is computed for a release."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product

from outcomes.disclosure.periods import Period
from outcomes.disclosure.rules import where_of
from outcomes.disclosure.words import (
    Key,
    Profile,
    RawTable,
    ReleasedTable,
    TableSpec,
    Where,
)


def reasons_not_released(
    raw_tables: Iterable[RawTable],
    *,
    profile: Profile,
    catalogue: Sequence[TableSpec],
    earlier: Sequence[ReleasedTable],
) -> tuple[str, ...]:
    """Why these counts cannot become one release; none means that they may (rules 2 and 7)."""
    specs = {spec.code: spec for spec in catalogue if profile in spec.profiles}
    raws, before = list(raw_tables), [table for table in earlier if table.profile is profile]
    reasons = [*_reasons_about_release(raws, before)]
    for raw in raws:
        if raw.code not in specs:
            reasons.append(f"{raw.code} is not in the catalogue of the {profile} profile.")
            continue
        reasons += _reasons_about_raw(raw, specs[raw.code])
        reasons += _reasons_about_period(raw, specs[raw.code], profile=profile, before=before)
    if not reasons:
        reasons += _disagreements(raws, specs)
    return tuple(reasons)


def _reasons_about_release(raws: Sequence[RawTable], before: Sequence[ReleasedTable]) -> list[str]:
    if not raws:
        return ["There is nothing to release."]
    if len({(raw.period, raw.revision) for raw in raws}) > 1:
        return ["A release has one period and one revision."]
    first, codes = raws[0], [raw.code for raw in raws]
    published = {table.code for table in before if table.period == first.period}
    reasons = [f"{code} comes twice." for code, times in Counter(codes).items() if times > 1]
    if first.revision and (missing := sorted(published - set(codes))):
        reasons.append(f"A revision replaces every table of its period; missing: {missing}.")
    return reasons


def _reasons_about_raw(raw: RawTable, spec: TableSpec) -> Iterator[str]:
    if raw.period.span not in spec.spans:
        yield f"{spec.code} is not published for a {raw.period.span}."
    possible = set(_cell_keys(spec)) - set(spec.cannot_be)
    if wrong := sorted(key for key, names in raw.records.items() if names and key not in possible):
        yield f"{spec.code} counts records where there is no cell: {wrong}."
    elif not spec.lines:
        yield from _reasons_not_a_split(raw, spec)


def _cell_keys(spec: TableSpec) -> list[Key]:
    if spec.lines:
        return [(line.code,) for line in spec.lines]
    return list(product(*([c.code for c in variable.categories] for variable in spec.variables)))


def _reasons_not_a_split(raw: RawTable, spec: TableSpec) -> Iterator[str]:
    """Each record stands in one cell; under a variable that repeats, in one cell of each row."""
    rows: dict[str, list[frozenset[str]]] = defaultdict(list)
    repeats = spec.variables[0].repeats
    for key, names in raw.records.items():
        rows[key[0] if repeats else ""].append(names)
    unions = [frozenset().union(*cells) for cells in rows.values()]
    if any(sum(map(len, cells)) != len(frozenset().union(*cells)) for cells in rows.values()):
        yield f"{spec.code} counts a record in two cells."
    if (
        repeats
        and unions
        and (len(set(unions)) > 1 or len(unions) < len(spec.variables[0].categories))
    ):
        yield f"{spec.code} must ask the same people under each {spec.variables[0].label}."


def _reasons_about_period(
    raw: RawTable, spec: TableSpec, *, profile: Profile, before: Sequence[ReleasedTable]
) -> Iterator[str]:
    same_table = [table for table in before if table.code == raw.code]
    if not spec.is_exact(profile):
        for table in same_table:
            if table.period != raw.period and table.period.overlaps(raw.period):
                yield f"{raw.code} is out for {table.period.label}, which overlaps this period."
    revisions = [table.revision for table in same_table if table.period == raw.period]
    if revisions and raw.revision != max(revisions) + 1:
        yield f"{raw.code} is out for this period; the next revision is {max(revisions) + 1}."


def _disagreements(raws: Sequence[RawTable], specs: dict[str, TableSpec]) -> Iterator[str]:
    """Tables of one release that count the same people must count the same people."""
    found: dict[tuple[str, Where], tuple[str, frozenset[str]]] = {}
    for raw in raws:
        for figure, names in _figures(raw, specs[raw.code]).items():
            code, other = found.setdefault(figure, (raw.code, names))
            if other != names:
                yield f"{code} and {raw.code} disagree about {figure[0]}."


def _figures(raw: RawTable, spec: TableSpec) -> dict[tuple[str, Where], frozenset[str]]:
    if spec.lines:
        return {
            (line.population, tuple(sorted(line.where))): raw.records.get((line.code,), frozenset())
            for line in spec.lines
        }
    everybody: dict[Where, frozenset[str]] = {}
    for key in _cell_keys(spec):
        for said in ((), *((pair,) for pair in _answers_that_partition(spec, key))):
            names = raw.records.get(key, frozenset())
            everybody[said] = everybody.get(said, frozenset()) | names
    return {(spec.population, said): names for said, names in everybody.items()}


def _answers_that_partition(spec: TableSpec, key: Key) -> Where:
    return () if spec.variables[0].repeats else where_of(spec.variables, key)


def tables_due(
    catalogue: Sequence[TableSpec],
    *,
    period: Period,
    profile: Profile,
    earlier: Sequence[ReleasedTable],
) -> tuple[TableSpec, ...]:
    """What a release of this period holds: tables of its length, less those that would overlap.

    A year of a table whose quarters are out stays with its quarters, unless it is exact.
    """
    out = {
        table.code
        for table in earlier
        if table.profile is profile and table.period != period and table.period.overlaps(period)
    }
    return tuple(
        spec
        for spec in catalogue
        if profile in spec.profiles
        and period.span in spec.spans
        and (spec.is_exact(profile) or spec.code not in out)
    )


def reasons_not_to_revise(revised_on: Iterable[date], today: date) -> tuple[str, ...]:
    """Revisions are made once in a calendar year (rule 7)."""
    if any(day.year == today.year for day in revised_on):
        return (f"Published figures were revised in {today.year} already.",)
    return ()
