"""Which days a reckoning leaves out, against lists made by others."""

from datetime import date, timedelta

import holidays
import msgspec
import pytest

from programmes.common.working_days import (
    CALENDARS,
    COURT_BAIL,
    EVERY_DAY,
    NOTICE_AND_ORDER,
    PROCLAMATIONS,
    Proclamation,
    bank_holidays,
    boxing_day_in_doubt,
    easter_sunday,
    good_friday,
    is_doubtful,
    is_left_out,
    why_left_out,
)
from tests.rules.days_by_hand import BANK_HOLIDAYS, GOOD_FRIDAYS, bank_holidays_of


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_bank_holidays_are_those_of_the_published_list(year):
    assert set(bank_holidays(year)) == bank_holidays_of(year)


@pytest.mark.parametrize("friday", GOOD_FRIDAYS)
def test_good_friday_is_computed(friday):
    assert good_friday(friday.year) == friday


def test_easter_is_right_at_its_earliest_and_latest():
    assert easter_sunday(2038) == date(2038, 4, 25)
    assert easter_sunday(2285) == date(2285, 3, 22)
    assert easter_sunday(1981) == date(1981, 4, 19)


@pytest.mark.parametrize("year", range(2010, 2061))
def test_the_holidays_package_agrees_but_for_weekends(year):
    """It also lists 1 January and 26 December where a substitute stands in for them."""
    package = {
        day
        for day in holidays.country_holidays("GB", subdiv="ENG", years=year)
        if day not in (date(year, 12, 25), good_friday(year))
    }
    only_there = package - set(bank_holidays(year))
    assert set(bank_holidays(year)) <= package
    assert all((day.month, day.day) in ((1, 1), (12, 26)) for day in only_there)
    assert all(day.weekday() >= 5 for day in only_there)


@pytest.mark.parametrize(
    ("day", "notice", "bail"),
    [
        (date(2026, 11, 22), "Sunday", "Sunday"),
        (date(2026, 12, 25), "Christmas Day", "Christmas Day"),
        (date(2027, 12, 25), "Christmas Day", "Christmas Day"),
        (date(2026, 4, 3), "Good Friday", "Good Friday"),
        (date(2026, 8, 31), "Summer bank holiday", None),
        (date(2027, 12, 27), "Christmas Day (substitute)", None),
        (date(2028, 1, 1), None, None),
        (date(2026, 12, 26), None, None),
        (date(2026, 11, 21), None, None),
    ],
)
def test_the_two_calendars_differ_by_bank_holidays_alone(day, notice, bail):
    assert why_left_out(day, NOTICE_AND_ORDER) == notice
    assert why_left_out(day, COURT_BAIL) == bail
    assert why_left_out(day, EVERY_DAY) is None


def test_26_december_is_doubtful_on_a_saturday_only():
    doubtful = [year for year in range(2010, 2041) if boxing_day_in_doubt(year)]
    assert doubtful == [2015, 2020, 2026, 2037]
    assert is_doubtful(date(2026, 12, 26), NOTICE_AND_ORDER)
    assert not is_doubtful(date(2026, 12, 26), COURT_BAIL)
    assert not is_doubtful(date(2027, 12, 26), NOTICE_AND_ORDER)


def test_a_new_proclamation_is_data():
    invented = Proclamation(date(2031, 6, 6), "Invented holiday")
    calendar = msgspec.structs.replace(NOTICE_AND_ORDER, proclamations=(*PROCLAMATIONS, invented))
    assert why_left_out(date(2031, 6, 6), calendar) == "Invented holiday"
    assert not is_left_out(date(2031, 6, 6), NOTICE_AND_ORDER)


def test_a_proclamation_may_settle_the_doubt():
    settled = Proclamation(date(2026, 12, 26), "Boxing Day")
    calendar = msgspec.structs.replace(NOTICE_AND_ORDER, proclamations=(*PROCLAMATIONS, settled))
    assert is_left_out(date(2026, 12, 26), calendar)
    assert not is_doubtful(date(2026, 12, 26), calendar)


def test_a_holiday_that_was_moved_counts_on_its_old_day():
    assert not is_left_out(date(2022, 5, 30), NOTICE_AND_ORDER)
    assert is_left_out(date(2022, 6, 2), NOTICE_AND_ORDER)
    assert is_left_out(date(2022, 9, 19), NOTICE_AND_ORDER)


def test_the_clocks_change_on_days_left_out():
    """So that hours counted on either calendar are never 23 or 25 a day."""
    for year in range(2024, 2031):
        for month in (3, 10):
            change = date(year, month, 31) - timedelta(days=date(year, month, 31).isoweekday() % 7)
            assert is_left_out(change, NOTICE_AND_ORDER)
            assert is_left_out(change, COURT_BAIL)


def test_every_calendar_cites_its_source():
    assert all(calendar.source for calendar in CALENDARS.values())
    assert set(CALENDARS) == {"notice-and-order", "court-bail", "every-day"}
