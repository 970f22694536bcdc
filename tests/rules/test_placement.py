"""Who goes where: what an arrangement is worth, whether it may be, and that the best is found."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from app.bench.placement_instances import placement_instance
from scheduling.placement import cp_sat
from scheduling.placement.greedy import best_greedy, by_cohort, by_person, by_value, polished
from scheduling.placement.program import placement_program, reduced
from scheduling.placement.reading import read_instance
from scheduling.placement.relaxation import relax
from scheduling.placement.rules import certain_bound, objective, reasons_not_allowed
from scheduling.placement.words import Instance, Risk
from tests.rules.placement_worlds import (
    best_by_trying_all,
    cohort,
    limits,
    person,
    solved,
    tiny_worlds,
    world,
)

DATA = Path(__file__).parents[1] / "data" / "placement"


def drawn(people: int, cohorts: int, *, seed: int) -> Instance:
    return read_instance(json.dumps(placement_instance(people, cohorts, seed=seed)).encode())


def test_the_example_has_the_optimum_that_is_known_of_it() -> None:
    instance = read_instance((DATA / "example.json").read_bytes())
    known = json.loads((DATA / "example.optimum.json").read_text())

    best = solved(instance)

    assert (best.objective, best.bound, best.is_proven) == (363530, 363530, True)
    assert known["objective"] == 363530
    assert objective(instance, best.placements) == 363530
    assert len(best.placements) == known["placed"]
    assert reasons_not_allowed(instance, best.placements) == ()


@settings(max_examples=200, deadline=None)
@given(tiny_worlds())
def test_nothing_is_better_than_what_is_proven(instance: Instance) -> None:
    best = solved(instance)

    assert best.is_proven
    assert reasons_not_allowed(instance, best.placements) == ()
    assert best.objective == best_by_trying_all(instance)


@settings(max_examples=150, deadline=None)
@given(tiny_worlds())
def test_the_way_of_the_large_ones_finds_the_same(instance: Instance) -> None:
    best = solved(instance, small=0)

    assert best.is_proven
    assert best.objective == best_by_trying_all(instance)


@settings(max_examples=150, deadline=None)
@given(tiny_worlds())
def test_the_relaxation_never_promises_too_little_nor_rules_out_the_best(
    instance: Instance,
) -> None:
    best, program = best_by_trying_all(instance), placement_program(instance).program
    relaxation = relax(program, seconds=10)
    if relaxation is None:
        assert program.rows == ()
        return

    rest = reduced(program, relaxation.fixed_for(best))
    found = cp_sat.solve(rest.program, seconds=10)

    assert relaxation.bound >= best
    assert found.chosen is not None
    assert program.worth(rest.in_whole(found.chosen)) == best


@pytest.mark.parametrize("seed", range(6))
def test_a_core_that_leaves_out_much_proves_nothing_by_itself(seed: int) -> None:
    """Many languages and dear cohorts, so that the relaxation is no arrangement."""
    chance = Random(seed)
    instance = world(
        [cohort(f"c{n}", 6) for n in range(5)],
        [
            person(
                f"p{n}",
                needs=chance.choice([None, "ar", "pl", "ur"]),
                **{f"c{at}": chance.randrange(20, 90) for at in range(5)},
            )
            for n in range(30)
        ],
        rules=limits(smallest_cohort=4, cost_of_running_a_cohort=150, cost_of_an_interpreter=60),
    )

    one, other = solved(instance), solved(instance, small=0, core=0)

    assert one.is_proven
    assert other.is_proven
    assert one.objective == other.objective


@pytest.mark.deep
@settings(max_examples=3000, deadline=None)
@given(tiny_worlds())
def test_both_ways_find_the_best_of_thousands(instance: Instance) -> None:
    expected = best_by_trying_all(instance)

    assert [solved(instance, small=small).objective for small in (None, 0)] == [expected] * 2


@settings(max_examples=150, deadline=None)
@given(tiny_worlds())
def test_every_greedy_keeps_the_rules_and_none_beats_the_optimum(instance: Instance) -> None:
    best = best_by_trying_all(instance)

    for way in (by_value, by_person, by_cohort):
        placements = way(instance)
        assert reasons_not_allowed(instance, placements) == ()
        assert objective(instance, placements) <= best <= certain_bound(instance)


@pytest.mark.parametrize("seed", range(4))
def test_solving_is_never_worse_than_the_best_greedy(seed: int) -> None:
    instance = drawn(60, 6, seed=seed)
    begun_with = objective(instance, best_greedy(instance))

    best = solved(instance)

    assert best.is_proven
    assert best.objective >= begun_with
    assert reasons_not_allowed(instance, best.placements) == ()


def test_the_same_question_has_the_same_answer() -> None:
    instance = drawn(80, 8, seed=3)

    assert solved(instance).placements == solved(instance).placements


@pytest.mark.parametrize("small", [None, 0])
def test_without_time_the_greedy_arrangement_stands_and_nothing_is_proven(
    small: int | None,
) -> None:
    instance = drawn(300, 25, seed=1)
    optimum = solved(instance)

    best = solved(instance, seconds=0, small=small)

    assert optimum.is_proven
    assert objective(instance, best_greedy(instance)) <= best.objective < optimum.objective
    assert best.bound > optimum.objective
    assert reasons_not_allowed(instance, best.placements) == ()


@pytest.mark.deep
@pytest.mark.parametrize(("people", "cohorts"), [(200, 15), (1000, 80)])
def test_both_ways_agree_on_a_city(people: int, cohorts: int) -> None:
    instance = drawn(people, cohorts, seed=7)
    one, other = solved(instance, seconds=60), solved(instance, seconds=60, small=0)

    assert one.is_proven
    assert other.is_proven
    assert one.objective == other.objective


def test_an_arrangement_is_worth_its_places_less_cohorts_and_interpreters() -> None:
    instance = world(
        [cohort("here"), cohort("there", language="ar")],
        [
            person("a", needs="ar", here=100, there=90),
            person("b", needs="ar", here=100),
            person("c", needs="ar", there=50),
        ],
        rules=limits(cost_of_running_a_cohort=10, cost_of_an_interpreter=7),
    )

    assert objective(instance, {}) == 0
    assert objective(instance, {"a": "here", "b": "here"}) == 200 - 10 - 7
    assert objective(instance, {"a": "there", "c": "there"}) == 140 - 10


def test_every_broken_rule_is_told() -> None:
    instance = world(
        [cohort("small", 1), cohort("large")],
        [
            person("a", risk=Risk.VERY_HIGH, needs="ar", small=1, large=1),
            person("b", risk=Risk.VERY_HIGH, needs="pl", small=1),
            person("c", large=1),
        ],
        rules=limits(smallest_cohort=2, most_very_high_risk=1),
        apart=(("a", "b"),),
    )

    assert reasons_not_allowed(instance, {"a": "small", "b": "small", "c": "large"}) == (
        "small has 2 people and 1 places.",
        "small has 2 people of very high risk and may have 1.",
        "large has 1 people and needs 2.",
        "small would need 2 interpreters and can have one.",
        "a and b must not share small.",
    )
    assert reasons_not_allowed(instance, {"c": "small", "x": "large"}) == (
        "small is no option of c.",
        "There is no person x.",
    )


def test_polishing_gives_the_free_place_to_somebody_who_waits() -> None:
    instance = world([cohort("here", 2)], [person("a", here=5), person("b", here=3)])

    assert polished(instance, {"a": "here"}) == {"a": "here", "b": "here"}


def test_the_program_prices_an_arrangement_as_the_rules_do() -> None:
    instance = drawn(120, 10, seed=5)
    made = placement_program(instance)
    placements = best_greedy(instance)

    chosen = made.chosen(instance, placements)

    assert made.program.allows(chosen)
    assert made.program.worth(chosen) == objective(instance, placements)
    assert made.placements(chosen) == placements
