"""Days left out in 2024–2030, copied by hand from the published lists: no code of ours."""

from datetime import date

GOOD_FRIDAYS = (
    date(2024, 3, 29),
    date(2025, 4, 18),
    date(2026, 4, 3),
    date(2027, 3, 26),
    date(2028, 4, 14),
    date(2029, 3, 30),
    date(2030, 4, 19),
)

BANK_HOLIDAYS = {
    2024: ("01-01", "04-01", "05-06", "05-27", "08-26", "12-26"),
    2025: ("01-01", "04-21", "05-05", "05-26", "08-25", "12-26"),
    2026: ("01-01", "04-06", "05-04", "05-25", "08-31", "12-28"),
    2027: ("01-01", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2028: ("01-03", "04-17", "05-01", "05-29", "08-28", "12-26"),
    2029: ("01-01", "04-02", "05-07", "05-28", "08-27", "12-26"),
    2030: ("01-01", "04-22", "05-06", "05-27", "08-26", "12-26"),
}

DOUBTFUL = date(2026, 12, 26)


def bank_holidays_of(year: int) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for day in BANK_HOLIDAYS[year]}


ALL_BANK_HOLIDAYS = {day for year in BANK_HOLIDAYS for day in bank_holidays_of(year)}
