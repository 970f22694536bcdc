"""Rule 1 of disclosure control: what a catalogue must satisfy for all of it to be published."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from outcomes.disclosure.periods import Span
from outcomes.disclosure.words import TOTAL, Profile, TableSpec, Variable

MOST_TABLES = 12
TOO_LOCAL = {"ward", "postcode_district", "group", "cohort", "facilitator", "venue", "worker"}
MOST_VARIABLES = {Span.QUARTER: 1, Span.YEAR: 2, Span.THREE_YEARS: 2}


def reasons_catalogue_refused(catalogue: Sequence[TableSpec]) -> tuple[str, ...]:
    """Why these tables cannot all be published; none means that they may (rule 1)."""
    return (
        *_reasons_about_the_whole(catalogue),
        *(reason for spec in catalogue for reason in _reasons_about(spec)),
        *_reasons_about_groupings(catalogue),
    )


def _reasons_about_the_whole(catalogue: Sequence[TableSpec]) -> Iterator[str]:
    if len(catalogue) > MOST_TABLES:
        yield f"At most {MOST_TABLES} tables may be controlled; these are {len(catalogue)}."
    for code, times in Counter(spec.code for spec in catalogue).items():
        if times > 1:
            yield f"Two tables are called {code}."
    quarterly = _variables_of(catalogue, Span.QUARTER)
    for code in sorted(quarterly & _variables_of(catalogue, Span.YEAR)):
        yield f"{code} stands in a quarterly and in a yearly table: the two could be subtracted."


def _variables_of(catalogue: Sequence[TableSpec], span: Span) -> set[str]:
    return {
        variable.code for spec in catalogue if span in spec.spans for variable in spec.variables
    }


def _reasons_about(spec: TableSpec) -> Iterator[str]:
    if bool(spec.lines) == bool(spec.variables):
        yield f"{spec.code} needs either lines or variables."
    if spec.variables and len(spec.spans) != 1:
        yield f"{spec.code} splits people and so needs exactly one length of period."
    if spec.variables and any(len(spec.variables) > MOST_VARIABLES[span] for span in spec.spans):
        yield f"{spec.code} has {len(spec.variables)} variables, more than its period allows."
    if Span.THREE_YEARS in spec.spans and Profile.PUBLIC in spec.profiles:
        yield f"{spec.code} covers three years, which only the partnership sees."
    if spec.exact_for_partners and spec.variables:
        yield f"{spec.code} splits people and cannot be exact."
    if any(variable.repeats for variable in spec.variables[1:]):
        yield f"{spec.code} may repeat its first variable only."
    for variable in spec.variables:
        if variable.code in TOO_LOCAL:
            yield f"{spec.code} is by {variable.code}, which is too local to publish."
        yield from _reasons_about_variable(spec.code, variable)


def _reasons_about_variable(table: str, variable: Variable) -> Iterator[str]:
    base = {answer for category in variable.categories for answer in category.base}
    if TOTAL in base or any(category.of for category in variable.categories):
        yield f"{table}: the finest answers of {variable.code} are not answers."
    for grouping in variable.coarser:
        if sorted(answer for c in grouping for answer in c.base) != sorted(base):
            yield f"{table}: a coarser {variable.code} must take in every answer exactly once."
        for category in grouping:
            if len(category.base) > 1 and category.code in base:
                yield f"{table}: {category.code} of {variable.code} names two different groups."


def _reasons_about_groupings(catalogue: Sequence[TableSpec]) -> Iterator[str]:
    """One name, one group: the audit knows figures by their names."""
    groups: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for variable in (variable for spec in catalogue for variable in spec.variables):
        for categories in (variable.categories, *variable.coarser):
            for category in categories:
                groups[variable.code, category.code].add(tuple(sorted(category.base)))
    for (variable_code, code), bases in groups.items():
        if len(bases) > 1:
            yield f"{code} of {variable_code} means different groups in different tables."
