"""Dates, clocks, rates and names are written one way."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from app import present
from outcomes.disclosure.words import Share
from outcomes.reports.rates import rate
from outcomes.reports.sentences import rate_in_words
from programmes.common.per_cent import per_cent

SUMMER_EVENING = datetime(2026, 7, 7, 17, 0, tzinfo=UTC)
WINTER_EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def test_a_date_is_written_with_its_weekday_without_leading_noughts():
    assert present.full_date(date(2026, 11, 4)) == "Wednesday 4 November 2026"
    assert present.short_date(date(2026, 11, 4)) == "4 Nov 2026"
    assert present.day_and_date(date(2026, 11, 4)) == "Wed 4 Nov"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(18, 0), "6:00pm"),
        (time(9, 5), "9:05am"),
        (time(0, 0), "midnight"),
        (time(12, 0), "midday"),
        (time(12, 30), "12:30pm"),
        (time(0, 15), "12:15am"),
        (SUMMER_EVENING, "6:00pm"),
        (WINTER_EVENING, "6:00pm"),
    ],
)
def test_a_time_is_written_as_people_say_it_in_london(at, words):
    assert present.wall_time(at) == words


def test_an_instant_late_in_a_summer_evening_belongs_to_the_london_day():
    at = datetime(2026, 7, 7, 23, 30, tzinfo=UTC)
    assert present.date_and_time(at) == "12:30am on Wednesday 8 July 2026"


def test_a_deadline_at_midnight_is_the_end_of_the_day_before():
    at = datetime(2026, 9, 1, 23, 0, tzinfo=UTC)
    assert present.deadline(at) == "by the end of Tuesday 1 September 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (3, "in 3 days"),
        (-12, "12 days ago"),
    ],
)
def test_a_day_is_told_from_today(days, words):
    assert present.days_from_today(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2026, 11, 22), "ends today"),
        (date(2026, 11, 23), "1 day left"),
        (date(2026, 11, 21), "ended yesterday"),
        (date(2026, 11, 19), "ended 3 days ago"),
    ],
)
def test_the_last_day_of_an_order_counts(last_day, words):
    assert present.days_left(last_day, TODAY) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (51, "2 days 3 hours left"),
        (48, "2 days left"),
        (24.01, "1 day left"),
        (0.65, "39 minutes left"),
        (0, "less than a minute left"),
        (-1.5, "1 hour 30 minutes overdue"),
    ],
)
def test_a_clock_is_told_in_its_two_largest_units(hours, words):
    until = WINTER_EVENING + timedelta(hours=hours)
    assert present.remaining(until, WINTER_EVENING) == words


def test_a_rate_has_its_denominator_beside_it():
    assert present.rate(39, 90, of="starters") == "39 of 90 starters (43%)"
    assert present.rate(0, 0) == "0 of 0"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 12, "0%"), (12, 12, "100%"), (1, 1000, "1%"), (999, 1000, "99%"), (1, 8, "13%")],
)
def test_a_percentage_says_none_or_all_only_where_it_is_so(part, whole, words):
    assert present.percentage(part, whole) == words


def test_a_span_names_month_and_year_once():
    assert present.date_span(date(2026, 6, 1), date(2026, 6, 28)) == "1 to 28 June 2026"
    assert present.date_span(date(2026, 6, 1), date(2026, 6, 1)) == "1 June 2026"
    assert present.date_span(date(2026, 6, 1), date(2026, 7, 2)) == "1 June to 2 July 2026"
    assert (
        present.date_span(date(2026, 12, 1), date(2027, 1, 2))
        == "1 December 2026 to 2 January 2027"
    )


def test_money_shows_pence_only_where_there_are_some():
    assert present.money(150_000) == "£150,000"
    assert present.money(Decimal("3846.15")) == "£3,846.15"


def test_names_lists_and_counts_read_as_english():
    assert present.listed_name("Zoë", "Ní Bhriain") == "Ní Bhriain, Zoë"
    assert present.listed_name("", "Suharto") == "Suharto"
    assert present.listed(["a", "b", "c"]) == "a, b and c"
    assert present.count(1, "person", "people") == "1 person"
    assert present.count(1204, "person", "people") == "1,204 people"
    assert present.mid_sentence("Missed on") == "missed on"
    assert present.mid_sentence("DVPO ends") == "DVPO ends"
    assert present.mid_sentence("I rang") == "I rang"
    assert present.sentence("end of DAPO") == "End of DAPO"


def test_a_share_is_written_in_one_way_wherever_it_stands() -> None:
    """As the Office for National Statistics writes it: no space before the sign."""
    assert per_cent(0.818) == "81.8%"
    assert present.percentage(88, 100) == Share(88, 80, 93).text == "88%"
    assert rate_in_words(rate(13, 49)) == "13 of 49, 26.5% (16.2–40.3)"
