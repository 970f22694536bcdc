"""From the service as it stands to a proposal: members stay, vetoes say nothing, pins hold."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from programmes.catalogue.words import SessionKind
from programmes.common.errors import Refused
from scheduling.cohorts.rules import Joiner, OpenPlaces
from scheduling.cohorts.words import CohortStatus
from scheduling.placement.fit_rules import about_them, fits_into
from scheduling.placement.greedy import best_greedy
from scheduling.placement.group_words import BusyHours, Known, OpenGroup, Seeker
from scheduling.placement.not_offered_words import NOT_OFFERED_HERE
from scheduling.placement.proposal_rules import placements_to_make, proposal_of, variation_of
from scheduling.placement.proposal_words import Asked, Proposal
from scheduling.placement.value_rules import worth_of
from scheduling.placement.what_if import Variation, settled, to_solve
from scheduling.placement.words import Answer, Risk
from scheduling.placement.world_rules import Member, World, solvable
from scheduling.sessions.words import PersonLimits, RoomFacts, Session, Weekday
from tests.rules.catalogue_cases import CARING_DADS

TODAY = date(2026, 9, 1)
TUESDAY_AT_SIX = datetime(2026, 9, 15, 17, tzinfo=UTC)
LEAST = CARING_DADS.size.least
NOTHING = Asked()


def a_group(number: int, *, taken: int = 0, held: int = 0, capacity: int = 12) -> OpenGroup:
    starts = TUESDAY_AT_SIX + timedelta(days=number)
    return OpenGroup(
        id=UUID(int=1000 + number),
        reference=str(number),
        programme_code="caring-dads",
        programme_name="Caring Dads",
        rules=CARING_DADS,
        places=OpenPlaces(
            status=CohortStatus.PLANNED,
            capacity=capacity,
            taken=taken,
            sessions_held=held,
            last_on=date(2027, 1, 12),
            sex="male",
            interpreter_language=None,
        ),
        room=RoomFacts(id=UUID(int=1), venue_id=UUID(int=2), shown_as="Hall", seats=30),
        venue="Hall",
        district="LS9",
        first_on=starts.date(),
        sessions=tuple(
            Session(
                id=UUID(int=number * 100 + n),
                number=n,
                module=1,
                kind=SessionKind.GROUP,
                starts_at=starts + timedelta(days=7 * n),
                ends_at=starts + timedelta(days=7 * n, hours=2),
            )
            for n in range(1, 5)
        ),
    )


def a_man(number: int, **other: object) -> Seeker:
    made = Seeker(
        person_id=UUID(int=5000 + number),
        referral_id=UUID(int=6000 + number),
        asks_at=2,
        name=f"Man {number}",
        reference=f"P-{number}",
        programme_code="caring-dads",
        risk=Risk.MEDIUM,
        waiting_since=TODAY - timedelta(days=number),
        district="LS9",
        joiner=Joiner(sex="male", language=None),
        limits=PersonLimits(shown_as=f"Man {number}"),
    )
    return replace(made, **other)


def a_member(number: int, group: OpenGroup) -> Member:
    return Member(person_id=UUID(int=7000 + number), cohort_id=group.id, risk=Risk.MEDIUM)


def a_world(*groups: OpenGroup, men: int = LEAST, **other: object) -> World:
    made = World(
        today=TODAY,
        groups=groups,
        seekers=tuple(a_man(n) for n in range(1, men + 1)),
        members=(),
        apart=frozenset(),
        known=Known(),
    )
    return replace(made, **other)


def proposed(world: World, asked: Asked = NOTHING) -> Proposal:
    """By the greedy alone: what is tested here is what goes in and what comes out."""
    ready = solvable(world)
    variation = variation_of(world, ready, asked)
    return proposal_of(
        "caring-dads",
        world,
        ready,
        asked,
        variation,
        answer=_answer(ready, variation),
        before=_answer(ready, Variation(pinned=ready.settled)).placements,
    )


def _answer(ready, variation):
    question = to_solve(ready.instance, variation)
    found = best_greedy(question)
    answer = Answer(
        placements=found, objective=0, bound=0, proven=False, seconds=0.0, not_placed={}
    )
    return settled(answer, ready.instance, variation)


def test_a_new_group_waits_for_its_smallest_size_and_one_that_runs_does_not():
    assert proposed(a_world(a_group(1), men=LEAST - 1)).proposed == ()
    running = a_group(1, taken=3)
    members = tuple(a_member(n, running) for n in range(3))
    found = proposed(a_world(running, men=2, members=members))
    assert {one.group for one in found.proposed} == {"Group 1"}
    assert len(found.proposed) == 2


def test_members_take_their_places_and_are_not_moved():
    full = a_group(1, taken=11)
    world = a_world(full, men=3, members=tuple(a_member(n, full) for n in range(11)))
    found = proposed(world)
    assert len(found.proposed) == 1
    reasons = {words for one in found.refused for words, _ in one.reasons}
    assert reasons == {"Full"}, "nobody who is there makes room"


def test_whoever_waited_longest_is_worth_most_and_the_reason_says_so():
    group = a_group(1)
    long, short = a_man(300), a_man(3)
    worth = worth_of(long, group, (), today=TODAY)
    assert worth.points > worth_of(short, group, (), today=TODAY).points
    assert "Has waited 300 days" in worth.says


def test_a_veto_a_bad_hour_and_an_associate_all_look_the_same():
    group = a_group(1, taken=2)
    members = tuple(a_member(n, group) for n in range(2))
    vetoed = a_man(1, not_offered=frozenset({group.id}))
    day = Weekday((TUESDAY_AT_SIX + timedelta(days=1)).weekday())
    at_work = a_man(2, busy=(BusyHours(day, datetime.min.time(), datetime.max.time()),))
    associate = a_man(3)
    world = a_world(
        group,
        members=members,
        seekers=(vetoed, at_work, associate),
        apart=frozenset({(associate.person_id, members[0].person_id)}),
    )
    found = proposed(world)
    assert found.proposed == ()
    assert {one.reasons for one in found.refused} == {(("Not offered here", ("group 1",)),)}


def test_a_pin_is_kept_and_a_forbidden_place_is_not_taken():
    first, second = a_group(1, taken=1), a_group(8, taken=1)
    world = a_world(first, second, men=1, members=(a_member(1, first), a_member(2, second)))
    me = world.seekers[0].referral_id
    assert proposed(world).proposed[0].group == "Group 1"
    pinned = proposed(world, Asked(pinned=((me, second.id),)))
    assert (pinned.proposed[0].group, pinned.proposed[0].is_pinned) == ("Group 8", True)
    assert [(m.before, m.after) for m in pinned.changed] == [("Group 1", "Group 8")]
    assert proposed(world, Asked(forbidden=((me, first.id),))).proposed[0].group == "Group 8"
    closed = a_world(a_group(1, taken=1, held=3), men=1, members=(a_member(1, first),))
    with pytest.raises(Refused, match="closed to new members"):
        proposed(closed, Asked(pinned=((me, first.id),)))


def test_one_more_group_is_supposed_and_never_applied():
    world = a_world(a_group(1, taken=12), men=LEAST)
    full = replace(world, members=tuple(a_member(n, world.groups[0]) for n in range(12)))
    assert proposed(full).proposed == ()
    more = proposed(full, Asked(one_more=True))
    assert {one.group for one in more.proposed} == {"One more group"}
    with pytest.raises(Refused, match="only supposed"):
        placements_to_make(full, more)


def test_the_hash_is_of_who_goes_where_and_of_each_referral_as_it_was():
    world = a_world(a_group(1), men=LEAST)
    found = proposed(world)
    moved = replace(world.seekers[0], asks_at=3)
    again = proposed(replace(world, seekers=(moved, *world.seekers[1:])))
    assert found.hash == proposed(world).hash != again.hash


def test_every_reason_and_warning_is_said_of_one_person_and_one_group():
    late = a_man(1, limits=PersonLimits(shown_as="Man 1", ends_on=date(2026, 10, 1)))
    (fit,) = fits_into(a_group(1, held=3, taken=12), [late], Known())
    assert len(fit.reasons) == 2
    (said,) = about_them(fit.warnings)
    assert "ends after their order" in said, "what is true of the group is not said of each person"
    assert any("ends after their order" in warning.says for warning in fit.warnings)
    barred = a_man(2, not_offered=frozenset({a_group(1).id}))
    (fit,) = fits_into(a_group(1), [barred], Known())
    assert fit.reasons == (NOT_OFFERED_HERE,)
