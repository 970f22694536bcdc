"""Which clocks run on an order, what stops them, when somebody is asked, what may clash."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from programmes.common.wall_time import midnight
from programmes.orders.civil_kinds import DVPN_KIND, DVPO_KIND
from programmes.orders.conflict_rules import HeldCondition, possible_conflicts
from programmes.orders.criminal_kinds import CONDITIONAL_CAUTION_KIND, PRE_CHARGE_BAIL_KIND
from programmes.orders.expiry_rules import expiry_task
from programmes.orders.running_rules import (
    Arrest,
    ClockedOrder,
    clocks_of,
    is_open,
    is_to_see_to,
    share_left,
)
from programmes.orders.version_rules import LawChange, next_version, reasons_no_version
from programmes.orders.words import (
    Authority,
    BreachStage,
    ClockState,
    ClockStop,
    ConditionKind,
    InForce,
    KindVersion,
    OrderStatus,
)

FRIDAY = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
"""Served on a Friday evening: the hearing is due on Monday at the same hour."""


def notice(**changes: object) -> ClockedOrder:
    order = ClockedOrder(
        law=DVPN_KIND, made_on=FRIDAY.date(), status=OrderStatus.LIVE, served_at=FRIDAY
    )
    return msgspec.structs.replace(order, **changes)


def arrested(stage: BreachStage = BreachStage.ARRESTED, court: datetime | None = None) -> Arrest:
    return Arrest(
        breach_id=UUID(int=1), reference="B-1", arrested_at=FRIDAY, court_at=court, stage=stage
    )


def test_a_served_notice_has_a_hearing_due_on_monday() -> None:
    (clock,) = clocks_of(notice(), now=FRIDAY + timedelta(hours=1))
    assert clock.stops is ClockStop.HEARING
    assert clock.due_at == datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    assert clock.state is ClockState.RUNNING
    assert clock.left_out == (date(2026, 11, 22),)


def test_a_hearing_listed_for_later_does_not_stop_the_clock() -> None:
    listed = datetime(2026, 11, 23, 10, tzinfo=UTC)
    (clock,) = clocks_of(notice(hearing_at=listed), now=FRIDAY + timedelta(hours=1))
    assert clock.state is ClockState.RUNNING
    assert clock.listed_at == listed
    (held,) = clocks_of(notice(hearing_at=listed), now=listed + timedelta(minutes=1))
    assert held.state is ClockState.MET


def test_a_hearing_that_came_late_was_missed() -> None:
    late = datetime(2026, 11, 23, 18, 31, tzinfo=UTC)
    (clock,) = clocks_of(notice(hearing_at=late), now=late)
    assert clock.state is ClockState.MISSED


def test_the_order_that_follows_stops_the_clock_and_nobody_stops_it_by_waiting() -> None:
    later = datetime(2026, 11, 25, tzinfo=UTC)
    (followed,) = clocks_of(notice(succeeded_on=date(2026, 11, 23)), now=later)
    assert followed.state is ClockState.MET
    (waiting,) = clocks_of(notice(), now=later)
    assert waiting.state is ClockState.OVERDUE


def test_a_notice_that_was_refused_has_no_hearing_to_wait_for() -> None:
    assert clocks_of(notice(status=OrderStatus.REFUSED), now=FRIDAY + timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("arrest", "state"),
    [
        (arrested(), ClockState.RUNNING),
        (arrested(BreachStage.BEFORE_COURT, FRIDAY + timedelta(hours=20)), ClockState.MET),
        (arrested(BreachStage.BEFORE_COURT, FRIDAY + timedelta(hours=25)), ClockState.MISSED),
    ],
)
def test_an_arrest_for_a_dvpo_runs_to_court_within_24_hours(
    arrest: Arrest, state: ClockState
) -> None:
    order = ClockedOrder(
        law=DVPO_KIND, made_on=date(2026, 11, 2), status=OrderStatus.LIVE, arrests=(arrest,)
    )
    now = FRIDAY + timedelta(hours=2 if state is ClockState.RUNNING else 30)
    (clock,) = clocks_of(order, now=now)
    assert (clock.stops, clock.state) == (ClockStop.COURT_AFTER_ARREST, state)
    assert clock.due_at == FRIDAY + timedelta(hours=24)


def test_a_withdrawn_breach_waits_for_no_court() -> None:
    order = ClockedOrder(
        law=DVPO_KIND,
        made_on=date(2026, 11, 2),
        status=OrderStatus.LIVE,
        arrests=(arrested(BreachStage.WITHDRAWN),),
    )
    assert clocks_of(order, now=FRIDAY + timedelta(hours=1)) == ()


def test_bail_has_no_court_clock_and_ends_by_itself() -> None:
    order = ClockedOrder(
        law=PRE_CHARGE_BAIL_KIND,
        made_on=date(2026, 11, 2),
        status=OrderStatus.LIVE,
        ends_on=date(2026, 12, 1),
        arrests=(arrested(),),
    )
    (clock,) = clocks_of(order, now=FRIDAY)
    assert clock.due_at == midnight(date(2026, 12, 2))
    assert 0 < share_left(clock, FRIDAY) < 1
    (over,) = clocks_of(order, now=midnight(date(2026, 12, 2)))
    assert over.state is ClockState.MET


@pytest.mark.parametrize(
    ("days_before", "asked"),
    [(15, None), (14, 14), (8, 14), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 1), (-1, None)],
)
def test_what_follows_is_asked_at_14_7_3_and_1_days(days_before: int, asked: int | None) -> None:
    last_day = date(2026, 11, 26)
    task = expiry_task(last_day, today=last_day - timedelta(days=days_before))
    assert (task.days_left if task else None) == asked


def condition(kind: ConditionKind, reference: str, **times: str) -> HeldCondition:
    return HeldCondition(order_reference=reference, kind=kind, **times)


def test_a_home_in_one_order_and_premises_to_leave_in_another_are_to_be_compared() -> None:
    home = condition(ConditionKind.RESIDENCE, "D-1")
    away = condition(ConditionKind.LEAVE_PREMISES, "D-2")
    (words,) = possible_conflicts([home], [away])
    assert "D-1" in words
    assert "D-2" in words
    assert possible_conflicts([away], [home]) == (words,)


def test_curfews_clash_only_where_their_times_differ() -> None:
    first = condition(ConditionKind.CURFEW, "D-1", from_time="21:00", until_time="06:00")
    same = condition(ConditionKind.CURFEW, "D-2", from_time="21:00", until_time="06:00")
    later = condition(ConditionKind.CURFEW, "D-3", from_time="22:00", until_time="06:00")
    assert possible_conflicts([first], [same]) == ()
    assert len(possible_conflicts([first], [later])) == 1


def test_two_orders_not_to_contact_do_not_clash() -> None:
    one, other = (condition(ConditionKind.NO_CONTACT, reference) for reference in ("D-1", "D-2"))
    assert possible_conflicts([one], [other]) == ()


def law_change(base: KindVersion, **changes: object) -> LawChange:
    change = LawChange(
        area=base.area,
        valid_from=date(2027, 4, 1),
        source="An Act of 2027 s.1",
        in_force=InForce.YES,
        breach=base.breach,
        breach_source=base.breach_source,
        conditions=base.conditions,
        can_be_extended=base.can_be_extended,
    )
    return msgspec.structs.replace(change, **changes)


def test_a_new_limit_for_one_rank_leaves_the_other_ranks_alone() -> None:
    base = PRE_CHARGE_BAIL_KIND
    change = law_change(base, longest=4, rank=Authority.CUSTODY_OFFICER)
    assert reasons_no_version(change, base, [base]) == ()
    made = next_version(change, base, [base])
    assert made.number == 2
    limits = {tier.authority: tier.longest for tier in made.clocks[0].tiers}
    assert limits[Authority.CUSTODY_OFFICER] == 4
    assert limits[Authority.INSPECTOR] == 6
    assert base.clocks[0].tiers[0].longest == 3


def test_bails_new_limit_says_whose_it_is() -> None:
    base = PRE_CHARGE_BAIL_KIND
    reasons = reasons_no_version(law_change(base, longest=4), base, [base])
    assert [reason.field for reason in reasons] == ["rank"]


def test_a_kind_of_its_own_is_modelled_on_another_and_may_not_take_its_name() -> None:
    named = law_change(DVPO_KIND, name="Trial protection order", short_name="TPO")
    made = next_version(named, DVPO_KIND, [DVPO_KIND])
    assert (made.code, made.number, made.clocks) == ("trial-protection-order", 1, DVPO_KIND.clocks)
    again = reasons_no_version(named, DVPO_KIND, [DVPO_KIND, made])
    assert "name" in [reason.field for reason in again]


def caution(**changes: object) -> ClockedOrder:
    order = ClockedOrder(
        law=CONDITIONAL_CAUTION_KIND,
        made_on=date(2026, 3, 20),
        status=OrderStatus.LIVE,
        offence_on=date(2026, 1, 10),
    )
    return msgspec.structs.replace(order, **changes)


@pytest.mark.parametrize(
    ("changes", "due_on"),
    [
        ({}, date(2026, 7, 11)),
        ({"assault_statement_on": date(2026, 3, 1)}, date(2026, 9, 2)),
        ({"assault_statement_on": date(2027, 9, 1)}, date(2028, 1, 11)),
        (
            {"offence_on": date(2022, 6, 27), "assault_statement_on": date(2022, 7, 1)},
            date(2022, 12, 28),
        ),
    ],
)
def test_a_domestic_assault_is_prosecuted_by_the_earlier_of_its_two_limits(
    changes: dict[str, date], due_on: date
) -> None:
    """Six months from the first statement and two years from the offence; six without one."""
    clocks = clocks_of(caution(**changes), now=datetime(2026, 4, 1, tzinfo=UTC))
    (limit,) = (one for one in clocks if one.stops is ClockStop.PROSECUTION)
    assert limit.due_at == midnight(due_on)
    assert ("39A" in limit.source) is (
        "assault_statement_on" in changes and "offence_on" not in changes
    )


@pytest.mark.parametrize(
    ("days", "is_shown"), [(-29, False), (-27, True), (0, True), (27, True), (29, False)]
)
def test_a_limit_to_prosecute_is_shown_about_its_day_and_stays_on_the_order(
    days: int, is_shown: bool
) -> None:
    """Of cautions that ended years ago every limit has passed, and nobody can act on one."""
    due = midnight(date(2026, 7, 11))
    now = due - timedelta(days=days)
    (limit,) = (one for one in clocks_of(caution(), now=now) if one.stops is ClockStop.PROSECUTION)
    assert limit.due_at == due
    assert is_open(limit)
    assert is_to_see_to(limit, now=now, ends_within=timedelta(days=28)) is is_shown


def test_an_overdue_hearing_is_shown_however_long_it_is_over() -> None:
    now = FRIDAY + timedelta(days=400)
    (hearing,) = clocks_of(notice(), now=now)
    assert hearing.state is ClockState.OVERDUE
    assert is_to_see_to(hearing, now=now, ends_within=timedelta(days=28))
