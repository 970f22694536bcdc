"""A time of day on a wall in London, also where the clocks showed it twice or never."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from app.forms.field import Choice, Typed, first_value
from app.forms.times import TimeOfDay
from app.present import long_date, wall_time
from programmes.common.clock import LONDON, london_date
from programmes.common.errors import Invalid
from programmes.common.wall_time import instant_of

_WHICH = re.compile(r"\s(first|second)$", re.IGNORECASE)


@dataclass(frozen=True)
class WallTime(TimeOfDay):
    """As a time of day, read as "01:30"; "first" or "second" may follow where it came twice."""

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> Any:
        text = first_value(typed, name)
        which = _WHICH.search(text)
        bare = {name: (_WHICH.sub("", text),)}
        at = super().read(bare, name, time, choices)
        return f"{at:%H:%M}" + (f" {which[1].lower()}" if which else "")

    def write(self, value: Any, name: str) -> dict[str, tuple[str, ...]]:
        clock, _, which = str(value).partition(" ")
        try:
            return {name: (f"{wall_time(time.fromisoformat(clock))} {which}".strip(),)}
        except ValueError:  # sent as JSON, and no time: `read` refuses it in words
            return {name: (str(value),)}


def instant(on: date | None, at: str | None, *, name: str, called: str) -> datetime | None:
    """The moment that a day and a time typed beside each other mean; None where both are empty.

    Raises Invalid on `name_on` or `name_time`, in words that can be followed on the same form.
    """
    if on is None and at is None:
        return None
    if on is None:
        raise Invalid({f"{name}_on": f"Enter the day of {called} as well"})
    if at is None:
        raise Invalid({f"{name}_time": f"Enter the time of {called} as well"})
    clock, _, which = at.partition(" ")
    wall = datetime.combine(on, time.fromisoformat(clock))
    try:
        return instant_of(wall, field=f"{name}_time")
    except Invalid:
        return _which_of_two(wall, which, f"{name}_time")


def typed_instant(at: datetime | None, *, name: str) -> dict[str, Any]:
    """The two values that a form shows for a stored moment."""
    if at is None:
        return {}
    return {f"{name}_on": london_date(at), f"{name}_time": f"{at.astimezone(LONDON):%H:%M}"}


def _which_of_two(wall: datetime, which: str, field: str) -> datetime:
    """Raises Invalid where the time never was, or was twice and nobody says which."""
    first, second = (wall.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    never_was = first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != wall
    shown, day = wall_time(wall.time()), long_date(wall.date())
    if never_was:
        raise Invalid(
            {
                field: f"There was no {shown} in London on {day}: the clocks went forward from "
                "1am to 2am. Enter the time that a right clock showed"
            }
        )
    if not which:
        raise Invalid(
            {
                field: f"{shown} came twice in London on {day}: the clocks went back. Add which: "
                f"“{shown} first” (summer time) or “{shown} second”"
            }
        )
    return (first if which == "first" else second).astimezone(UTC)
