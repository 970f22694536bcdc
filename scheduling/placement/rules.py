"""What an arrangement is worth, and whether it may be: reckoned apart from any solver."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from scheduling.placement.words import Instance, OpenCohort, Option, Risk, Waiting


def objective(instance: Instance, placements: Mapping[str, str]) -> int:
    """The values of the places taken, less each cohort that runs, less each interpreter.

    Raises KeyError for a place that is nobody's option.
    """
    worth = sum(
        _value(person, placements[person.id])
        for person in instance.people
        if person.id in placements
    )
    running = len(set(placements.values()))
    interpreters = len(interpreted(instance, placements))
    return (
        worth
        - running * instance.rules.cost_of_running_a_cohort
        - interpreters * instance.rules.cost_of_an_interpreter
    )


def interpreted(instance: Instance, placements: Mapping[str, str]) -> set[tuple[str, str]]:
    """Each cohort with a language that needs an interpreter there."""
    held_in = {cohort.id: cohort.language for cohort in instance.cohorts}
    return {
        (placements[person.id], person.needs_interpreter)
        for person in instance.people
        if person.needs_interpreter is not None
        and person.id in placements
        and held_in[placements[person.id]] != person.needs_interpreter
    }


def _value(person: Waiting, cohort_id: str) -> int:
    return {option.cohort: option.value for option in person.options}[cohort_id]


def certain_bound(instance: Instance) -> int:
    """More than everybody's best place, or none, cannot be had."""
    return sum(
        max((option.value for option in person.options if option.value > 0), default=0)
        for person in instance.people
    )


def reasons_not_allowed(instance: Instance, placements: Mapping[str, str]) -> tuple[str, ...]:
    """Every way in which the arrangement breaks the instance's rules."""
    unknown = tuple(_unknown_places(instance, placements))
    if unknown:
        return unknown
    groups: dict[str, list[Waiting]] = defaultdict(list)
    for person in instance.people:
        if person.id in placements:
            groups[placements[person.id]].append(person)
    languages = interpreted(instance, placements)
    return (
        *(
            reason
            for cohort in instance.cohorts
            if cohort.id in groups
            for reason in _cohort_faults(instance, cohort, groups[cohort.id])
        ),
        *_interpreter_faults(languages),
        *_apart_faults(instance, placements),
    )


def _unknown_places(instance: Instance, placements: Mapping[str, str]) -> Iterator[str]:
    options: dict[str, tuple[Option, ...]] = {p.id: p.options for p in instance.people}
    for person_id, cohort_id in placements.items():
        if person_id not in options:
            yield f"There is no person {person_id}."
        elif cohort_id not in {option.cohort for option in options[person_id]}:
            yield f"{cohort_id} is no option of {person_id}."


def _cohort_faults(instance: Instance, cohort: OpenCohort, members: list[Waiting]) -> Iterator[str]:
    limits = instance.rules
    very_high = sum(person.risk is Risk.VERY_HIGH for person in members)
    if len(members) > cohort.capacity:
        yield f"{cohort.id} has {len(members)} people and {cohort.capacity} places."
    if len(members) < limits.smallest_cohort:
        yield f"{cohort.id} has {len(members)} people and needs {limits.smallest_cohort}."
    if very_high > limits.most_very_high_risk:
        yield (
            f"{cohort.id} has {very_high} people of very high risk and may have "
            f"{limits.most_very_high_risk}."
        )


def _interpreter_faults(languages: set[tuple[str, str]]) -> Iterator[str]:
    for cohort_id, count in sorted(Counter(cohort_id for cohort_id, _ in languages).items()):
        if count > 1:
            yield f"{cohort_id} would need {count} interpreters and can have one."


def _apart_faults(instance: Instance, placements: Mapping[str, str]) -> Iterator[str]:
    for one, other in instance.apart:
        if one in placements and placements[one] == placements.get(other):
            yield f"{one} and {other} must not share {placements[one]}."
