"""Can they still finish, and what may be decided of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.completion.rules import reasons_not_to_decide, standing
from outcomes.completion.standing_words import Found, Standing
from outcomes.completion.words import CompletionOutcome
from programmes.catalogue.rules import sessions_in
from programmes.catalogue.words import MarkCode, ProgrammeVersion, SessionKind
from scheduling.cohorts.words import EnrolmentStatus
from scheduling.sessions.catch_up_words import OpenSession
from tests.rules.catalogue_cases import CARA, CARING_DADS

OWN, OTHER = UUID(int=1), UUID(int=2)
START = datetime(2026, 1, 6, 18, tzinfo=UTC)
NOW = START + timedelta(weeks=30)
COMPLETED, NOT = CompletionOutcome.COMPLETED, CompletionOutcome.NOT_COMPLETED


@dataclass
class Case:
    """Sessions of the own group by number: attended, missed, cancelled, still to come."""

    attended: list[int] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    coming: list[int] = field(default_factory=list)
    caution: date | None = None
    status: EnrolmentStatus = EnrolmentStatus.ENROLLED
    is_over: bool = False

    def found(self) -> Found:
        marks = [
            *((OWN, n, _at(n).isoformat(), MarkCode.ATTENDED) for n in self.attended),
            *((OWN, n, _at(n).isoformat(), MarkCode.ABSENT) for n in self.missed),
            *((OWN, n, _at(n).isoformat(), MarkCode.CANCELLED_BY_SERVICE) for n in self.cancelled),
        ]
        coming = [(OWN, n, (NOW + timedelta(weeks=n)).isoformat()) for n in self.coming]
        return Found(
            enrolment_id=UUID(int=3),
            person_id=UUID(int=4),
            person_name="Invented",
            cohort_id=OWN,
            programme="caring-dads",
            programme_version_id=UUID(int=5),
            status=self.status,
            sex="male",
            language=None,
            caution_ends_on=self.caution,
            order_ends_on=None,
            is_over=self.is_over,
            marks=sorted(marks, key=lambda mark: mark[2]),
            coming=coming,
        )


def _at(number: int) -> datetime:
    return START + timedelta(weeks=number)


def _stands(
    case: Case, version: ProgrammeVersion = CARING_DADS, elsewhere: tuple[OpenSession, ...] = ()
) -> Standing:
    return standing(version, case.found(), elsewhere=elsewhere, now=NOW)


def _open(
    number: int, module: int, *, places: int = 1, programme: str = "caring-dads"
) -> OpenSession:
    starts_at = NOW + timedelta(days=3, weeks=number)
    return OpenSession(
        session_id=UUID(int=100 + number),
        cohort_id=OTHER,
        programme=programme,
        number=number,
        module=module,
        kind=SessionKind.GROUP,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        places_left=places,
    )


def test_thirteen_attended_and_one_to_come_can_still_finish() -> None:
    case = Case(attended=list(range(1, 14)), missed=[14, 15, 16], coming=[17])
    assert not _stands(case).is_lost
    assert _stands(Case(attended=list(range(1, 13)), missed=[13, 14, 15, 16], coming=[17])).is_lost


def test_a_session_owed_counts_once_where_another_group_has_room_for_it() -> None:
    case = Case(attended=list(range(1, 13)), missed=[13, 14, 15, 16], coming=[17])
    assert _stands(case, elsewhere=(_open(13, 3),)).catch_ups == 2
    assert not _stands(case, elsewhere=(_open(13, 3),)).is_lost
    assert _stands(case, elsewhere=(_open(13, 3, places=0),)).is_lost
    assert _stands(case, elsewhere=(_open(2, 1),)).is_lost


def test_what_the_service_cancelled_counts_against_nobody() -> None:
    missed, cancelled = [1, 2, 3], [4, 5, 6]
    case = Case(attended=list(range(7, 18)), missed=missed, cancelled=cancelled)
    assert not _stands(case).is_lost
    assert _stands(case).progress.owed_by_service == (4, 5, 6)


def test_a_pair_that_is_too_late_for_the_caution_does_not_help() -> None:
    case = Case(attended=[1], missed=[2])
    pair = (_open(1, 1, programme="cara"), _open(2, 2, programme="cara"))
    found = of_programme(case, programme="cara")
    in_time = standing(CARA, found, elsewhere=pair, now=NOW)
    assert not in_time.is_lost
    late = of_programme(Case(attended=[1], missed=[2], caution=NOW.date()), programme="cara")
    assert standing(CARA, late, elsewhere=pair, now=NOW).is_lost


def of_programme(case: Case, *, programme: str) -> Found:
    return msgspec.structs.replace(case.found(), programme=programme)


@given(st.data())
def test_completion_is_never_above_the_whole_and_a_cancellation_never_makes_it_worse(
    data: st.DataObject,
) -> None:
    numbers = list(range(1, sessions_in(CARING_DADS) + 1))
    kinds = data.draw(st.lists(st.sampled_from("amcx"), min_size=17, max_size=17))
    parts = {kind: [n for n, k in zip(numbers, kinds, strict=True) if k == kind] for kind in "amcx"}
    case = Case(parts["a"], parts["m"], parts["x"], parts["c"])
    stands = _stands(case)
    assert 0 <= stands.progress.attended <= stands.progress.of
    assert not (stands.progress.is_complete and stands.is_lost)
    spared = Case(parts["a"], [], [*parts["x"], *parts["m"]], parts["c"])
    assert not _stands(spared).is_lost or stands.is_lost
    assert not _stands(spared).is_lost


DONE = Case(attended=list(range(1, 15)), missed=[15, 16, 17], is_over=True)
FAR = Case(attended=[1, 2], missed=list(range(3, 18)), is_over=True)


@pytest.mark.parametrize(
    ("case", "outcome", "reason", "before", "says"),
    [
        (DONE, COMPLETED, "", None, ""),
        (FAR, COMPLETED, "", None, "2 of the 14 sessions needed"),
        (Case(attended=list(range(1, 15)), coming=[15]), COMPLETED, "", None, "last register"),
        (FAR, NOT, "", None, "Give the reason"),
        (FAR, NOT, "Stopped coming", None, ""),
        (DONE, COMPLETED, "", COMPLETED, "decided already"),
        (DONE, NOT, "", COMPLETED, "takes back a decision"),
        (DONE, NOT, "Never met the referrer", COMPLETED, ""),
        (Case(attended=[1], coming=list(range(2, 18))), NOT, "Tired", None, "can still finish"),
    ],
)
def test_what_may_be_decided(
    case: Case, outcome: CompletionOutcome, reason: str, before: CompletionOutcome | None, says: str
) -> None:
    refused = " ".join(reasons_not_to_decide(_stands(case), outcome, reason=reason, before=before))
    assert (says in refused) if says else not refused
