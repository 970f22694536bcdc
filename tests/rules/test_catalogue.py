"""Versions of programmes are data that say everything, and whose rules answer in words."""

from datetime import date

import msgspec
import pytest

from programmes.catalogue.entry_words import Answer, Checked, EntryCriterion
from programmes.catalogue.rules import (
    cares_needed,
    closed_to_new_joiners,
    contents_of,
    is_there,
    mark_rule,
    module_of,
    questions_open,
    reasons_cannot_join,
    reasons_cannot_start_cohort,
    reasons_not_suitable,
    reasons_not_to_change_status,
    sessions_in,
    sessions_needed,
    version_on,
)
from programmes.catalogue.seeds import PROGRAMMES
from programmes.catalogue.words import (
    STATUS_FACTS,
    STATUS_MOVES,
    MarkCode,
    NumberAttended,
    Presence,
    Programme,
    ProgrammeStatus,
    ProgrammeVersion,
    SessionKind,
)
from programmes.common.errors import Refused
from programmes.common.staff import Role
from programmes.referrals.words import ReasonCode, RiskLevel
from tests.rules.catalogue_cases import CARA, CARING_DADS, DVPP

SUITABLE = {rule.criterion: rule.wanted for rule in CARING_DADS.entry}
IDENTITY = {"programme", "number", "valid_from", "sources"}


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda p: p.code)
def test_every_value_of_a_version_names_its_source_once(programme: Programme):
    for version in programme.versions:
        sourced = [source.field for source in version.sources]
        assert sorted(sourced) == sorted(set(version.__struct_fields__) - IDENTITY)
        assert all(source.says for source in version.sources)


@pytest.mark.parametrize("version", [CARING_DADS, CARA, DVPP], ids=lambda v: v.programme)
def test_a_version_survives_being_stored_as_json(version: ProgrammeVersion):
    stored = msgspec.json.encode(version)
    assert msgspec.json.decode(stored, type=ProgrammeVersion) == version


@pytest.mark.parametrize("version", [CARING_DADS, CARA, DVPP], ids=lambda v: v.programme)
def test_modules_cover_every_session_once_and_in_order(version: ProgrammeVersion):
    assert [c.number for c in contents_of(version)] == list(range(1, sessions_in(version) + 1))
    modules = [c.module for c in contents_of(version)]
    assert modules == sorted(modules)


def test_caring_dads_has_fifteen_group_sessions_and_two_individual_ones():
    kinds = [c.kind for c in contents_of(CARING_DADS)]
    assert (kinds.count(SessionKind.GROUP), kinds.count(SessionKind.INDIVIDUAL)) == (15, 2)
    assert [(m.number, m.first, m.last) for m in CARING_DADS.modules] == [
        (1, 1, 3), (2, 4, 9), (3, 10, 15), (4, 16, 17),
    ]  # fmt: skip


def test_what_is_only_common_practice_is_marked_so():
    assert {s.field: s.checked for s in CARING_DADS.sources}["individual"] is Checked.PRACTICE
    assert {s.field: s.checked for s in CARA.sources}["gap"] is Checked.SOURCE


@pytest.mark.parametrize(("number", "module"), [(1, 1), (3, 1), (4, 2), (9, 2), (10, 3), (17, 4)])
def test_a_session_belongs_to_the_module_that_spans_it(number: int, module: int):
    assert module_of(CARING_DADS, number) == module


def test_a_session_that_the_programme_does_not_have_is_refused():
    with pytest.raises(Refused, match="no session 18"):
        module_of(CARING_DADS, 18)


def test_eighty_in_a_hundred_of_seventeen_is_fourteen_and_of_twenty_six_is_twenty_one():
    assert (sessions_needed(CARING_DADS), sessions_needed(DVPP), sessions_needed(CARA)) == (
        14, 21, 2,
    )  # fmt: skip
    fixed = msgspec.structs.replace(CARING_DADS, completion=NumberAttended(12))
    assert sessions_needed(fixed) == 12


def test_late_counts_as_there_in_one_programme_and_is_not_offered_in_the_other():
    assert is_there(CARING_DADS, MarkCode.LATE)
    assert is_there(CARING_DADS, MarkCode.LEFT_EARLY)
    assert not is_there(CARA, MarkCode.LATE_NOT_ADMITTED)
    with pytest.raises(Refused, match="no mark late"):
        mark_rule(CARA, MarkCode.LATE)


@pytest.mark.parametrize("version", [CARING_DADS, CARA, DVPP], ids=lambda v: v.programme)
def test_a_session_that_the_service_cancelled_never_counts_against_anybody(
    version: ProgrammeVersion,
):
    rule = mark_rule(version, MarkCode.CANCELLED_BY_SERVICE)
    assert rule.presence is Presence.NOT_COUNTED


