"""Breaches: what may be recorded, how they move, what they may bring, and four counts."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import msgspec
import pytest

from programmes.common.staff import Role
from programmes.common.wall_time import read_instant
from programmes.orders.breach_rules import (
    BreachCounts,
    BreachFacts,
    KnownBreach,
    breach_counts,
    likely_same,
    next_stages,
    reasons_not_recordable,
    reasons_not_to_move,
    reasons_sanction_not_allowed,
)
from programmes.orders.instruments import INSTRUMENTS, kind_in_force
from programmes.orders.moves import BREACH_MOVES, ORDER_MOVES
from programmes.orders.rules import OrderFacts
from programmes.orders.words import (
    Authority,
    BreachStage,
    HeardBy,
    KindCode,
    OrderStatus,
    Sanction,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ORDER = OrderFacts(
    made_on=date(2026, 11, 2),
    authority=Authority.COURT,
    ends_on=date(2026, 11, 29),
    served_at=read_instant("2026-11-02 15:00", field="at"),
)
STAGE = BreachStage


def kind_of(code):
    return kind_in_force(INSTRUMENTS, KindCode(code), area="Cleveland", on=NOW.date())


def at(text):
    return read_instant(text, field="at")


def refused_fields(code="dvpo", order=ORDER, now=NOW, **times):
    breach = BreachFacts(**{name: at(text) for name, text in times.items()})
    reasons = reasons_not_recordable(breach, order, kind_of(code), now=now)
    return [reason.field for reason in reasons]


def test_a_breach_while_the_order_binds_is_recorded():
    assert refused_fields(occurred_at="2026-11-02 15:00") == []
    later = datetime(2026, 12, 10, tzinfo=UTC)
    assert refused_fields(occurred_at="2026-11-29 23:59", now=later) == []


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"occurred_at": "2026-11-01 23:59"}, "occurred_at"),
        ({"occurred_at": "2026-11-02 14:59"}, "occurred_at"),
        ({"occurred_at": "2026-11-22 12:01"}, "occurred_at"),
        ({"occurred_at": "2026-11-20 10:00", "arrested_at": "2026-11-22 12:01"}, "arrested_at"),
        ({"occurred_at": "2026-11-20 10:00", "arrested_at": "2026-11-20 09:59"}, "arrested_at"),
        ({"occurred_at": "2026-11-20 10:00", "reported_at": "2026-11-20 09:59"}, "reported_at"),
        ({"occurred_at": "2026-11-20 10:00", "court_at": "2026-11-20 09:59"}, "court_at"),
    ],
)
def test_a_breach_out_of_time_is_refused_beside_its_field(times, field):
    assert refused_fields(**times) == [field]


def test_a_breach_after_the_end_is_refused():
    later = datetime(2026, 12, 10, tzinfo=UTC)
    assert refused_fields(occurred_at="2026-11-30 00:00", now=later) == ["occurred_at"]


def test_a_court_date_may_lie_ahead_but_not_before_the_arrest():
    times = {"occurred_at": "2026-11-20 10:00", "arrested_at": "2026-11-21 10:00"}
    assert refused_fields(**times, court_at="2026-11-23 10:00") == []
    assert refused_fields(**times, court_at="2026-11-21 09:59") == ["court_at"]


def test_release_under_investigation_has_nothing_to_breach():
    open_ended = msgspec.structs.replace(ORDER, ends_on=None)
    fields = refused_fields(
        "released-under-investigation", open_ended, occurred_at="2026-11-20 10:00"
    )
    assert fields == ["order"]


def move(before, after, *, code="dvpo", role=Role.IOM, reason=""):
    return reasons_not_to_move(before, after, kind=kind_of(code), role=role, reason=reason)


def test_a_breach_goes_through_its_stages():
    path = (STAGE.ALLEGED, STAGE.ARRESTED, STAGE.BEFORE_COURT, STAGE.PROVED)
    assert all(move(before, after) == () for before, after in pairwise(path))


def test_staying_put_is_no_move():
    assert all(move(stage, stage, role=Role.BOARD) == () for stage in STAGE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (STAGE.ALLEGED, STAGE.PROVED),
        (STAGE.ARRESTED, STAGE.ADMITTED),
        (STAGE.PROVED, STAGE.ARRESTED),
        (STAGE.BEFORE_COURT, STAGE.ALLEGED),
        (STAGE.WITHDRAWN, STAGE.PROVED),
    ],
)
def test_a_stage_cannot_be_skipped(before, after):
    assert move(before, after, reason="Because.") != ()


def test_withdrawing_and_reopening_owe_a_reason():
    assert move(STAGE.ALLEGED, STAGE.WITHDRAWN) == (
        "Give the reason for changing it from alleged to withdrawn.",
    )
    assert move(STAGE.ALLEGED, STAGE.WITHDRAWN, reason="Entered twice.") == ()
    assert move(STAGE.PROVED, STAGE.BEFORE_COURT, reason=" ") != ()


def test_a_role_without_the_duty_is_refused():
    assert move(STAGE.ALLEGED, STAGE.ARRESTED, role=Role.FACILITATOR) != ()
    assert next_stages(STAGE.ALLEGED, kind=kind_of("dvpo"), role=Role.FACILITATOR) == ()


def test_no_court_hears_a_breach_of_police_bail():
    (words,) = move(STAGE.ARRESTED, STAGE.BEFORE_COURT, code="pre-charge-bail")
    assert "not an offence" in words
    assert "s.46A" in words
    assert next_stages(STAGE.ALLEGED, kind=kind_of("pre-charge-bail"), role=Role.IOM) == (
        STAGE.ARRESTED,
        STAGE.WITHDRAWN,
    )


def test_those_who_gave_a_caution_decide_on_its_breach():
    assert move(STAGE.ALLEGED, STAGE.PROVED, code="conditional-caution") == ()
    assert move(STAGE.ALLEGED, STAGE.BEFORE_COURT, code="conditional-caution") != ()


def test_every_stage_and_status_has_a_way_on_and_an_owner():
    assert {move.before for move in BREACH_MOVES} == set(BreachStage)
    assert {move.before for move in ORDER_MOVES} == set(OrderStatus)
    assert all(move.who for move in (*BREACH_MOVES, *ORDER_MOVES))
    assert {where for move in BREACH_MOVES for where in move.where} == set(HeardBy)


@pytest.mark.parametrize(
    ("code", "sanction", "stage", "allowed"),
    [
        ("dvpo", Sanction.CUSTODY, STAGE.PROVED, True),
        ("dvpo", Sanction.DAILY_SUM, STAGE.ADMITTED, True),
        ("dvpo", Sanction.FINE, STAGE.PROVED, False),
        ("dvpo", Sanction.CUSTODY, STAGE.BEFORE_COURT, False),
        ("dvpo", Sanction.CUSTODY, STAGE.NOT_PROVED, False),
        ("dvpo", Sanction.REMAND, STAGE.BEFORE_COURT, True),
        ("dapo", Sanction.FINE, STAGE.PROVED, True),
        ("pre-charge-bail", Sanction.CUSTODY, STAGE.ARRESTED, False),
        ("pre-charge-bail", Sanction.BAIL_WITHDRAWN, STAGE.ARRESTED, True),
        ("conditional-caution", Sanction.PROSECUTION, STAGE.PROVED, True),
        ("licence", Sanction.RECALL, STAGE.PROVED, True),
        ("licence", Sanction.FINE, STAGE.PROVED, False),
    ],
)
def test_a_sanction_is_one_that_the_instrument_allows(code, sanction, stage, allowed):
    reasons = reasons_sanction_not_allowed(sanction, stage=stage, kind=kind_of(code))
    assert (reasons == ()) is allowed
    assert all(reason.source for reason in reasons)


def known(event, order, stage, hour=10):
    occurred_at = datetime(2026, 11, 20, hour, 0, tzinfo=UTC)
    return KnownBreach(
        event_id=UUID(int=event), order_id=UUID(int=order), occurred_at=occurred_at, stage=stage
    )


def test_one_act_under_two_orders_is_one_event_and_two_breaches():
    breaches = [
        known(1, 1, STAGE.PROVED),
        known(1, 2, STAGE.ALLEGED),
        known(2, 1, STAGE.ADMITTED),
        known(3, 3, STAGE.ALLEGED),
        known(4, 3, STAGE.NOT_PROVED),
        known(5, 4, STAGE.WITHDRAWN),
    ]
    assert breach_counts(breaches) == BreachCounts(
        recorded=5, established=2, events=4, events_established=2, orders=3, orders_established=1
    )


def test_an_alleged_breach_is_never_established():
    for stage in set(STAGE) - {STAGE.ADMITTED, STAGE.PROVED}:
        assert breach_counts([known(1, 1, stage)]).established == 0


def test_two_entries_of_one_night_are_offered_as_a_match_nearest_first():
    known_breaches = [known(1, 1, STAGE.ALLEGED, hour) for hour in (0, 9, 11, 22)]
    found = likely_same(
        datetime(2026, 11, 20, 10, 30, tzinfo=UTC), known_breaches, within=timedelta(hours=2)
    )
    assert [breach.occurred_at.hour for breach in found] == [11, 9]
    assert len(likely_same(datetime(2026, 11, 20, 10, 30, tzinfo=UTC), known_breaches)) == 4
