"""When to ask, when to reach, who may release: the rules of the survivor side."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.notices.rules import HANDED_OVER_BEFORE, LONGEST_DELAY, RECALL_TIME, shown_from
from outcomes.survivors.notice_rules import reasons_not_released
from outcomes.survivors.questionnaires import (
    QUESTIONNAIRES,
    SIX_THEMES,
    WORKBOOK_2018,
    Change,
    answer_faults,
    faults_of_version,
    next_version,
    questionnaire_on,
)
from outcomes.survivors.report_rules import (
    Answered,
    HisOutcome,
    Safety,
    coverage,
    paired_changes,
    safety_of,
)
from outcomes.survivors.rules import (
    check_in_due,
    contact_block,
    dash_faults,
    due_on,
    is_marac_repeat,
    is_not_engaged,
    is_safe_hour,
    months_later,
)
from outcomes.survivors.words import (
    AttemptOutcome,
    ConsentKind,
    ContactBlock,
    Course,
    HighBecause,
    RequestStatus,
    SafeContactDetails,
    Source,
    Timepoint,
    Weekday,
)

TODAY = date(2026, 11, 22)
AGREED = {ConsentKind.CONTACT: True}
COURSE = Course(date(2026, 7, 1), date(2026, 10, 31), None)
HER, LEAD = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("consents", "reviewed_ago", "is_erased", "block"),
    [
        (AGREED, 0, False, None),
        (AGREED, 90, False, None),
        (AGREED, 91, False, ContactBlock.STALE),
        (AGREED, None, False, ContactBlock.NONE_RECORDED),
        ({}, 0, False, ContactBlock.NO_CONSENT),
        ({ConsentKind.CONTACT: False}, 0, False, ContactBlock.NO_CONSENT),
        (AGREED, 0, True, ContactBlock.ERASED),
    ],
)
def test_contact_is_blocked_without_consent_or_a_fresh_review(
    consents: dict[ConsentKind, bool],
    reviewed_ago: int | None,
    is_erased: bool,
    block: ContactBlock | None,
) -> None:
    reviewed = None if reviewed_ago is None else TODAY - timedelta(days=reviewed_ago)
    assert contact_block(consents, reviewed, is_erased=is_erased, today=TODAY) is block


@pytest.mark.parametrize(
    ("at", "is_safe"),
    [
        (datetime(2026, 11, 23, 9, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 14, 45, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 6, 8, 30, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 8, 29, tzinfo=UTC), False),
    ],
)
def test_safe_hours_are_london_wall_time_and_the_end_is_left_out(
    at: datetime, is_safe: bool
) -> None:
    hours = SafeContactDetails(
        days=(Weekday.MONDAY,), from_time=time(9, 30), until_time=time(14, 45)
    )
    assert is_safe_hour(hours, at) is is_safe


def test_without_hours_nobody_says_that_an_hour_is_safe() -> None:
    assert is_safe_hour(SafeContactDetails(words="only texts"), AT) is None


def test_check_ins_fall_due_at_the_start_halfway_at_the_end_and_half_years_after() -> None:
    linked = date(2026, 6, 20)
    days = [due_on(timepoint, linked, COURSE) for timepoint in Timepoint]
    assert days == [
        linked,
        date(2026, 8, 31),
        date(2026, 10, 31),
        date(2027, 4, 30),
        date(2027, 10, 31),
    ]


def test_whoever_leaves_early_has_no_middle_and_an_earlier_end() -> None:
    left = Course(COURSE.first_on, COURSE.last_on, date(2026, 8, 1))
    assert due_on(Timepoint.MIDDLE, TODAY, left) is None
    assert due_on(Timepoint.END, TODAY, left) == date(2026, 8, 1)


def test_a_point_that_was_passed_over_is_not_asked_for_later() -> None:
    found = check_in_due([], date(2026, 6, 20), COURSE, today=TODAY)
    assert found == (Timepoint.END, date(2026, 10, 31))
    assert check_in_due([Timepoint.END], date(2026, 6, 20), COURSE, today=TODAY) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 36))
def test_months_later_keeps_the_day_or_takes_the_last(on: date, months: int) -> None:
    later = months_later(on, months)
    assert (later.year * 12 + later.month) - (on.year * 12 + on.month) == months
    assert later.day == on.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("ticks", "is_high", "because", "faults"),
    [
        (13, False, None, 0),
        (14, False, None, 1),
        (14, True, HighBecause.TICKS, 0),
        (13, True, HighBecause.TICKS, 1),
        (3, True, HighBecause.ESCALATION, 0),
        (3, True, None, 1),
        (25, True, HighBecause.TICKS, 1),
    ],
)
def test_fourteen_ticks_are_high_risk_and_fewer_need_another_reason(
    ticks: int, is_high: bool, because: HighBecause | None, faults: int
) -> None:
    assert len(dash_faults(ticks, is_high_risk=is_high, because=because)) == faults


def test_a_marac_repeat_comes_within_twelve_months_of_the_last_referral() -> None:
    referred = [date(2025, 1, 5), date(2025, 11, 22)]
    assert is_marac_repeat(referred, on=date(2026, 11, 22))
    assert not is_marac_repeat(referred, on=date(2026, 11, 23))
    assert not is_marac_repeat([], on=TODAY)
    assert not is_marac_repeat([TODAY], on=TODAY)


def test_not_engaged_is_three_silent_attempts_in_a_row() -> None:
    silent, answered = AttemptOutcome.NO_ANSWER, AttemptOutcome.ANSWERED
    assert is_not_engaged([silent, silent, silent, answered])
    assert not is_not_engaged([silent, silent])
    assert not is_not_engaged([silent, answered, silent, silent])


@given(st.integers(0, 2**62))
def test_the_delay_leaves_time_to_recall_and_is_never_over_a_day(seed: int) -> None:
    shown = shown_from(AT, is_urgent=False, draw=lambda n: seed % n)
    assert RECALL_TIME + HANDED_OVER_BEFORE <= shown - AT < LONGEST_DELAY


@pytest.mark.parametrize(
    ("by", "is_urgent", "waited", "may"),
    [
        (LEAD, False, 0, True),
        (HER, False, 6000, False),
        (HER, True, 29, False),
        (HER, True, 30, True),
    ],
)
def test_who_may_release(by: UUID, is_urgent: bool, waited: int, may: bool) -> None:
    reasons = reasons_not_released(
        RequestStatus.WAITING,
        raised_by=HER,
        raised_at=AT,
        is_urgent=is_urgent,
        by=by,
        now=AT + timedelta(minutes=waited),
    )
    assert (reasons == ()) is may


def test_each_day_has_its_questionnaire_and_each_question_one_code() -> None:
    assert questionnaire_on(date(2018, 6, 1)) is WORKBOOK_2018
    assert questionnaire_on(TODAY) is SIX_THEMES
    assert (len(SIX_THEMES.themes), len(SIX_THEMES.abuse)) == (6, 5)
    for questionnaire in QUESTIONNAIRES:
        codes = [question.code for question in questionnaire.questions]
        assert len(codes) == len(set(codes))


ASKS = {one.code: one.asks for one in SIX_THEMES.questions}


def change(**changed: Any) -> Change:
    return Change(**({"valid_from": TODAY, "based_on": "Asked for", "asks": ASKS} | changed))


def test_a_new_version_leaves_out_what_has_no_words_and_stands_beside_the_old() -> None:
    asks = {**ASKS, "stalking": "", "his_awareness": "Do they own up to what they did?"}
    made = next_version(
        change(asks=asks, also_childrens_worker=("children_feel_safe",)), QUESTIONNAIRES
    )
    assert made.code not in {one.code for one in QUESTIONNAIRES}
    assert {one.code for one in SIX_THEMES.questions} - {one.code for one in made.questions} == {
        "stalking"
    }
    both = [one.code for one in made.questions if Source.CHILDRENS_WORKER in one.sources]
    assert both == ["children_feel_safe"]
    versions = (*QUESTIONNAIRES, made)
    assert questionnaire_on(TODAY, versions) is made
    assert questionnaire_on(TODAY - timedelta(days=1), versions) is SIX_THEMES


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"valid_from": TODAY - timedelta(days=1)}, "valid_from"),
        ({"asks": {**ASKS, "feels_safe": ""}}, "feels_safe"),
        ({"asks": {"feels_safe": "?"}, "also_childrens_worker": ("stalking",)}, "stalking"),
        ({"also_childrens_worker": ("shared_parenting", "children_feel_safe")}, "based_on"),
    ],
)
def test_no_version_reaches_back_loses_safety_or_changes_nothing(
    changed: dict[str, Any], field: str
) -> None:
    assert set(faults_of_version(change(**changed), QUESTIONNAIRES, today=TODAY)) == {field}


def test_a_version_comes_after_the_latest() -> None:
    later = next_version(change(valid_from=TODAY + timedelta(days=30)), QUESTIONNAIRES)
    asked = change(asks={"feels_safe": "?"}, valid_from=TODAY + timedelta(days=30))
    assert set(faults_of_version(asked, (*QUESTIONNAIRES, later), today=TODAY)) == {"valid_from"}


def test_an_answer_out_of_its_scale_or_from_the_wrong_person_is_a_fault() -> None:
    hers = {"feels_safe": 0, "stalking": 5, "unknown": 1, "freedom_to_act": 1}
    assert set(answer_faults(SIX_THEMES, hers, source=Source.SURVIVOR)) == {
        "feels_safe",
        "stalking",
        "unknown",
    }
    theirs = {"children_feel_safe": 3, "feels_safe": 3}
    assert set(answer_faults(SIX_THEMES, theirs, source=Source.CHILDRENS_WORKER)) == {"feels_safe"}
    assert set(answer_faults(SIX_THEMES, {}, source=Source.SURVIVOR)) == {"answers"}


def answered(**answers: dict[str, int]) -> Answered:
    return Answered(
        link_id=HER,
        linked_on=date(2026, 6, 20),
        course=COURSE,
        outcome=HisOutcome.COMPLETED,
        answers={Timepoint(point): given for point, given in answers.items()},
    )


def test_no_answer_is_never_counted_as_safer() -> None:
    assert safety_of(answered(start={"feels_safe": 2})) is Safety.NOT_KNOWN
    assert safety_of(answered(end={"feels_safe": 5})) is Safety.NOT_KNOWN
    assert safety_of(answered(start={"feels_safe": 2}, end={"feels_safe": 3})) is Safety.SAFER
    assert safety_of(answered(start={"feels_safe": 2}, end={"feels_safe": 2})) is Safety.NOT_SAFER


def test_change_counts_pairs_alone_and_missing_is_what_was_due() -> None:
    links = [
        answered(start={"feels_safe": 2}, end={"feels_safe": 4}),
        answered(start={"feels_safe": 3}),
    ]
    safety = next(row for row in paired_changes(links) if row.name == "Safety")
    assert (safety.pairs, safety.start, safety.after, safety.better) == (1, 2.0, 4.0, 1)
    rows = {row.timepoint: (row.due, row.missing) for row in coverage(links, today=TODAY)}
    assert rows[Timepoint.START] == (2, 0)
    assert rows[Timepoint.END] == (2, 1)
    assert rows[Timepoint.SIX_MONTHS] == (0, 0)
