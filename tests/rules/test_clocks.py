"""When each clock runs out: the worked answers, and the edges of every kind."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from programmes.common.clock import LONDON
from programmes.common.errors import Invalid, Refused
from programmes.common.wall_time import end_of_day, read_moment
from programmes.common.working_days import NOTICE_AND_ORDER, PROCLAMATIONS, Proclamation
from programmes.orders.clock_laws import CLOCK_LAWS
from programmes.orders.clocks import clock_state, deadline, last_day, month_later
from programmes.orders.words import Authority, ClockKind, ClockState


def reckon(kind, start, **options):
    return deadline(CLOCK_LAWS[ClockKind(kind)], read_moment(start, field="from"), **options)


def due(kind, start, **options):
    at = reckon(kind, start, **options).due_at
    return at.astimezone(LONDON).isoformat(timespec="minutes")


NOTICE_HEARINGS = ("dvpn-hearing", "dapn-hearing")
NOTICE_COURTS = ("dvpn-breach-court", "dvpo-breach-court", "dapn-breach-court")

XMAS_2027 = ["2027-12-25", "2027-12-26", "2027-12-27", "2027-12-28"]

HEARINGS = [
    # from, due, left out
    ("2026-11-20 18:30", "2026-11-23T18:30+00:00", ["2026-11-22"]),
    ("2026-11-21 09:00", "2026-11-24T09:00+00:00", ["2026-11-22"]),
    ("2026-04-02 16:00", "2026-04-07T16:00+01:00", ["2026-04-03", "2026-04-05", "2026-04-06"]),
    ("2026-11-16 09:00", "2026-11-18T09:00+00:00", []),
    ("2026-11-22 00:00", "2026-11-25T00:00+00:00", ["2026-11-22"]),
    ("2026-11-22 23:59", "2026-11-25T00:00+00:00", ["2026-11-22"]),
    ("2026-11-23 00:00", "2026-11-25T00:00+00:00", []),
    ("2026-11-20 00:00", "2026-11-22T00:00+00:00", []),
    ("2026-11-20 00:01", "2026-11-23T00:01+00:00", ["2026-11-22"]),
    ("2026-03-27 12:00", "2026-03-30T12:00+01:00", ["2026-03-29"]),
    ("2026-10-23 12:00", "2026-10-26T12:00+00:00", ["2026-10-25"]),
    ("2026-03-29 00:30", "2026-04-01T00:00+01:00", ["2026-03-29"]),
    ("2025-12-24 15:00", "2025-12-29T15:00+00:00", ["2025-12-25", "2025-12-26", "2025-12-28"]),
    ("2027-12-24 15:00", "2027-12-30T15:00+00:00", XMAS_2027),
    ("2027-12-31 10:00", "2028-01-04T10:00+00:00", ["2028-01-02", "2028-01-03"]),
    ("2028-12-31 10:00", "2029-01-04T00:00+00:00", ["2028-12-31", "2029-01-01"]),
    ("2024-03-28 16:00", "2024-04-02T16:00+01:00", ["2024-03-29", "2024-03-31", "2024-04-01"]),
    ("2024-02-28 10:00", "2024-03-01T10:00+00:00", []),
    ("2030-05-03 20:00", "2030-05-07T20:00+01:00", ["2030-05-05", "2030-05-06"]),
]  # fmt: skip

COURTS = [
    ("2026-08-29 11:00", "2026-09-01T11:00+01:00", ["2026-08-30", "2026-08-31"]),
    ("2026-08-30 11:00", "2026-09-02T00:00+01:00", ["2026-08-30", "2026-08-31"]),
    ("2026-08-31 00:00", "2026-09-02T00:00+01:00", ["2026-08-31"]),
    ("2026-08-29 00:00", "2026-08-30T00:00+01:00", []),
    ("2026-11-18 23:59", "2026-11-19T23:59+00:00", []),
    ("2029-03-29 22:00", "2029-03-31T22:00+01:00", ["2029-03-30"]),
]

BAIL_COURTS = [
    ("2026-08-29 11:00", "2026-08-31T11:00+01:00", ["2026-08-30"]),
    ("2026-08-30 11:00", "2026-09-01T00:00+01:00", ["2026-08-30"]),
    ("2026-04-02 16:00", "2026-04-04T16:00+01:00", ["2026-04-03"]),
    ("2026-04-04 16:00", "2026-04-06T16:00+01:00", ["2026-04-05"]),
    ("2026-12-24 20:00", "2026-12-26T20:00+00:00", ["2026-12-25"]),
    ("2026-12-26 20:00", "2026-12-28T20:00+00:00", ["2026-12-27"]),
    ("2027-12-24 20:00", "2027-12-27T20:00+00:00", ["2027-12-25", "2027-12-26"]),
    ("2025-12-25 08:00", "2025-12-27T00:00+00:00", ["2025-12-25"]),
    ("2026-10-24 12:00", "2026-10-26T12:00+00:00", ["2026-10-25"]),
]


@pytest.mark.parametrize(("start", "due_at", "left_out"), HEARINGS)
@pytest.mark.parametrize("kind", NOTICE_HEARINGS)
def test_a_notice_is_heard_within_48_hours_that_count(kind, start, due_at, left_out):
    found = reckon(kind, start)
    assert due(kind, start) == due_at
    assert [day.isoformat() for day in found.left_out] == left_out
    assert (found.doubtful, found.later_due_at) == ((), None)


@pytest.mark.parametrize(("start", "due_at", "left_out"), COURTS)
@pytest.mark.parametrize("kind", NOTICE_COURTS)
def test_an_arrest_for_a_notice_or_order_is_in_court_within_24_hours(kind, start, due_at, left_out):
    assert due(kind, start) == due_at
    assert [day.isoformat() for day in reckon(kind, start).left_out] == left_out


@pytest.mark.parametrize(("start", "due_at", "left_out"), BAIL_COURTS)
def test_an_arrest_on_court_bail_counts_bank_holidays(start, due_at, left_out):
    found = reckon("court-bail-breach", start)
    assert due("court-bail-breach", start) == due_at
    assert [day.isoformat() for day in found.left_out] == left_out
    assert found.doubtful == ()


@pytest.mark.parametrize(
    ("kind", "start", "earlier", "later"),
    [
        ("dvpn-hearing", "2026-12-24 20:00", "2026-12-29T20:00", "2026-12-30T20:00"),
        ("dvpn-hearing", "2026-12-23 20:00", "2026-12-26T20:00", "2026-12-29T20:00"),
        ("dvpo-breach-court", "2026-12-24 20:00", "2026-12-26T20:00", "2026-12-29T20:00"),
        ("dvpo-breach-court", "2026-12-26 11:00", "2026-12-29T11:00", "2026-12-30T00:00"),
        ("dvpo-breach-court", "2026-12-25 11:00", "2026-12-27T00:00", "2026-12-30T00:00"),
    ],
)
def test_a_saturday_26_december_is_named_and_the_earlier_deadline_shown(
    kind, start, earlier, later
):
    found = reckon(kind, start)
    assert found.due_at == datetime.fromisoformat(earlier).replace(tzinfo=UTC)
    assert found.later_due_at == datetime.fromisoformat(later).replace(tzinfo=UTC)
    assert found.doubtful == (date(2026, 12, 26),)
    assert date(2026, 12, 26) not in found.left_out


@pytest.mark.parametrize("start", ["2026-12-23 10:00", "2026-12-24 00:00", "2026-12-27 10:00"])
def test_a_doubtful_day_outside_the_reckoning_is_not_named(start):
    assert reckon("dvpo-breach-court", start).doubtful == ()


@pytest.mark.parametrize(
    ("made", "days", "due_at"),
    [
        ("2026-06-01", 28, "2026-06-29T00:00+01:00"),
        ("2026-06-01 23:59", 28, "2026-06-29T00:00+01:00"),
        ("2026-06-01", 14, "2026-06-15T00:00+01:00"),
        ("2026-03-20", 14, "2026-04-03T00:00+01:00"),
        ("2026-10-20", 20, "2026-11-09T00:00+00:00"),
        ("2024-02-20", 14, "2024-03-05T00:00+00:00"),
        ("2030-12-20", 28, "2031-01-17T00:00+00:00"),
    ],
)
def test_a_dvpo_counts_the_day_it_is_made(made, days, due_at):
    assert due("dvpo-end", made, amount=days) == due_at


def test_a_28_day_dvpo_made_on_1_june_ends_on_28_june():
    assert last_day(reckon("dvpo-end", "2026-06-01", amount=28)) == date(2026, 6, 28)


@pytest.mark.parametrize("days", [-1, 0, 1, 13, 29, 365])
def test_a_dvpo_of_another_length_is_refused_with_its_section(days):
    with pytest.raises(Refused, match=r"14 to 28 days, the day itself counts .*s\.28\(10\)"):
        reckon("dvpo-end", "2026-06-01", amount=days)


def test_a_dvpo_without_its_length_is_asked_for_it():
    with pytest.raises(Invalid) as refused:
        reckon("dvpo-end", "2026-06-01")
    assert list(refused.value.errors) == ["days"]


@pytest.mark.parametrize(
    ("made", "due_at"),
    [
        ("2026-06-01", "2026-06-04T00:00+01:00"),
        ("2026-06-01 23:59", "2026-06-04T00:00+01:00"),
        ("2026-12-30 10:00", "2027-01-02T00:00+00:00"),
        ("2028-02-27", "2028-03-01T00:00+00:00"),
        ("2026-03-28", "2026-03-31T00:00+01:00"),
    ],
)
@pytest.mark.parametrize("kind", ["dapo-notify", "spo-notify"])
def test_the_police_are_told_within_three_days_counting_the_first(kind, made, due_at):
    assert due(kind, made) == due_at


@pytest.mark.parametrize(
    ("arrested", "options", "due_at"),
    [
        ("2026-11-30 14:00", {"amount": 3}, "2027-03-01T00:00+00:00"),
        ("2026-11-30 14:00", {}, "2027-03-01T00:00+00:00"),
        ("2026-11-30", {"authority": Authority.INSPECTOR}, "2027-06-01T00:00+01:00"),
        ("2026-11-30", {"authority": Authority.SUPERINTENDENT}, "2027-09-01T00:00+01:00"),
        ("2026-11-30", {"authority": Authority.COURT}, "2027-12-01T00:00+00:00"),
        ("2026-11-30", {"amount": 6}, "2027-06-01T00:00+01:00"),
        ("2026-11-30", {"amount": 18}, "2028-06-01T00:00+01:00"),
        ("2026-11-30", {"amount": 1}, "2027-01-01T00:00+00:00"),
        ("2026-02-28 23:59", {"amount": 3}, "2026-06-01T00:00+01:00"),
        ("2026-06-14", {"amount": 3}, "2026-09-15T00:00+01:00"),
        ("2024-02-28", {"amount": 12}, "2025-02-28T00:00+00:00"),
        ("2022-10-28", {"amount": 3}, "2023-01-29T00:00+00:00"),
    ],
)
def test_bail_begins_the_day_after_the_arrest(arrested, options, due_at):
    assert due("pre-charge-bail", arrested, **options) == due_at


@pytest.mark.parametrize(
    ("arrested", "months", "doubtful"),
    [
        ("2026-11-29", 3, date(2027, 2, 28)),
        ("2026-11-28", 3, date(2027, 2, 28)),
        ("2027-11-29", 3, date(2028, 2, 29)),
        ("2026-03-30", 3, date(2026, 6, 30)),
    ],
)
def test_a_month_without_the_day_is_doubtful_and_shown_earlier(arrested, months, doubtful):
    found = reckon("pre-charge-bail", arrested, amount=months)
    assert found.doubtful == (doubtful,)
    assert found.later_due_at == end_of_day(doubtful)
    assert found.later_due_at - found.due_at == timedelta(days=1)


@pytest.mark.parametrize(
    ("months", "authority", "words"),
    [
        (9, Authority.INSPECTOR, "a superintendent may give 9"),
        (6, Authority.CUSTODY_OFFICER, "an inspector may give 6"),
        (12, Authority.SUPERINTENDENT, "a court may give 12"),
        (19, None, "1 to 18 months"),
        (0, None, "1 to 3 months"),
    ],
)
def test_bail_beyond_a_rank_is_refused_and_says_whose_it_is(months, authority, words):
    with pytest.raises(Refused, match=rf"{words}.*1984 s.*47Z"):
        reckon("pre-charge-bail", "2026-11-30", amount=months, authority=authority)


def test_an_arrest_before_the_limits_of_2022_is_refused():
    with pytest.raises(Refused, match="applies from 28 October 2022"):
        reckon("pre-charge-bail", "2022-10-27 23:59")


def test_a_clock_in_hours_needs_the_time_of_day():
    with pytest.raises(Invalid, match="time of day"):
        reckon("dvpn-hearing", "2026-11-20")


def test_a_rank_is_refused_where_none_is_asked_for():
    with pytest.raises(Invalid, match="does not depend"):
        reckon("dvpn-hearing", "2026-11-20 10:00", authority=Authority.INSPECTOR)


def test_a_stalking_order_lasts_two_years_or_more():
    assert due("spo-end", "2026-06-01", amount=24) == "2028-06-01T00:00+01:00"
    with pytest.raises(Refused, match="24 months or more"):
        reckon("spo-end", "2026-06-01", amount=23)
    with pytest.raises(Invalid, match="at most"):
        reckon("spo-end", "2026-06-01", amount=100_000)


@pytest.mark.parametrize(
    ("offence", "due_at"),
    [
        ("2026-06-01", "2026-12-02T00:00+00:00"),
        ("2026-08-31", "2027-03-01T00:00+00:00"),
        ("2026-12-31", "2027-07-01T00:00+01:00"),
    ],
)
def test_six_months_after_an_offence_end_on_the_same_day_or_the_month_s_last(offence, due_at):
    """Dodds v Walker [1981] 1 WLR 1027."""
    assert due("summary-prosecution", offence) == due_at
    assert reckon("summary-prosecution", offence).doubtful == ()


def test_a_bank_holiday_proclaimed_since_moves_the_deadline():
    invented = Proclamation(date(2026, 11, 20), "Invented holiday")
    calendar = msgspec.structs.replace(NOTICE_AND_ORDER, proclamations=(*PROCLAMATIONS, invented))
    before = due("dvpn-hearing", "2026-11-19 09:00")
    after = due("dvpn-hearing", "2026-11-19 09:00", calendar=calendar)
    assert (before[:16], after[:16]) == ("2026-11-21T09:00", "2026-11-23T09:00")


def test_months_later_says_whether_the_day_exists():
    assert month_later(date(2026, 1, 31), 1) == (date(2026, 2, 28), False)
    assert month_later(date(2026, 1, 28), 1) == (date(2026, 2, 28), True)
    assert month_later(date(2026, 12, 1), 1) == (date(2027, 1, 1), True)


def test_every_clock_cites_a_section_and_has_a_calendar():
    for law in CLOCK_LAWS.values():
        sources = (law.source, *(tier.source for tier in law.tiers))
        assert all("Act" in source and "s." in source for source in sources), law.kind
        assert reckon_something(law.kind).calendar in (
            "notice-and-order", "court-bail", "every-day",
        )  # fmt: skip


def reckon_something(kind):
    amounts = {"dvpo-end": 20, "spo-end": 30}
    return reckon(kind, "2026-06-03 10:00", amount=amounts.get(kind))


def test_a_clock_is_met_to_the_minute_and_missed_a_minute_later():
    found = reckon("dvpo-breach-court", "2026-08-29 11:00")
    late = found.due_at + timedelta(minutes=1)
    assert clock_state(found, stopped_at=None, now=found.due_at) is ClockState.RUNNING
    assert clock_state(found, stopped_at=None, now=late) is ClockState.OVERDUE
    assert clock_state(found, stopped_at=found.due_at, now=late) is ClockState.MET
    assert clock_state(found, stopped_at=late, now=late) is ClockState.MISSED


def test_a_clock_met_on_the_later_reading_only_is_in_doubt():
    found = reckon("dvpn-hearing", "2026-12-24 20:00")
    between = found.due_at + timedelta(hours=1)
    assert clock_state(found, stopped_at=between, now=between) is ClockState.IN_DOUBT
