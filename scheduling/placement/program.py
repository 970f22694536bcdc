"""The one integer program of an instance, in whole numbers, for whichever solver takes it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduling.placement.rules import interpreted
from scheduling.placement.words import Instance, OpenCohort, Placements, Risk, Waiting

Term = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of weight times variable, over `terms` of (variable, weight), is at most `limit`."""

    terms: tuple[Term, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Program:
    """Choose 0 or 1 for each variable: the highest sum of `values` under all `rows`."""

    values: tuple[int, ...]
    rows: tuple[Row, ...]

    def worth(self, chosen: Sequence[int]) -> int:
        return sum(value for value, one in zip(self.values, chosen, strict=True) if one)

    def allows(self, chosen: Sequence[int]) -> bool:
        return all(
            sum(weight * chosen[variable] for variable, weight in row.terms) <= row.limit
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class PlacementProgram:
    """The first variables are the places, then come the cohorts that run and their interpreters."""

    program: Program
    places: tuple[tuple[str, str], ...]
    runs: Mapping[str, int]
    interpreters: Mapping[tuple[str, str], int]

    def placements(self, chosen: Sequence[int]) -> Placements:
        return {
            person_id: cohort_id
            for (person_id, cohort_id), one in zip(self.places, chosen, strict=False)
            if one
        }

    def chosen(self, instance: Instance, placements: Mapping[str, str]) -> list[int]:
        """The variables as this arrangement sets them."""
        taken = [int(placements.get(person) == cohort) for person, cohort in self.places]
        running = set(placements.values())
        languages = interpreted(instance, placements)
        return [
            *taken,
            *(int(cohort_id in running) for cohort_id in self.runs),
            *(int(language in languages) for language in self.interpreters),
        ]


def placement_program(instance: Instance) -> PlacementProgram:
    """Leaves out cohorts that cannot reach the smallest size whoever comes."""
    eligible = _eligible(instance)
    cohorts = [cohort for cohort in instance.cohorts if cohort.id in eligible]
    options = [
        (person, option)
        for person in instance.people
        for option in person.options
        if option.cohort in eligible
    ]
    places = {(person.id, option.cohort): at for at, (person, option) in enumerate(options)}
    runs = {cohort.id: len(places) + at for at, cohort in enumerate(cohorts)}
    spoken = [
        (cohort.id, language)
        for cohort in cohorts
        for language in _languages(eligible[cohort.id], cohort)
    ]
    interpreters = {pair: len(places) + len(runs) + at for at, pair in enumerate(spoken)}
    values = (
        *(option.value for _, option in options),
        *(-instance.rules.cost_of_running_a_cohort for _ in runs),
        *(-instance.rules.cost_of_an_interpreter for _ in interpreters),
    )
    rows = (
        *_person_rows(places),
        *(
            row
            for cohort in cohorts
            for row in _cohort_rows(
                _Group(instance, cohort, eligible[cohort.id], places, runs, interpreters)
            )
        ),
        *_apart_rows(instance, places, runs),
    )
    return PlacementProgram(Program(values, rows), tuple(places), runs, interpreters)


def _eligible(instance: Instance) -> dict[str, list[Waiting]]:
    smallest = max(1, instance.rules.smallest_cohort)
    people: dict[str, list[Waiting]] = defaultdict(list)
    for person in instance.people:
        for option in person.options:
            people[option.cohort].append(person)
    return {
        cohort.id: people[cohort.id]
        for cohort in instance.cohorts
        if min(cohort.capacity, len(people[cohort.id])) >= smallest
    }


def _languages(people: Sequence[Waiting], cohort: OpenCohort) -> list[str]:
    needed = {person.needs_interpreter for person in people} - {None, cohort.language}
    return sorted(language for language in needed if language is not None)


@dataclass(frozen=True, slots=True)
class _Group:
    instance: Instance
    cohort: OpenCohort
    people: Sequence[Waiting]
    places: Mapping[tuple[str, str], int]
    all_runs: Mapping[str, int]
    all_interpreters: Mapping[tuple[str, str], int]

    @property
    def runs(self) -> int:
        return self.all_runs[self.cohort.id]

    def place(self, person: Waiting) -> int:
        return self.places[person.id, self.cohort.id]


def _person_rows(places: Mapping[tuple[str, str], int]) -> Iterator[Row]:
    """At most one place a person."""
    of_person: dict[str, list[Term]] = defaultdict(list)
    for (person_id, _), variable in places.items():
        of_person[person_id].append((variable, 1))
    for terms in of_person.values():
        if len(terms) > 1:
            yield Row(tuple(terms), 1)


def _cohort_rows(group: _Group) -> Iterator[Row]:
    """Capacity, smallest size, highest risk; nobody is in a cohort that does not run."""
    limits = group.instance.rules
    everybody = tuple((group.place(person), 1) for person in group.people)
    capacity = min(group.cohort.capacity, len(group.people))
    yield Row((*everybody, (group.runs, -capacity)), 0)
    smallest = max(1, limits.smallest_cohort)
    yield Row((*((variable, -1) for variable, _ in everybody), (group.runs, smallest)), 0)
    for variable, _ in everybody:
        yield Row(((variable, 1), (group.runs, -1)), 0)
    highest = tuple((group.place(p), 1) for p in group.people if p.risk is Risk.VERY_HIGH)
    if len(highest) > limits.most_very_high_risk:
        yield Row((*highest, (group.runs, -limits.most_very_high_risk)), 0)
    yield from _interpreter_rows(group)


def _interpreter_rows(group: _Group) -> Iterator[Row]:
    """Who needs a language makes the cohort need its interpreter, of whom it can have one."""
    name = group.cohort.id
    for person in group.people:
        needed = person.needs_interpreter
        if needed is not None and needed != group.cohort.language:
            yield Row(((group.place(person), 1), (group.all_interpreters[name, needed], -1)), 0)
    languages = _languages(group.people, group.cohort)
    if languages:
        interpreters = ((group.all_interpreters[name, language], 1) for language in languages)
        yield Row((*interpreters, (group.runs, -1)), 0)


def _apart_rows(
    instance: Instance, places: Mapping[tuple[str, str], int], runs: Mapping[str, int]
) -> Iterator[Row]:
    options = {p.id: [option.cohort for option in p.options] for p in instance.people}
    for one, other in instance.apart:
        for cohort_id in options[one]:
            if cohort_id in runs and (other, cohort_id) in places:
                both = ((places[one, cohort_id], 1), (places[other, cohort_id], 1))
                yield Row((*both, (runs[cohort_id], -1)), 0)


@dataclass(frozen=True, slots=True)
class Reduced:
    """A program of the variables still open; `kept` are their places in the whole."""

    program: Program
    kept: tuple[int, ...]
    fixed: Mapping[int, int]
    fixed_worth: int

    def in_whole(self, chosen: Sequence[int]) -> list[int]:
        whole = {**self.fixed, **dict(zip(self.kept, chosen, strict=True))}
        return [whole[variable] for variable in range(len(whole))]


def reduced(program: Program, fixed: Mapping[int, int]) -> Reduced:
    """The program with some variables fixed; rows that can no longer be broken are left out."""
    kept = tuple(variable for variable in range(len(program.values)) if variable not in fixed)
    renumbered = {variable: at for at, variable in enumerate(kept)}
    rows = (_row_with_fixed(row, fixed, renumbered) for row in program.rows)
    binding = tuple(row for row in rows if sum(max(0, w) for _, w in row.terms) > row.limit)
    return Reduced(
        program=Program(tuple(program.values[variable] for variable in kept), binding),
        kept=kept,
        fixed=fixed,
        fixed_worth=sum(program.values[variable] for variable, one in fixed.items() if one),
    )


def _row_with_fixed(row: Row, fixed: Mapping[int, int], renumbered: Mapping[int, int]) -> Row:
    settled = sum(weight * fixed[variable] for variable, weight in row.terms if variable in fixed)
    open_terms = ((renumbered[v], weight) for v, weight in row.terms if v in renumbered)
    return Row(tuple(open_terms), row.limit - settled)
