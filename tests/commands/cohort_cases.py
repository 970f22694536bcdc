"""What the tests of planning begin with: a venue with rooms of their own, and a request."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from programmes.common.db import fetch_value
from scheduling.cohorts.venue_commands import add_room, add_venue
from scheduling.sessions.planning_words import CohortRequest
from scheduling.sessions.words import Weekday, WeeklySlot
from tests.cast import Company

TUESDAY_AT_SIX = (WeeklySlot(Weekday.TUESDAY, time(18)),)


async def a_room(company: Company, *, seats: int = 20) -> UUID:
    """A room that no other test books."""
    now = company.clock.now()
    async with company.acting("manager") as manager:
        venue_id = await add_venue(
            f"Hall {uuid4()}", postcode_district="LS1", actor=manager, now=now
        )
        return await add_room(venue_id, name="Room A", seats=seats, actor=manager, now=now)


async def account_of(email: str) -> UUID:
    found: UUID = await fetch_value("SELECT id FROM auth.account WHERE email = $1", email)
    return found


def in_days(now: datetime, days: int) -> date:
    return now.date() + timedelta(days=days)


def a_request(
    now: datetime,
    room_id: UUID,
    *,
    programme: str = "caring-dads",
    facilitators: tuple[UUID, ...] = (),
    slots: tuple[WeeklySlot, ...] = TUESDAY_AT_SIX,
    sex: str | None = "male",
    from_days: int = 14,
) -> CohortRequest:
    return CohortRequest(
        programme=programme,
        first_day=in_days(now, from_days),
        slots=slots,
        room_id=room_id,
        facilitator_ids=facilitators,
        capacity=12,
        sex=sex,
    )
