"""What a release is called, when it may be computed, and who may publish it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

from outcomes.disclosure.periods import QUARTERS_IN, Period, Span, is_closed
from outcomes.disclosure.words import Key, Profile, RawTable, TableSpec
from outcomes.releases.words import Answers, Counted, People, ReleaseFacts, ReleaseStatus
from programmes.common.staff import AccountId


def title_of(period: Period, revision: int) -> str:
    """`2018`, `July to September 2026, second revision`."""
    return period.label + (f", revision {revision}" if revision else "")


def reasons_not_to_compute(period: Period, *, profile: Profile, today: date) -> tuple[str, ...]:
    """Only a period that is over may be published (DESIGN.md §5, rule 2)."""
    reasons = []
    if not is_closed(period, today):
        reasons.append(f"{period.label} is not over: it may be published from {period.until}.")
    if period.span is Span.THREE_YEARS and profile is Profile.PUBLIC:
        reasons.append("Three years together are published for the partnership only.")
    return tuple(reasons)


def reasons_not_to_propose(release: ReleaseFacts) -> tuple[str, ...]:
    """Why a manager may not put this release forward."""
    return () if release.status is ReleaseStatus.COMPUTED else (_STANDS[release.status],)


def reasons_not_to_publish(release: ReleaseFacts, *, by: AccountId) -> tuple[str, ...]:
    """Never the account that proposed it: a second person reads it first."""
    if release.status is not ReleaseStatus.PROPOSED:
        return (_STANDS[release.status],)
    if release.prepared_by == by:
        return ("You proposed this release. Somebody else must publish it.",)
    return ()


_STANDS = {
    ReleaseStatus.COMPUTED: "Nobody has proposed this release yet.",
    ReleaseStatus.PROPOSED: "This release has been proposed already.",
    ReleaseStatus.PUBLISHED: "This release is published already.",
    ReleaseStatus.REPLACED: "A newer computation has taken the place of this one.",
}


def latest_beside(
    published: Iterable[ReleaseFacts], release: ReleaseFacts, span: Span
) -> ReleaseFacts | None:
    """The latest of the longer span that was over when this period was, for the same readers.

    `published` comes with the latest period, and of that the latest revision, first.
    """
    if QUARTERS_IN[release.period.span] >= QUARTERS_IN[span]:
        return None
    fitting = (
        one
        for one in published
        if one.period.span is span
        and one.profile is release.profile
        and one.until_on <= release.until_on
    )
    return next(fitting, None)


def raw_table(
    spec: TableSpec, counted: Counted, *, period: Period, revision: int
) -> RawTable | None:
    """The records behind every cell; None where one of its populations is not held here."""
    wanted = {line.population for line in spec.lines} or {spec.population}
    if not wanted <= counted.keys():
        return None
    pairs = _line_cells(spec, counted) if spec.lines else _split(spec, counted[spec.population])
    cells: dict[Key, set[str]] = {}
    for key, record in pairs:
        cells.setdefault(key, set()).add(record)
    return RawTable(
        spec.code, period, {key: frozenset(names) for key, names in cells.items()}, revision
    )


def _line_cells(spec: TableSpec, counted: Counted) -> Iterator[tuple[Key, str]]:
    for line in spec.lines:
        for record, answers in counted[line.population].items():
            if all(answers[variable] == code for variable, code in line.where):
                yield (line.code,), record


def _split(spec: TableSpec, people: People) -> Iterator[tuple[Key, str]]:
    for record, answers in people.items():
        for key in product(*_answers(spec, answers)):
            yield (key if not spec.variables[0].repeats else _under(key)), record


def _answers(spec: TableSpec, answers: Answers) -> Iterator[tuple[str, ...]]:
    """What one record says to each variable; of a variable that repeats, all it was asked under."""
    first = spec.variables[0]
    if first.repeats:
        asked = spec.variables[1].code
        yield tuple(f"{c.code} {answers[f'{asked} {c.code}']}" for c in first.categories)
        return
    for variable in spec.variables:
        yield (answers[variable.code],)


def _under(key: Key) -> Key:
    theme, answer = key[0].split(" ")
    return theme, answer
