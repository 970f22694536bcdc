"""One person, one cohort, or one change at a time; and why somebody has no place."""

import pytest
from hypothesis import given, settings

from programmes.common.errors import Refused
from scheduling.placement.offers import best_cohorts_for, next_offers_for
from scheduling.placement.reasons import in_words, on_pages, reasons_not_placed
from scheduling.placement.rules import objective, reasons_not_allowed
from scheduling.placement.what_if import (
    ExtraCohort,
    Move,
    Variation,
    moves,
    settled,
    supposed,
    to_solve,
)
from scheduling.placement.words import Answer, Instance, Risk, WhyNot
from tests.rules.placement_worlds import (
    best_by_trying_all,
    cohort,
    limits,
    person,
    solved,
    tiny_worlds,
    world,
)


def why(instance: Instance, placements: dict[str, str], who: str) -> dict[WhyNot, tuple[str, ...]]:
    return reasons_not_placed(instance, placements)[who]


def answered(instance: Instance) -> Answer:
    best = solved(instance)
    return Answer(
        placements=best.placements,
        objective=best.objective,
        bound=best.bound,
        proven=best.is_proven,
        seconds=0.0,
        not_placed={},
    )


def _one_of_each_refusal() -> Instance:
    return world(
        [
            cohort("full", 2),
            cohort("dear", 2),
            cohort("tiny", 1),
            cohort("spoken", 4),
            cohort("empty", 3),
            cohort("open", 9),
        ],
        [
            person("a", risk=Risk.VERY_HIGH, full=50, spoken=5),
            person("b", full=40),
            person("c", needs="ar", spoken=90),
            person("d", spoken=90),
            person("e", open=9),
            person("f", open=9),
            person(
                "x",
                risk=Risk.VERY_HIGH,
                needs="pl",
                full=45,
                tiny=9,
                spoken=9,
                empty=9,
                open=3,
            ),
            person("y"),
            person("z", full=1, open=7),
        ],
        rules=limits(smallest_cohort=2, most_very_high_risk=1, cost_of_an_interpreter=8),
        apart=(("x", "c"),),
    )


def test_each_reason_for_no_place_is_told() -> None:
    instance = _one_of_each_refusal()
    placements = {"a": "full", "b": "full", "c": "spoken", "d": "spoken", "e": "open", "f": "open"}
    assert reasons_not_allowed(instance, placements) == ()

    assert why(instance, placements, "x") == {
        WhyNot.FULL: ("full",),
        WhyNot.HIGHEST_RISK: ("full",),
        WhyNot.TOO_FEW_PLACES: ("tiny",),
        WhyNot.SECOND_INTERPRETER: ("spoken",),
        WhyNot.APART: ("spoken",),
        WhyNot.BELOW_SMALLEST: ("empty",),
        WhyNot.COSTS_MORE: ("open",),
    }
    assert why(instance, placements, "y") == {}
    assert why(instance, placements, "z") == {
        WhyNot.FULL_OF_MORE_VALUE: ("full",),
        WhyNot.ROOM_LEFT: ("open",),
    }
    told = in_words(reasons_not_placed(instance, placements))
    assert told["y"] == ("No open group is suitable.",)
    assert "Would need a second interpreter: spoken." in told["x"]


def test_a_cohort_that_could_run_but_does_not_pay_says_so() -> None:
    instance = world(
        [cohort("dear", 4)],
        [person("a", dear=5), person("b", dear=5)],
        rules=limits(smallest_cohort=2, cost_of_running_a_cohort=50),
    )

    assert why(instance, {}, "a") == {WhyNot.NOT_WORTH_RUNNING: ("dear",)}


@settings(max_examples=100, deadline=None)
@given(tiny_worlds())
def test_nobody_who_waits_is_without_a_reason_or_told_of_room(instance: Instance) -> None:
    best = solved(instance)

    for person_id, told in reasons_not_placed(instance, best.placements).items():
        options = {o.cohort for p in instance.people if p.id == person_id for o in p.options}
        assert {cohort_id for named in told.values() for cohort_id in named} == options
        assert WhyNot.ROOM_LEFT not in told


def test_a_page_cannot_tell_who_is_kept_apart_from_what_is_not_open() -> None:
    cohorts = [cohort("one", 2), cohort("two", 1), cohort("three")]
    people = [person("a", one=9), person("b", one=8), person("c", two=9)]
    kept_apart = world(cohorts, [*people, person("x", one=5, two=5)], apart=(("x", "a"),))
    no_option = world(cohorts, [*people, person("x", two=5)])
    placements = {"a": "one", "b": "one", "c": "two"}
    names = [one.id for one in cohorts]

    seen = [
        (
            on_pages(why(instance, placements, "x"), cohorts=names),
            best_cohorts_for("x", instance, placements=placements),
            next_offers_for("one", instance, placements=placements),
        )
        for instance in (kept_apart, no_option)
    ]

    assert seen[0] == seen[1]
    assert seen[0][0]["Not offered here"] == ("one", "three")


