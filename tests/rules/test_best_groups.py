"""The best groups for one person: ranked by worth, with reasons, and what is closed comes last."""

from datetime import date

from msgspec.structs import replace

from scheduling.placement.best_rules import BestGroup, best_groups_for_one
from scheduling.placement.not_offered_words import NOT_OFFERED_HERE
from scheduling.placement.value_rules import MOST_VERY_HIGH_RISK, TOO_LATE
from scheduling.placement.words import Risk
from scheduling.sessions.words import PersonLimits
from tests.rules.test_placement_world import a_group, a_man, a_member, a_world, proposed


def numbers(found: tuple[BestGroup, ...]) -> list[str]:
    return [one.group.reference for one in found]


def test_the_group_of_most_worth_comes_first_with_what_speaks_for_it():
    later, sooner = a_group(44), replace(a_group(2), district="LS1")
    man = a_man(40, risk=Risk.HIGH)
    best, other = best_groups_for_one(a_world(later, sooner, seekers=(man,)))
    assert (best.group.id, other.group.id) == (sooner.id, later.id)
    assert best.points > other.points
    assert best.why == ("Could begin in 3 weeks",)
    assert other.why == ("Could begin in 9 weeks", "In their own postcode district")


def test_of_two_groups_that_begin_in_half_a_year_and_later_the_earlier_is_better():
    found = best_groups_for_one(a_world(a_group(330), a_group(200), men=1))
    assert numbers(found) == ["200", "330"]
    assert found[0].points > found[1].points


def test_a_group_that_ends_after_the_order_comes_after_one_that_does_not():
    man = a_man(1, limits=PersonLimits(shown_as="Man 1", ends_on=date(2027, 1, 20)))
    late = replace(a_group(1), places=replace(a_group(1).places, last_on=date(2027, 2, 1)))
    found = best_groups_for_one(a_world(late, a_group(60), seekers=(man,)))
    assert numbers(found) == ["60", "1"]
    assert found[0].points > found[1].points > found[0].points + 2 * TOO_LATE


def test_closed_full_and_paused_groups_come_last_with_every_reason():
    shut, full = a_group(1, held=3), a_group(2, taken=12)
    open_one = a_group(20)
    found = best_groups_for_one(a_world(shut, full, open_one, men=1))
    assert numbers(found) == ["20", "1", "2"]
    assert [bool(one.reasons) for one in found] == [False, True, True]
    assert "closed to new members after session 3" in found[1].reasons[0]
    assert [one.has_room for one in (shut, full, open_one)] == [False, False, True]


def test_somebody_to_be_kept_apart_from_reads_like_any_group_that_is_not_offered():
    group = a_group(1, taken=1)
    member, associate, vetoed = a_member(1, group), a_man(1), a_man(1)
    vetoed = replace(vetoed, not_offered=frozenset({group.id}))
    pair = frozenset({(associate.person_id, member.person_id)})
    there = {"members": (member,)}
    (apart,) = best_groups_for_one(a_world(group, seekers=(associate,), apart=pair, **there))
    (veto,) = best_groups_for_one(a_world(group, seekers=(vetoed,), **there))
    assert apart == veto
    assert apart.reasons == (NOT_OFFERED_HERE,)


def test_as_many_of_very_high_risk_as_there_may_be_is_a_caution_and_no_bar():
    crowded, other = a_group(1, taken=3), a_group(50)
    members = tuple(
        replace(a_member(n, crowded), risk=Risk.VERY_HIGH) for n in range(MOST_VERY_HIGH_RISK)
    )
    world = a_world(crowded, other, seekers=(a_man(1, risk=Risk.VERY_HIGH),), members=members)
    found = best_groups_for_one(world)
    assert numbers(found) == ["50", "1"]
    assert found[1].cautions == ("Has as many people of very high risk as it may",)
    assert found[1].reasons == ()


def test_the_best_group_for_one_is_where_the_proposal_puts_whoever_waits_alone():
    groups = tuple(a_group(day, taken=2) for day in (40, 3, 19))
    members = tuple(a_member(10 * n + m, groups[n]) for n in range(3) for m in range(2))
    world = a_world(*groups, men=1, members=members)
    (put,) = proposed(world).proposed
    assert put.cohort_id == best_groups_for_one(world)[0].group.id
