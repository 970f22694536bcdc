"""Wall time in London, with the hours that never were and the hours that came twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from programmes.common.errors import Invalid
from programmes.common.wall_time import end_of_day, instant_of, midnight, read_instant, read_moment


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-08-29 11:00", datetime(2026, 8, 29, 10, 0, tzinfo=UTC)),
        ("2026-08-29T11:00", datetime(2026, 8, 29, 10, 0, tzinfo=UTC)),
        (" 2026-11-29 11:00:59 ", datetime(2026, 11, 29, 11, 0, tzinfo=UTC)),
        ("2026-03-29 00:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29 02:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25 00:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25 02:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ("2026-10-25 01:30+01:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25 01:30+00:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-10-25T01:30Z", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2028-02-29 10:00", datetime(2028, 2, 29, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_wall_time_is_read_as_an_instant(text, instant):
    assert read_moment(text, field="from") == instant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-29 01:00", "no 01:00 in London on 29 March 2026"),
        ("2026-03-29 01:30", "no 01:30 in London on 29 March 2026"),
        ("2026-03-29 01:59", "no 01:59 in London"),
        ("2026-10-25 01:00", "01:00 came twice in London on 25 October 2026"),
        ("2026-10-25 01:30", "2026-10-25 01:30+01:00 for the first"),
        ("2026-10-25 01:59", "came twice"),
        ("2026-02-29 10:00", "There is no 2026-02-29"),
        ("2026-08-29 24:00", "There is no"),
        ("29/08/2026 11:00", "cannot be read"),
        ("2026-8-29 11:00", "cannot be read"),
        ("", "cannot be read"),
        ("yesterday", "cannot be read"),
        ("2009-12-31 10:00", "from 2010 to 2099"),
        ("2100-01-01 10:00", "from 2010 to 2099"),
        ("0001-01-01 00:00+14:00", "from 2010 to 2099"),
        ("9999-12-31 23:59-12:00", "from 2010 to 2099"),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field(text, words):
    with pytest.raises(Invalid) as refused:
        read_moment(text, field="served_at")
    assert list(refused.value.errors) == ["served_at"]
    assert words in refused.value.errors["served_at"]


def test_a_date_alone_is_a_date():
    assert read_moment("2026-08-29", field="from") == date(2026, 8, 29)
    assert not isinstance(read_moment("2026-08-29", field="from"), datetime)


def test_an_instant_needs_the_time_of_day():
    with pytest.raises(Invalid, match="time of day"):
        read_instant("2026-08-29", field="from")
    assert read_instant("2026-08-29 00:00", field="from") == midnight(date(2026, 8, 29))


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)],
)
def test_a_day_ends_where_the_next_begins(day, hours):
    assert end_of_day(day) - midnight(day) == timedelta(hours=hours)


def test_one_hour_of_each_clock_change_is_refused_and_no_other_minute():
    refused = 0
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26)):
        for minute in range(1440):
            wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
            try:
                instant_of(wall, field="at")
            except Invalid:
                refused += 1
    assert refused == 120
