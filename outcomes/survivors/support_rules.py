"""Hand-over, offers, and what goes across as not offered. No clock, no I/O."""

from datetime import date, timedelta

NOT_YET = "This day has not come yet"
LONGEST_COVER = timedelta(days=92)
"""Cover for longer than three months is a hand-over (common practice)."""


def hand_over_faults(
    *, is_cover: bool, from_on: date, until_on: date | None, today: date
) -> dict[str, str]:
    """What is wrong with the days, by field. Cover needs a last day; a hand-over has none."""
    faults = {}
    if from_on < today:
        faults["from_on"] = "Choose today or a day to come"
    if is_cover and until_on is None:
        faults["until_on"] = "Enter the last day of the cover"
    elif is_cover and until_on is not None and until_on < from_on:
        faults["until_on"] = "The last day comes before the first"
    elif is_cover and until_on is not None and until_on - from_on > LONGEST_COVER:
        faults["until_on"] = "Cover for more than three months is a hand-over"
    return faults


def answer_faults(
    offered_on: date, answered_on: date | None, *, is_answered: bool, today: date
) -> dict[str, str]:
    """What is wrong with an offer's days, by field. An answer has its day, and no answer none."""
    faults = {}
    if offered_on > today:
        faults["offered_on"] = NOT_YET
    if is_answered and answered_on is None:
        faults["answered_on"] = "Enter the day they answered"
    elif not is_answered and answered_on is not None:
        faults["answered_on"] = "Leave this empty until they answer"
    elif answered_on is not None and not offered_on <= answered_on <= today:
        faults["answered_on"] = "The answer comes after the offer, and no later than today"
    return faults


def held_faults(made_on: date, review_on: date | None, *, today: date) -> dict[str, str]:
    faults = {}
    if made_on > today:
        faults["made_on"] = NOT_YET
    if review_on is not None and review_on < made_on:
        faults["review_on"] = "The review comes after the day it was made"
    return faults
