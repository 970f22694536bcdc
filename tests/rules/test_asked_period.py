"""How a period may be asked for, and what is none."""

from datetime import date

import pytest

from outcomes.reports.asked_rules import asked_period

SPRING = (date(2018, 3, 1), date(2018, 7, 1))
SUMMER = (date(2018, 7, 1), date(2018, 10, 1))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2018", (date(2018, 1, 1), date(2019, 1, 1))),
        *((text, SUMMER) for text in ("2018Q3", "2018q3", " 2018-Q3 ", "2018 Q3", "Q3 2018")),
        *(
            (text, SPRING)
            for text in (
                "2018-03-01 to 2018-06-30",
                "2018-03-01..2018-06-30",
                "1 March 2018 to 30 June 2018",
                "1 mar 2018 until 30 jun 2018",
                "01/03/2018 – 30/06/2018",
            )
        ),
    ],
)
def test_a_period_as_people_write_it(text: str, days: tuple[date, date]) -> None:
    found = asked_period(text)
    assert found is not None
    assert (found.days.from_on, found.days.until_on) == days
    again = asked_period(found.code)
    assert again == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1066",
        "2018Q5",
        "2016-2018",
        "2018-06-30 to 2018-03-01",
        "2018-02-30 to 2018-03-01",
        "31 June 2018 to 1 July 2018",
        "2001-01-01 to 2031-01-01",
        "last year",
        "2018-03-01",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert asked_period(text) is None
