"""Hand-over, offers, and what goes across as not offered. No clock, no I/O."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from outcomes.survivors.support_words import DueVeto
from programmes.common.clock import LONDON

RENEWED_BEFORE = timedelta(days=7)
MOST_VETOES_A_DAY = 3
_SATURDAY = 5
_FIRST_MINUTE, _SPREAD_MINUTES, _LAST_MINUTE = 9 * 60, 5 * 60, 17 * 60
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


def is_hand_over_hour(now: datetime) -> bool:
    """Whether vetoes may cross now: in the hours at which managers note such things themselves.

    On working days, from a minute of the morning that differs from day to day; the rows bear
    the day alone, and so does their audit.
    """
    local = now.astimezone(LONDON)
    if local.weekday() >= _SATURDAY:
        return False
    digest = sha256(f"{local.date()}".encode()).digest()
    begins = _FIRST_MINUTE + int.from_bytes(digest[:4]) % _SPREAD_MINUTES
    return begins <= local.hour * 60 + local.minute < _LAST_MINUTE


def today_s_vetoes(due: Sequence[DueVeto], *, already: int) -> list[DueVeto]:
    """As many as may cross in one day: few, and one about a person, so that no burst shows.

    `already` crossed today. The longest waiting come first; the rest wait for the next day.
    """
    chosen: dict[UUID, DueVeto] = {}
    for one in due:
        if len(chosen) + already < MOST_VETOES_A_DAY:
            chosen.setdefault(one.person_id, one)
    return list(chosen.values())
