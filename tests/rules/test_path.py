"""The line from referral to outcome, at every place where somebody can stand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.views.path import steps_of
from programmes.catalogue.words import MarkCode
from programmes.referrals.queries import MoveRow, ReferralRow
from programmes.referrals.words import ReferralStatus
from scheduling.attendance.queries import MarkRow
from scheduling.cohorts.queries import PlaceMove
from scheduling.cohorts.words import EnrolmentStatus

_S, _E = ReferralStatus, EnrolmentStatus
NOBODY = UUID(int=0)


def _at(day: int) -> datetime:
    return datetime(2026, 9, day, 12, tzinfo=UTC)


def _referral(status: ReferralStatus) -> ReferralRow:
    return ReferralRow(
        id=NOBODY,
        reference="WM-2026-0417",
        person_id=NOBODY,
        person_name="Suharto",
        programme_code="caring-dads",
        programme_name="Caring Dads",
        agency="Children\N{RIGHT SINGLE QUOTATION MARK}s social work",
        received_on=date(2026, 9, 1),
        route="voluntary",
        risk_level="medium",
        status=status,
    )


def _moves(*statuses: ReferralStatus) -> list[MoveRow]:
    """One a day from 1 September, newest first."""
    moves = [MoveRow(None, after, _at(day), None, None) for day, after in enumerate(statuses, 1)]
    return moves[::-1]


def _place(after: EnrolmentStatus, day: int) -> PlaceMove:
    return PlaceMove(NOBODY, "27", after, _at(day), None, None)


def _mark(day: int, *, is_there: bool) -> MarkRow:
    return MarkRow(
        id=NOBODY,
        session_id=NOBODY,
        enrolment_id=NOBODY,
        person_id=NOBODY,
        cohort_id=NOBODY,
        number=1,
        held_at=_at(day) + timedelta(hours=6),
        code=MarkCode.ATTENDED if is_there else MarkCode.ABSENT,
        is_there=is_there,
        minutes_late=None,
        claimed_reason=None,
        note=None,
        revision=1,
        signed_off_at=None,
        verdict=None,
    )


def _line(
    status: ReferralStatus,
    moves: list[MoveRow],
    *,
    places: Sequence[PlaceMove] = (),
    marks: Sequence[MarkRow] = (),
) -> list[tuple[str, str, str]]:
    found = steps_of(_referral(status), moves, places=places, marks=marks)
    return [(step.text, step.state, step.when) for step in found]


JOINED = _moves(_S.RECEIVED, _S.WAITING, _S.ENROLLED)
BEHIND = [
    ("Referred", "done", "1 Sep 2026"),
    ("Suitable", "done", "2 Sep 2026"),
    ("Place in a group", "done", "3 Sep 2026"),
]
STARTED = ("Started", "done", "8 Sep 2026")


def test_a_new_referral_waits_for_its_decision() -> None:
    line = _line(_S.CHECKED, _moves(_S.RECEIVED, _S.CHECKED))
    assert [state for _, state, _ in line] == ["done", "now", "to-come", "to-come", "to-come"]
    assert line[1][0] == "Decision"


def test_who_waits_is_shown_since_when_and_an_offer_as_an_offer() -> None:
    line = _line(_S.OFFERED, _moves(_S.RECEIVED, _S.WAITING, _S.OFFERED))
    assert line[1:3] == [BEHIND[1], ("Offered a place", "now", "3 Sep 2026")]


def test_a_referral_that_is_not_suitable_ends_there() -> None:
    line = _line(_S.NOT_SUITABLE, _moves(_S.RECEIVED, _S.NOT_SUITABLE))
    assert line == [BEHIND[0], ("Not suitable", "ended", "2 Sep 2026")]


def test_a_referral_opened_again_forgets_the_decision_before() -> None:
    line = _line(_S.CLOSED, _moves(_S.RECEIVED, _S.WAITING, _S.CLOSED, _S.RECEIVED, _S.CLOSED))
    assert line == [BEHIND[0], ("Closed", "ended", "5 Sep 2026")]


def test_somebody_on_the_programme_has_started_when_they_first_came() -> None:
    marks = [_mark(5, is_there=False), _mark(15, is_there=True), _mark(8, is_there=True)]
    line = _line(_S.ENROLLED, JOINED, places=[_place(_E.ENROLLED, 3)], marks=marks)
    now = ("On the programme", "now", "2 of 3 sessions attended")
    assert line == [*BEHIND, STARTED, now, ("Outcome", "to-come", "")]


def test_somebody_with_a_place_who_never_came_has_not_started() -> None:
    line = _line(_S.ENROLLED, JOINED, marks=[_mark(5, is_there=False)])
    assert line == [*BEHIND, ("Starts", "now", ""), ("Outcome", "to-come", "")]


def test_the_line_ends_with_the_last_thing_that_became_of_the_place() -> None:
    came = [_mark(8, is_there=True)]
    moved_on = [_place(_E.COMPLETED, 20), _place(_E.ENROLLED, 3)]
    done = _line(_S.ENROLLED, JOINED, places=moved_on, marks=came)
    assert done == [*BEHIND, STARTED, ("Completed", "done", "20 Sep 2026")]
    left = _line(_S.ENROLLED, JOINED, places=[_place(_E.ENDED, 9)], marks=came)
    assert left[-1] == ("Ended", "ended", "9 Sep 2026")
    paused = _line(_S.ENROLLED, JOINED, places=[_place(_E.PAUSED, 9)], marks=came)
    assert paused[-2:] == [("Place paused", "now", ""), ("Outcome", "to-come", "")]


def test_places_and_marks_of_an_earlier_referral_do_not_count() -> None:
    joined = _moves(_S.RECEIVED, *([_S.CHECKED] * 9), _S.WAITING, _S.ENROLLED)
    completed, came = [_place(_E.COMPLETED, 5)], [_mark(4, is_there=True)]
    line = _line(_S.ENROLLED, joined, places=completed, marks=came)
    assert line[-2:] == [("Starts", "now", ""), ("Outcome", "to-come", "")]
