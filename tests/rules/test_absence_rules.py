"""What absences ask for: each rule at its edge, and the same cause found once."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.tasks.rules import (
    BrokenOrder,
    SeenMark,
    absence_findings,
    breach_findings,
    no_contact_finding,
    rules_in_force,
)
from outcomes.tasks.seeds import RULES
from outcomes.tasks.words import RuleCode, TaskKind
from programmes.catalogue.words import MarkCode

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
STANDING = rules_in_force(RULES, NOW.date())
PLACE = uuid4()
CODES = {
    "a": MarkCode.ATTENDED,
    "x": MarkCode.ABSENT,
    "l": MarkCode.LATE,
    "n": MarkCode.LATE_NOT_ADMITTED,
    "c": MarkCode.CANCELLED_BY_SERVICE,
    "s": MarkCode.SENT_HOME_SERVICE,
}


def marks(text: str, *, place: UUID = PLACE) -> list[SeenMark]:
    """One letter a session, weekly, the last one yesterday."""
    return [
        SeenMark(
            place,
            UUID(int=number),
            NOW - timedelta(days=1 + 7 * (len(text) - 1 - number)),
            CODES[letter],
        )
        for number, letter in enumerate(text)
    ]


def kinds(text: str, *, high: bool = False) -> list[TaskKind]:
    found = absence_findings(marks(text), is_high_risk=high, rules=STANDING, now=NOW)
    return [one.kind for one in found]


@pytest.mark.parametrize(
    ("text", "high", "expected"),
    [
        ("aaaa", True, []),
        ("ax", False, []),
        ("ax", True, [TaskKind.FIRST_ABSENCE]),
        ("an", True, [TaskKind.FIRST_ABSENCE]),
        ("xx", False, [TaskKind.ABSENCES_IN_A_ROW]),
        ("xcx", False, [TaskKind.ABSENCES_IN_A_ROW]),
        ("xsx", False, [TaskKind.ABSENCES_IN_A_ROW]),
        ("xax", False, []),
        ("xaxax", False, [TaskKind.ABSENCES_IN_ALL]),
        ("cc", True, []),
        ("lalal", False, [TaskKind.LATENESS]),
        ("laalal", False, []),
        ("lll", False, [TaskKind.LATENESS]),
    ],
)
def test_each_rule_at_its_edge(text: str, high: bool, expected: list[TaskKind]) -> None:
    assert kinds(text, high=high) == expected


def test_a_longer_run_is_the_same_cause() -> None:
    first = absence_findings(marks("axx"), is_high_risk=False, rules=STANDING, now=NOW)
    longer = [
        msgspec.structs.replace(mark, held_at=mark.held_at - timedelta(days=7))
        for mark in marks("axx")
    ]
    longer.append(SeenMark(PLACE, UUID(int=3), NOW - timedelta(days=1), MarkCode.ABSENT))
    second = absence_findings(longer, is_high_risk=False, rules=STANDING, now=NOW)
    in_a_row = [one for one in second if one.kind is TaskKind.ABSENCES_IN_A_ROW]
    assert [one.cause for one in in_a_row] == [one.cause for one in first]


def test_old_news_opens_nothing() -> None:
    later = NOW + timedelta(days=60)
    assert absence_findings(marks("xxx"), is_high_risk=True, rules=STANDING, now=later) == []


def test_absences_of_two_places_are_not_added_up() -> None:
    both = marks("x", place=uuid4()) + marks("x", place=uuid4())
    assert absence_findings(both, is_high_risk=False, rules=STANDING, now=NOW) == []


@given(st.text("axlcns", max_size=20))
def test_no_cause_stands_twice(text: str) -> None:
    found = absence_findings(marks(text), is_high_risk=True, rules=STANDING, now=NOW)
    causes = [one.cause for one in found]
    assert len(causes) == len(set(causes))


def test_a_version_holds_from_its_first_day() -> None:
    stricter = msgspec.structs.replace(
        STANDING[RuleCode.IN_A_ROW], threshold=3, valid_from=date(2026, 12, 1)
    )
    both = (*RULES, stricter)
    assert rules_in_force(both, date(2026, 11, 30))[RuleCode.IN_A_ROW].threshold == 2
    assert rules_in_force(both, date(2026, 12, 1))[RuleCode.IN_A_ROW].threshold == 3


@pytest.mark.parametrize(("days", "is_found"), [(13, False), (14, True)])
def test_silence_is_counted_in_days(days: int, is_found: bool) -> None:
    last = NOW - timedelta(days=days)
    found = no_contact_finding(PLACE, last, rules=STANDING, now=NOW)
    assert (found is not None) is is_found


def test_a_breach_goes_to_officers_and_managers_and_with_a_place_to_the_group() -> None:
    def asked(*, withdrawn: bool = False, place: bool = False) -> list[TaskKind]:
        broken = BrokenOrder(uuid4(), uuid4(), withdrawn, place)
        return [one.kind for one in breach_findings(broken, rules=STANDING)]

    assert asked() == [TaskKind.READ_BREACH, TaskKind.REVIEW_RISK]
    assert asked(place=True)[2:] == [TaskKind.BEFORE_NEXT_SESSION, TaskKind.STAYS_IN_GROUP]
    assert asked(withdrawn=True, place=True) == []
