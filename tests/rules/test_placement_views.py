"""A proposal in words: the same reasons once, however many wait; how good it is."""

from uuid import uuid4

import pytest

from app.views.placement import has_no_group, how_good, summary_of, who_waits_on
from scheduling.placement.proposal_words import Proposal, Proposed, Refusal

CLOSED = "This group closed to new members. Offer a later group"


def refusal(name: str, *reasons: tuple[str, tuple[str, ...]]) -> Refusal:
    return Refusal(referral_id=uuid4(), person_id=uuid4(), name=name, reasons=reasons)


def placed(name: str) -> Proposed:
    return Proposed(
        referral_id=uuid4(),
        person_id=uuid4(),
        name=name,
        cohort_id=uuid4(),
        group="Group 9",
        why=("Has waited 3 days",),
        warnings=(),
        is_pinned=False,
    )


def proposal(
    *refused: Refusal, placed: tuple[Proposed, ...] = (), bound: int = 8, seconds: float = 0.04
) -> Proposal:
    return Proposal(
        programme="caring-dads",
        proposed=placed,
        refused=refused,
        changed=(),
        objective=8,
        bound=bound,
        proven=bound == 8,
        seconds=seconds,
        note="",
        hash="",
    )


def test_those_with_the_same_reasons_stand_together_and_groups_by_number() -> None:
    one = refusal("Al", ("Full", ("group 28",)), (CLOSED, ("group 24", "group 127", "group 25")))
    other = refusal("Bo", ("Not offered here", ("group 28",)))
    third = refusal("Cy", *one.reasons)
    found = who_waits_on([one, other, third])
    assert [([who.text for who in people], lines) for people, lines in found] == [
        (
            ["Al", "Cy"],
            [
                "Group 28: full",
                "Group 24, group 25 and group 127: this group closed to new members. "
                "Offer a later group",
            ],
        ),
        (["Bo"], ["Group 28: not offered here"]),
    ]


def test_a_programme_without_a_group_gives_nobody_a_reason() -> None:
    assert has_no_group(proposal(refusal("Al"), refusal("Bo")))
    assert not has_no_group(proposal(refusal("Al", ("Full", ("group 28",)))))
    assert not has_no_group(proposal(refusal("Al"), placed=(placed("Bo"),)))
    assert not has_no_group(proposal())


@pytest.mark.parametrize(
    ("bound", "seconds", "said", "told"),
    [
        (8, 0.04, "No arrangement is better by our rules.", "in less than a second."),
        (9, 6.2, "There was no time to try every arrangement", "in 6 seconds."),
    ],
)
def test_it_is_said_whether_a_better_one_may_exist(
    bound: int, seconds: float, said: str, told: str
) -> None:
    one = proposal(placed=(placed("Bo"),), bound=bound, seconds=seconds)
    assert summary_of(one).startswith(f"1 person would get a place, 0 would go on waiting. {said}")
    assert how_good(one).endswith(told)
