"""Small placement instances, and the best of each by trying everything."""

from itertools import product
from typing import Any

import msgspec
from hypothesis import strategies as st

from scheduling.placement.greedy import best_greedy
from scheduling.placement.messages import News
from scheduling.placement.program import placement_program
from scheduling.placement.proposals import Best
from scheduling.placement.words import Instance, Limits, OpenCohort, Option, Risk, Waiting

LIMITS = Limits(
    smallest_cohort=1,
    most_very_high_risk=4,
    cost_of_running_a_cohort=0,
    cost_of_an_interpreter=0,
)


def limits(**changes: int) -> Limits:
    return msgspec.structs.replace(LIMITS, **changes)


def cohort(name: str, capacity: int = 10, *, language: str | None = None) -> OpenCohort:
    return OpenCohort(id=name, capacity=capacity, language=language)


def person(
    name: str, *, risk: Risk = Risk.MEDIUM, needs: str | None = None, **values: int
) -> Waiting:
    options = tuple(Option(cohort=at, value=value) for at, value in values.items())
    return Waiting(id=name, risk=risk, needs_interpreter=needs, options=options)


def world(
    cohorts: list[OpenCohort],
    people: list[Waiting],
    *,
    rules: Limits = LIMITS,
    apart: tuple[tuple[str, str], ...] = (),
) -> Instance:
    return Instance(rules=rules, cohorts=tuple(cohorts), people=tuple(people), apart=apart)


def best_by_trying_all(instance: Instance) -> int:
    """Written from the documented format alone; shares nothing with the rules or the solver."""
    choices = [[None, *person.options] for person in instance.people]
    worths = (_worth(instance, dict(enumerate(picked))) for picked in product(*choices))
    return max(worth for worth in worths if worth is not None)


def _worth(instance: Instance, picked: dict[int, Option | None]) -> int | None:
    at = {instance.people[n].id: option.cohort for n, option in picked.items() if option}
    if any(one in at and at[one] == at.get(other) for one, other in instance.apart):
        return None
    total = sum(option.value for option in picked.values() if option)
    for one in instance.cohorts:
        members = [p for p in instance.people if at.get(p.id) == one.id]
        cost = _cost(instance.rules, one, members) if members else 0
        if cost is None:
            return None
        total -= cost
    return total


def _cost(rules: Limits, one: OpenCohort, members: list[Waiting]) -> int | None:
    languages = {p.needs_interpreter for p in members} - {None, one.language}
    very_high = [p for p in members if p.risk == "very high"]
    if (
        not rules.smallest_cohort <= len(members) <= one.capacity
        or len(very_high) > rules.most_very_high_risk
        or len(languages) > 1
    ):
        return None
    return rules.cost_of_running_a_cohort + len(languages) * rules.cost_of_an_interpreter


def solved(
    instance: Instance, *, seconds: float = 20, small: int | None = None, core: int | None = None
) -> Best:
    """As the worker solves it, in this process. `small=0` takes the way of the large ones."""
    from scheduling.placement.search import CORE_PER_PERSON, SMALL, Search

    made = placement_program(instance)
    best = Best(instance, best_greedy(instance))
    start = made.chosen(instance, best.placements)

    class Ear:
        def found(self, chosen: Any) -> None:
            best.hear(News(placements=made.placements(chosen)))

        def bounded(self, bound: int) -> None:
            best.hear(News(bound=bound))

    search = Search(made.program, start, seconds=seconds, listener=Ear())
    search.run(
        small=SMALL if small is None else small,
        core=CORE_PER_PERSON * len(instance.people) if core is None else core,
    )
    best.hear(News(bound=search.bound))
    assert best.objective == search.worth
    return best


LANGUAGES = st.sampled_from([None, None, "ar", "pl"])


@st.composite
def tiny_worlds(draw: st.DrawFn) -> Instance:
    names = [f"c{n}" for n in range(draw(st.integers(0, 3)))]
    people = [_tiny_person(draw, f"p{n}", names) for n in range(draw(st.integers(0, 5)))]
    pairs = [(a.id, b.id) for a in people for b in people if a.id < b.id]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pairs else []
    return world(
        [cohort(name, draw(st.integers(0, 4)), language=draw(LANGUAGES)) for name in names],
        people,
        rules=Limits(
            smallest_cohort=draw(st.integers(0, 3)),
            most_very_high_risk=draw(st.integers(0, 2)),
            cost_of_running_a_cohort=draw(st.integers(0, 25)),
            cost_of_an_interpreter=draw(st.integers(0, 15)),
        ),
        apart=tuple(chosen),
    )


def _tiny_person(draw: st.DrawFn, name: str, cohorts: list[str]) -> Waiting:
    open_to = draw(st.sets(st.sampled_from(cohorts))) if cohorts else set()
    values = {at: draw(st.integers(-10, 30)) for at in sorted(open_to)}
    risk = draw(st.sampled_from([Risk.STANDARD, Risk.VERY_HIGH]))
    return person(name, risk=risk, needs=draw(LANGUAGES), **values)