def test_the_best_cohorts_for_somebody_come_first_with_reasons() -> None:
    instance = world(
        [cohort("near", 3), cohort("far", 3), cohort("held", 3, language="ar"), cohort("full", 1)],
        [
            person("a", near=50, full=50),
            person("b", near=50),
            person("x", needs="ar", near=60, far=20, held=55, full=90),
        ],
        rules=limits(smallest_cohort=2, cost_of_an_interpreter=30),
    )

    offers = best_cohorts_for("x", instance, placements={"a": "full", "b": "near", "x": "near"})

    assert [(o.cohort, o.gain, o.is_possible) for o in offers] == [
        ("held", 55, True),
        ("near", 30, True),
        ("full", 60, False),
        ("far", -10, False),
    ]
    assert offers[0].reasons == (
        "Would be number 1 of the 2 it needs to run",
        "Held in the language needed (ar)",
    )
    assert offers[1].reasons == (
        "Would make it large enough to run, with 2",
        "Would need an interpreter (ar)",
    )
    assert offers[2].reasons == ("Has fewer places than the smallest size",)
    assert offers[3].reasons == ("Would cost more than the place is worth",)


def test_the_next_offers_are_made_as_if_those_before_were_taken() -> None:
    instance = world(
        [cohort("here", 4)],
        [
            person("a", here=10),
            person("b", here=90, risk=Risk.VERY_HIGH),
            person("c", here=80, risk=Risk.VERY_HIGH),
            person("d", here=70),
            person("e", here=60),
            person("f", here=50),
            person("g", here=40),
        ],
        rules=limits(most_very_high_risk=1),
        apart=(("d", "e"),),
    )

    offers = next_offers_for("here", instance, placements={"a": "here"})

    assert [(o.person, o.is_possible) for o in offers] == [
        ("b", True),
        ("d", True),
        ("f", True),
        ("g", False),
        ("c", False),
    ]
    assert offers[2].reasons == ("The only group open to this person", "Would take place 4 of 4")
    assert [o.barriers for o in offers[3:]] == [
        (WhyNot.FULL,),
        (WhyNot.FULL, WhyNot.HIGHEST_RISK),
    ]


def test_no_more_than_twelve_offers_are_named() -> None:
    instance = world([cohort("here", 20)], [person(f"p{n}", here=n + 1) for n in range(30)])

    offers = next_offers_for("here", instance, placements={})

    assert [o.person for o in offers] == [f"p{29 - n}" for n in range(12)]


@settings(max_examples=100, deadline=None)
@given(tiny_worlds())
def test_pinning_gives_the_best_of_the_arrangements_that_honour_it(instance: Instance) -> None:
    pins = {p.id: p.options[0].cohort for p in instance.people[:1] if p.options}
    variation = Variation(pinned=pins)
    expected = best_by_trying_all(to_solve(instance, variation))
    answer = answered(to_solve(instance, variation))
    assert answer.objective == expected

    if pins.items() - answer.placements.items():
        with pytest.raises(Refused):
            settled(answer, instance, variation)
        return
    result = settled(answer, instance, variation)
    assert all(result.placements[who] == at for who, at in pins.items())
    assert result.objective == result.bound == objective(instance, result.placements)
    assert result.objective <= best_by_trying_all(instance)


def test_a_pin_is_honoured_however_dear_and_the_moves_are_shown() -> None:
    instance = world(
        [cohort("here", 1), cohort("there", 1)],
        [person("a", here=100, there=90), person("b", here=1)],
        rules=limits(cost_of_running_a_cohort=20),
    )
    before = answered(instance)
    variation = Variation(pinned={"b": "here"})

    after = settled(answered(to_solve(instance, variation)), instance, variation)

    assert (before.placements, before.objective) == ({"a": "here"}, 80)
    assert (after.objective, after.bound, after.proven) == (51, 51, True)
    assert moves(before.placements, after.placements) == (
        Move("a", "here", "there"),
        Move("b", None, "here"),
    )


def test_pins_that_cannot_all_be_are_refused_by_name() -> None:
    instance = world([cohort("here", 1)], [person("a", here=5), person("b", here=5)])
    variation = Variation(pinned={"a": "here", "b": "here"})

    with pytest.raises(Refused) as refusal:
        settled(answered(to_solve(instance, variation)), instance, variation)

    assert len(refusal.value.reasons) == 1
    assert refusal.value.reasons[0].startswith("No arrangement gives ")


def test_a_pin_to_a_cohort_that_is_no_option_says_only_that_it_is_not_offered() -> None:
    instance = world([cohort("here")], [person("a")])

    with pytest.raises(Refused) as refusal:
        to_solve(instance, Variation(pinned={"a": "here", "nobody": "here"}))

    assert refusal.value.reasons == (
        "here for a: Not offered here.",
        "here for nobody: Not offered here.",
    )


def test_what_is_forbidden_is_not_proposed() -> None:
    instance = world([cohort("here"), cohort("there")], [person("a", here=9, there=5)])
    variation = Variation(forbidden=frozenset({("a", "here")}))

    answer = settled(answered(to_solve(instance, variation)), instance, variation)

    assert (answer.placements, answer.objective) == ({"a": "there"}, 5)


def test_one_more_cohort_places_those_who_waited() -> None:
    instance = world([cohort("here", 1)], [person("a", here=9), person("b", here=8)])
    variation = Variation(extra=(ExtraCohort(cohort("new", 3), {"b": 6}),))

    answer = settled(answered(to_solve(instance, variation)), instance, variation)

    assert answer.placements == {"a": "here", "b": "new"}
    assert answer.objective == 15 == objective(supposed(instance, variation), answer.placements)
