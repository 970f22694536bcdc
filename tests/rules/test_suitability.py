"""Findings against a version's criteria, and the table of a referral's moves."""

from itertools import product

import pytest

from programmes.catalogue.entry_words import Answer, EntryCriterion
from programmes.catalogue.seeds.caring_dads import CARING_DADS
from programmes.catalogue.seeds.dvpp import DVPP
from programmes.common.staff import Role
from programmes.referrals.rules import next_statuses, reasons_not_to_move
from programmes.referrals.suitability_rules import (
    findings,
    reasons_against,
    told_to_referrer,
    wanted_answers,
)
from programmes.referrals.suitability_words import Answered, Met
from programmes.referrals.words import MOVES, Outcome, ReferralStatus, Through


def test_who_meets_every_criterion_has_nothing_against_them() -> None:
    answers = wanted_answers(CARING_DADS)
    assert reasons_against(CARING_DADS, answers, risk_level="medium") == ()
    assert {found.met for found in findings(CARING_DADS, answers)} == {Met.MET}


def test_a_question_that_nobody_asked_is_not_known_and_stands_against() -> None:
    against = reasons_against(CARING_DADS, {}, risk_level="medium")
    assert len(against) == len(CARING_DADS.entry)
    assert {found.met for found in findings(CARING_DADS, {})} == {Met.NOT_KNOWN}


@pytest.mark.parametrize("rule", CARING_DADS.entry, ids=lambda rule: rule.criterion)
def test_each_criterion_alone_stands_against(rule: object) -> None:
    criterion: EntryCriterion = rule.criterion  # type: ignore[attr-defined]
    wanted = wanted_answers(CARING_DADS)
    other = Answer.NO if wanted[criterion].answer is Answer.YES else Answer.YES
    against = reasons_against(
        CARING_DADS, {**wanted, criterion: Answered(other)}, risk_level="medium"
    )
    assert len(against) == 1


def test_a_programme_without_criteria_asks_for_the_risk_level_alone() -> None:
    assert reasons_against(DVPP, {}, risk_level="high") == ()
    assert len(reasons_against(DVPP, {}, risk_level="standard")) == 1


@pytest.mark.parametrize("outcome", Outcome)
def test_the_referrer_reads_the_outcome_and_to_go_on_with_the_risk(outcome: Outcome) -> None:
    words = told_to_referrer(outcome, reference="R-1")
    assert "R-1" in words
    assert "go on" in words


def test_only_a_decision_puts_anybody_on_the_list_and_only_a_place_enrols() -> None:
    for before, role in product(ReferralStatus, Role):
        by_hand = next_statuses(before, role)
        assert ReferralStatus.ENROLLED not in by_hand
        assert not (before is ReferralStatus.RECEIVED and ReferralStatus.WAITING in by_hand)


@pytest.mark.parametrize("move", MOVES, ids=lambda m: f"{m.before} to {m.after}")
def test_every_move_is_made_by_its_own_way_alone(move: object) -> None:
    for through in Through:
        refused = reasons_not_to_move(
            move.before,  # type: ignore[attr-defined]
            move.after,  # type: ignore[attr-defined]
            role=Role.MANAGER,
            reason="a reason",
            through=through,
        )
        assert (refused == ()) == (through is move.through)  # type: ignore[attr-defined]
