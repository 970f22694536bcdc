"""What the invented rows are made of: names, the calendar of the groups, what stands already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from app.bench.sizes import (
    GROUPS_IN_A_LANE,
    PLACES,
    PLACES_OF_A_RUNNING_GROUP,
    WEEKS_A_GROUP,
    Size,
    draw,
)
from programmes.common.clock import LONDON

_WEEK: Final = timedelta(weeks=1)
_EVENINGS: Final = 5
_MOST_WEEKS_AGO: Final = 15


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STARTS = _words("""Ash Barn Beck Birk Brad Cald Carl Dews Ell Farn Gar Hal Holm Hud Ing Kirk
    Lang Mor Nether Otter Pud Raw Scar Stan""")
_ENDS = _words("bank bridge by combe croft den field ford gate ham hurst ley mond shaw ton worth")
_FIRST_NAMES = _words("""Aaron Adil Alan Amir Andrew Ben Callum Carl Chidi Connor Craig Daniel
    Darren Dean Emeka Gareth Gary Hassan Ian Imran Jake Jamie Jason Joel Josh Karl Kieran Lee Liam
    Mark Martin Nathan Neil Omar Paul Piotr Ryan Scott Sean Tomasz""")


@dataclass(frozen=True)
class Standing:
    """What `migrate` has planted and the invented rows refer to, by its code."""

    programme_id: str
    version_id: str
    agencies: tuple[str, ...]
    order_kinds: Mapping[str, str]
    series: tuple[tuple[int, str, str], ...]
    minutes: int


@dataclass(frozen=True)
class Group:
    """One group by its number: its lane, when it began, and the numbers of its places."""

    number: int
    lane: int
    first_on: date
    is_running: bool
    places: range


@dataclass(frozen=True)
class World:
    """A service of this size, ten years old on `today`."""

    size: Size
    today: date
    standing: Standing

    def groups(self) -> Iterator[Group]:
        """In the order in which they began, lane by lane."""
        monday = self.today - timedelta(days=self.today.weekday())
        first_place = 0
        for number in range(self.size.groups):
            turn, lane = divmod(number, self.size.lanes)
            is_running = turn == GROUPS_IN_A_LANE - 1
            weeks_ago = (GROUPS_IN_A_LANE - 1 - turn) * WEEKS_A_GROUP + lane % _MOST_WEEKS_AGO + 1
            first_on = monday - weeks_ago * _WEEK + timedelta(days=lane % _EVENINGS)
            count = PLACES_OF_A_RUNNING_GROUP if is_running else PLACES
            yield Group(number, lane, first_on, is_running, range(first_place, first_place + count))
            first_place += count

    def days_of(self, group: Group) -> Iterator[tuple[int, str, str, date]]:
        """Number, module, kind and day of each of its sessions."""
        for week, (number, module, kind) in enumerate(self.standing.series):
            yield number, module, kind, group.first_on + week * _WEEK

    @cached_property
    def begins(self) -> Mapping[date, str]:
        return _Instants(time(18))

    @cached_property
    def ends(self) -> Mapping[date, str]:
        whole = datetime.combine(self.today, time(18)) + timedelta(minutes=self.standing.minutes)
        return _Instants(whole.time())

    @cached_property
    def running_people(self) -> int:
        return self.size.lanes * PLACES_OF_A_RUNNING_GROUP

    def rank(self, person: int) -> int:
        """0 for whoever an officer works with first: those in groups now, those without a place."""
        back = self.size.people - 1 - person
        unplaced = self.size.people - self.size.places
        if back < unplaced:
            return self.running_people + back
        if back < unplaced + self.running_people:
            return back - unplaced
        return back


class _Instants(dict[date, str]):
    """A day's instant at one London time, as PostgreSQL reads it; each worked out once."""

    def __init__(self, at: time) -> None:
        super().__init__()
        self._at = at

    def __missing__(self, day: date) -> str:
        text = datetime.combine(day, self._at, LONDON).isoformat(" ")
        self[day] = text
        return text


def first_name(person: int) -> str:
    return _FIRST_NAMES[draw(person, len(_FIRST_NAMES), of=1)]


def last_name(person: int) -> str:
    start = _STARTS[draw(person, len(_STARTS), of=2)]
    return start + _ENDS[draw(person, len(_ENDS), of=3)]