@pytest.mark.parametrize(("held", "is_closed"), [(0, False), (2, False), (3, True), (9, True)])
def test_caring_dads_closes_once_session_three_has_been_held(held: int, is_closed: bool):
    assert closed_to_new_joiners(CARING_DADS, held) is is_closed
    assert bool(reasons_cannot_join(CARING_DADS, held)) is is_closed


def test_a_pair_is_joined_from_its_first_workshop_and_rolling_intake_at_any_time():
    assert not closed_to_new_joiners(CARA, 0)
    assert closed_to_new_joiners(CARA, 1)
    assert reasons_cannot_join(CARA, 1)
    assert not closed_to_new_joiners(DVPP, 25)


def test_somebody_who_answers_everything_as_wanted_is_not_found_unsuitable():
    assert reasons_not_suitable(CARING_DADS, SUITABLE, risk_level=RiskLevel.HIGH) == ()
    assert questions_open(CARING_DADS, SUITABLE) == ()


def test_every_bar_is_given_and_not_only_the_first():
    answers = {
        EntryCriterion.FATHER: Answer.NO,
        EntryCriterion.CONTACT_WITH_CHILD: Answer.NO,
        EntryCriterion.CHILD_SEXUAL_ABUSE: Answer.YES,
    }
    found = reasons_not_suitable(CARING_DADS, answers, risk_level=RiskLevel.STANDARD)
    assert [reason.criterion for reason in found] == [*answers, None]
    assert found[0].reason == ReasonCode.NO_CHILDREN
    assert "aged 0 to 16" in found[1].says


def test_what_is_not_known_bars_nobody_but_stays_an_open_question():
    answers = {**SUITABLE, EntryCriterion.FATHER: Answer.NOT_KNOWN}
    assert reasons_not_suitable(CARING_DADS, answers) == ()
    assert [rule.criterion for rule in questions_open(CARING_DADS, answers)] == [
        EntryCriterion.FATHER
    ]


def test_live_proceedings_ask_for_care_and_bar_nobody():
    answers = {**SUITABLE, EntryCriterion.PROCEEDINGS_WILL_END_CONTACT: Answer.YES}
    assert reasons_not_suitable(CARING_DADS, answers) == ()
    assert [rule.reason for rule in cares_needed(CARING_DADS, answers)] == [ReasonCode.PROCEEDINGS]


def test_codes_of_a_version_are_words_that_referrals_know():
    for version in (CARING_DADS, CARA, DVPP):
        assert {rule.reason for rule in version.entry} <= set(ReasonCode)
        assert set(version.risk_levels) <= set(RiskLevel)


def test_the_version_in_force_is_the_latest_that_has_begun():
    second = msgspec.structs.replace(CARING_DADS, number=2, valid_from=date(2027, 4, 1))
    versions = (second, CARING_DADS)
    assert version_on(versions, date(2027, 3, 31)) is CARING_DADS
    assert version_on(versions, date(2027, 4, 1)) is second
    with pytest.raises(Refused, match="No version"):
        version_on(versions, date(1999, 1, 1))


def test_only_an_open_programme_can_have_a_new_cohort():
    caring_dads, _, dvpp = PROGRAMMES
    assert reasons_cannot_start_cohort(caring_dads) == ()
    assert "expressions of need" in reasons_cannot_start_cohort(dvpp)[0]
    for status in set(ProgrammeStatus) - {ProgrammeStatus.OPEN}:
        closing = msgspec.structs.replace(caring_dads, status=status)
        assert reasons_cannot_start_cohort(closing)


def test_every_status_says_what_it_does_and_can_be_left_unless_it_is_the_end():
    assert set(STATUS_FACTS) == set(ProgrammeStatus)
    assert {move.before for move in STATUS_MOVES} == set(ProgrammeStatus) - {
        ProgrammeStatus.RETIRED
    }
    assert {move.after for move in STATUS_MOVES} == set(ProgrammeStatus) - {ProgrammeStatus.PLANNED}


def test_opening_a_planned_programme_needs_a_manager_and_closing_one_a_reason():
    planned, is_open, closing = (
        ProgrammeStatus.PLANNED, ProgrammeStatus.OPEN, ProgrammeStatus.CLOSING,
    )  # fmt: skip
    assert reasons_not_to_change_status(planned, is_open, role=Role.MANAGER, reason="") == ()
    assert reasons_not_to_change_status(planned, planned, role=Role.BOARD, reason="") == ()
    refused = reasons_not_to_change_status(is_open, closing, role=Role.FACILITATOR, reason=" ")
    assert len(refused) == 2
    assert reasons_not_to_change_status(planned, closing, role=Role.MANAGER, reason="x")
