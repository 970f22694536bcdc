"""What if somebody were pinned to a cohort, forbidden one, or one more cohort were opened."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from programmes.common.errors import Refused
from scheduling.placement.reasons import in_words, reasons_not_placed
from scheduling.placement.rules import certain_bound, objective
from scheduling.placement.words import (
    IN_WORDS,
    Answer,
    Instance,
    OpenCohort,
    Option,
    Placements,
    Waiting,
    WhyNot,
)


class ExtraCohort(Struct, frozen=True):
    """A cohort that is not open yet, and the value of a place there to each who could come."""

    cohort: OpenCohort
    values: dict[str, int]


class Variation(Struct, frozen=True, kw_only=True):
    """`pinned` people get that cohort or nobody gets an answer; `forbidden` pairs never meet."""

    pinned: Placements = {}
    forbidden: frozenset[tuple[str, str]] = frozenset()
    extra: tuple[ExtraCohort, ...] = ()


class Move(Struct, frozen=True):
    """Somebody whose place differs; None is no place."""

    person: str
    before: str | None
    after: str | None


def supposed(instance: Instance, variation: Variation) -> Instance:
    """The instance as it would be, pins aside. Raises Refused for a pin that is nobody's option."""
    cohorts = (*instance.cohorts, *(extra.cohort for extra in variation.extra))
    people = tuple(_supposed_person(person, variation) for person in instance.people)
    _refuse_impossible_pins(people, variation)
    return msgspec.structs.replace(instance, cohorts=cohorts, people=people)


def to_solve(instance: Instance, variation: Variation) -> Instance:
    """What to propose from: pinned people have one option each, worth more than all the rest."""
    world = supposed(instance, variation)
    bonus = _bonus(world)
    people = tuple(_with_pin(p, variation.pinned.get(p.id), bonus) for p in world.people)
    return msgspec.structs.replace(world, people=people)


def settled(answer: Answer, instance: Instance, variation: Variation) -> Answer:
    """The answer to `to_solve` in the points of the instance.

    Raises Refused, naming all, where somebody could not be given the pinned place.
    """
    world = supposed(instance, variation)
    missed = [p for p, cohort in variation.pinned.items() if answer.placements.get(p) != cohort]
    if missed:
        found = "No arrangement" if answer.proven else "In this time no arrangement was found that"
        raise Refused(*(f"{found} gives {p} a place in {variation.pinned[p]}." for p in missed))
    return msgspec.structs.replace(
        answer,
        objective=objective(world, answer.placements),
        bound=answer.bound - len(variation.pinned) * _bonus(world),
        not_placed=in_words(reasons_not_placed(world, answer.placements)),
    )


def moves(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Move, ...]:
    """Everybody whose place differs between two proposals, in the order of their ids."""
    everybody = sorted(before.keys() | after.keys())
    return tuple(
        Move(person, before.get(person), after.get(person))
        for person in everybody
        if before.get(person) != after.get(person)
    )


def _supposed_person(person: Waiting, variation: Variation) -> Waiting:
    options = (
        *(o for o in person.options if (person.id, o.cohort) not in variation.forbidden),
        *(
            Option(extra.cohort.id, extra.values[person.id])
            for extra in variation.extra
            if person.id in extra.values
        ),
    )
    return msgspec.structs.replace(person, options=options)


def _refuse_impossible_pins(people: tuple[Waiting, ...], variation: Variation) -> None:
    options = {person.id: {option.cohort for option in person.options} for person in people}
    wrong = [p for p, cohort in variation.pinned.items() if cohort not in options.get(p, set())]
    if wrong:
        raise Refused(
            *(f"{variation.pinned[p]} for {p}: {IN_WORDS[WhyNot.NOT_OFFERED]}." for p in wrong)
        )


def _with_pin(person: Waiting, cohort_id: str | None, bonus: int) -> Waiting:
    if cohort_id is None:
        return person
    kept = tuple(Option(o.cohort, o.value + bonus) for o in person.options if o.cohort == cohort_id)
    return msgspec.structs.replace(person, options=kept)


def _bonus(instance: Instance) -> int:
    """More than the worth of any two arrangements can differ by."""
    limits = instance.rules
    worst = sum(
        max((-option.value for option in person.options if option.value < 0), default=0)
        for person in instance.people
    )
    dearest = limits.cost_of_running_a_cohort + limits.cost_of_an_interpreter
    return 1 + certain_bound(instance) + worst + dearest * len(instance.cohorts)
