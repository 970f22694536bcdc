"""Progress towards completion follows the version's rule, and never passes the whole."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from programmes.catalogue.progress_rules import is_complete, progress
from programmes.catalogue.words import MarkCode
from tests.rules.catalogue_cases import CARA, CARING_DADS, DVPP, coming, marked

ABSENT, LATE, LEFT_EARLY = MarkCode.ABSENT, MarkCode.LATE, MarkCode.LEFT_EARLY
CANCELLED, NOT_ADMITTED = MarkCode.CANCELLED_BY_SERVICE, MarkCode.LATE_NOT_ADMITTED


def test_fourteen_of_seventeen_complete_caring_dads_and_thirteen_do_not():
    fourteen = [marked(n) for n in range(1, 15)]
    assert is_complete(CARING_DADS, fourteen)
    assert not is_complete(CARING_DADS, fourteen[1:])


def test_late_and_left_early_count_as_there():
    marks = [marked(n) for n in range(1, 13)] + [marked(13, LATE), marked(14, LEFT_EARLY)]
    assert is_complete(CARING_DADS, marks)


def test_a_session_attended_twice_counts_once():
    marks = [marked(n) for n in range(1, 14)] + [marked(13, cohort="C2", week=30)]
    assert progress(CARING_DADS, marks, coming=()).attended == 13


def test_a_session_that_the_programme_does_not_have_counts_for_nothing():
    marks = [marked(n) for n in range(1, 14)] + [marked(18)]
    assert progress(CARING_DADS, marks, coming=()).attended == 13


def test_a_cancelled_session_that_was_given_again_and_missed_is_no_longer_owed_by_the_service():
    marks = [marked(2, CANCELLED), marked(2, ABSENT, week=4)]
    assert progress(CARING_DADS, marks, coming=()).owed_by_service == ()


def test_a_transfer_keeps_what_was_attended_before():
    marks = [marked(n, cohort="C1") for n in range(1, 8)]
    marks += [marked(n, cohort="C2") for n in range(8, 15)]
    assert is_complete(CARING_DADS, marks)


def test_a_catch_up_makes_up_the_session_that_was_missed():
    marks = [marked(1), marked(2, ABSENT), marked(2, cohort="C9", week=4)]
    stands = progress(CARING_DADS, marks, coming=[coming(n) for n in range(3, 18)])
    assert (stands.attended, stands.owed, stands.left) == (2, (), 15)


def test_owed_is_neither_attended_nor_still_to_come():
    marks = [marked(1), marked(2, ABSENT), marked(3)]
    stands = progress(CARING_DADS, marks, coming=[coming(n) for n in range(5, 18)])
    assert stands.owed == (2, 4)


def test_the_fourth_session_that_cannot_be_made_up_ends_the_chance_to_finish():
    rest = [coming(n) for n in range(5, 18)]
    three = [marked(n, ABSENT) for n in range(1, 4)]
    assert progress(CARING_DADS, [*three, marked(4)], coming=rest).can_still_finish
    four = [*three, marked(4, ABSENT)]
    assert not progress(CARING_DADS, four, coming=rest).can_still_finish
    catch_up = [coming(2, cohort="C9", week=20)]
    assert progress(CARING_DADS, four, coming=rest, elsewhere=catch_up).can_still_finish


def test_sessions_after_the_order_ends_come_too_late():
    rest = [coming(n) for n in range(1, 18)]
    assert progress(DVPP, (), coming=[coming(n) for n in range(1, 27)]).can_still_finish
    in_time = progress(CARING_DADS, (), coming=rest, finish_by=date(2026, 4, 14))
    assert (in_time.left, in_time.can_still_finish) == (14, True)
    assert not progress(CARING_DADS, (), coming=rest, finish_by=date(2026, 4, 13)).can_still_finish


def test_sessions_that_the_service_cancelled_are_owed_by_it_and_take_no_chance_away():
    marks = [marked(n, CANCELLED) for n in range(1, 5)]
    stands = progress(CARING_DADS, marks, coming=[coming(n) for n in range(5, 18)])
    assert stands.owed_by_service == (1, 2, 3, 4)
    assert stands.can_still_finish


def test_a_then_b_of_one_pair_completes_cara():
    assert is_complete(CARA, [marked(1), marked(2)])


def test_a_of_one_pair_and_b_of_another_do_not():
    mixed = [marked(1, cohort="W1"), marked(2, ABSENT, cohort="W1"), marked(2, cohort="W2")]
    assert not is_complete(CARA, mixed)


def test_b_before_a_does_not():
    assert not is_complete(CARA, [marked(2, week=1), marked(1, week=5)])


def test_late_and_not_admitted_is_not_there():
    assert not is_complete(CARA, [marked(1, NOT_ADMITTED), marked(2)])


def test_who_misses_b_repeats_both():
    missed = [marked(1, cohort="W1"), marked(2, ABSENT, cohort="W1")]
    stands = progress(CARA, missed, coming=())
    assert (stands.attended, stands.owed, stands.can_still_finish) == (0, (1, 2), False)
    again_b = [coming(2, cohort="W2", week=9)]
    assert not progress(CARA, missed, coming=again_b).can_still_finish
    pair = [coming(1, cohort="W2", week=5), coming(2, cohort="W2", week=9)]
    booked = progress(CARA, missed, coming=pair)
    assert (booked.attended, booked.left, booked.owed, booked.can_still_finish) == (0, 2, (), True)
    assert progress(CARA, missed, coming=(), elsewhere=pair).can_still_finish
    assert is_complete(CARA, [*missed, marked(1, cohort="W2"), marked(2, cohort="W2")])


def test_a_second_b_in_the_same_pair_does_not_mend_a_missed_one():
    assert not is_complete(CARA, [marked(1), marked(2, ABSENT), marked(2, week=3)])


def test_between_a_and_b_one_is_attended_and_one_left():
    stands = progress(CARA, [marked(1)], coming=[coming(2)])
    assert (stands.attended, stands.left, stands.owed) == (1, 1, ())
    assert stands.can_still_finish
    assert not stands.is_complete


def test_a_pair_that_ends_after_the_caution_cannot_finish_in_time():
    pair = [coming(1, week=1), coming(2, week=5)]
    assert not progress(CARA, (), coming=pair, finish_by=date(2026, 2, 9)).can_still_finish
    assert progress(CARA, (), coming=pair, finish_by=date(2026, 2, 10)).can_still_finish


def test_a_b_that_the_service_cancelled_is_owed_by_it():
    stands = progress(CARA, [marked(1), marked(2, CANCELLED)], coming=())
    assert (stands.attended, stands.owed_by_service) == (1, (2,))
    assert stands.can_still_finish
    assert is_complete(CARA, [marked(1), marked(2, CANCELLED), marked(2, week=3)])


def test_an_absence_after_completion_takes_nothing_away():
    assert is_complete(CARA, [marked(1), marked(2), marked(2, ABSENT, week=6)])


_CODES = st.sampled_from([MarkCode.ATTENDED, ABSENT, CANCELLED, MarkCode.SENT_HOME_SERVICE])
_MARKS = st.lists(
    st.builds(
        marked,
        st.integers(1, 20),
        _CODES,
        cohort=st.sampled_from(["C1", "C2"]),
        week=st.integers(0, 40),
    ),
    max_size=60,
)
_COMING = st.lists(st.builds(coming, st.integers(1, 17), week=st.integers(41, 60)), max_size=20)


@given(
    version=st.sampled_from([CARING_DADS, CARA, DVPP]),
    marks=_MARKS,
    to_come=_COMING,
)
def test_progress_never_passes_the_whole_and_its_parts_agree(version, marks, to_come):
    stands = progress(version, marks, coming=to_come)
    assert 0 <= stands.attended <= stands.of
    assert stands.attended + stands.left + len(stands.owed) >= stands.of or stands.is_complete
    assert stands.is_complete == (stands.attended >= stands.needed)
    assert stands.can_still_finish or not stands.is_complete
    assert set(stands.owed_by_service) <= set(stands.owed)


@given(version=st.sampled_from([CARING_DADS, CARA, DVPP]), marks=_MARKS, to_come=_COMING)
def test_a_cancellation_by_the_service_never_makes_anybody_worse_off(version, marks, to_come):
    without = [m for m in marks if m.mark is not CANCELLED]
    assert is_complete(version, marks) == is_complete(version, without)
    if progress(version, without, coming=to_come).can_still_finish:
        assert progress(version, marks, coming=to_come).can_still_finish
