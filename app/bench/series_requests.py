"""Groups to plan, one after another, none in another's way."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from app.bench.seeding import PROGRAMME
from app.bench.sizes import id_of
from scheduling.sessions.planning_words import CohortRequest
from scheduling.sessions.words import Weekday, WeeklySlot

_HOURS = (9, 11, 13, 15, 20)
_WEEKS_APART = 20


def requests(from_on: date) -> Iterator[CohortRequest]:
    """One after another, none in another's way: the rooms of Leeds, every day, five times a day."""
    turn = 0
    while True:
        first_day = from_on + timedelta(weeks=_WEEKS_APART * turn)
        for room in (0, 1):
            for weekday in Weekday:
                for hour in _HOURS:
                    yield _request(first_day, room, WeeklySlot(weekday, time(hour)))
        turn += 1


def _request(first_day: date, room: int, slot: WeeklySlot) -> CohortRequest:
    return CohortRequest(
        programme=PROGRAMME,
        first_day=first_day,
        slots=(slot,),
        room_id=id_of("room", room),
        facilitator_ids=(id_of("facilitator", 2 * room), id_of("facilitator", 2 * room + 1)),
        capacity=12,
        sex="male",
    )
