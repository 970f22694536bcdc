"""Six years of a service, written in bulk before the people of today are added by hand."""

from datetime import date, time
from random import Random
from typing import Final
from uuid import UUID

from app.demo.context import DemoContext
from app.demo.history import groups, orders, people, places, survivors
from app.demo.history.groups import Asked, add_group
from app.demo.history.orders import add_cautions, add_orders
from app.demo.history.people import Past, Referred, decide, refer
from app.demo.history.places import fill
from app.demo.history.rows import Rows, days
from app.demo.history.staff import FACILITATORS, add_colleagues
from app.demo.history.survivors import add_survivors
from app.demo.people import CARA, MANAGER
from programmes.catalogue.queries import programmes
from programmes.common.db import Side, fetch, fetch_value
from programmes.people.words import Sex
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus
from scheduling.calendars.rules import ClosedDays
from scheduling.cohorts.venue_commands import add_room, add_venue
from scheduling.sessions.planning_queries import closed_days
from scheduling.sessions.words import Weekday, WeeklySlot

_WEEKS_OF_GROUPS: Final = (325, 299, 280, 253, 234, 207, 188, 161, 142, 122, 103, 82, 63, 44, 26)
_WEEKS_OF_RUNNING: Final = (11, 5)
_WEEKS_OF_PAIRS: Final = (301, 262, 221, 182, 140, 99, 61, 30)
_WAITING: Final = 14
_NO_PLACE: Final = (
    (ReasonCode.NO_CHILDREN, 17), (ReasonCode.WOMAN, 9), (ReasonCode.FAMILY_MEMBER, 7),
    (ReasonCode.LANGUAGE, 8), (ReasonCode.NEEDS, 10), (ReasonCode.TIMES, 5),
    (ReasonCode.NO_ASSESSMENT, 14), (ReasonCode.CRITERIA, 6),
)  # fmt: skip
_WITHDRAWN: Final = 16
_LONG_AGO: Final = 2300


async def load(context: DemoContext) -> None:
    """Beside what the registers say, nothing of it waits for anybody."""
    await add_colleagues(context, Side.WORK)
    await add_colleagues(context, Side.SURVIVOR)
    async with context.acting("load-demo-history"):
        past = await _past(context)
        rooms, closures = await _rooms(context)
        harmed_by = _groups(past, rooms, closures, await _next_number())
        _without_a_place(past)
        await past.rows.write()
    async with context.acting("load-demo-history", Side.SURVIVOR):
        hers = Rows(survivors.TABLES)
        add_survivors(past, hers, harmed_by)
        await hers.write()


async def _past(context: DemoContext) -> Past:
    tables = (*people.TABLES, *groups.TABLES, *places.TABLES, *orders.TABLES)
    kinds = await fetch("SELECT DISTINCT ON (code) code, id FROM order_kind ORDER BY code, number")
    return Past(
        context=context,
        rows=Rows(tables),
        agencies={row["name"]: row["id"] for row in await fetch("SELECT id, name FROM agency")},
        kinds={row["code"]: row["id"] for row in kinds},
        programmes={one.code: one for one in await programmes()},
        chance=Random(11),  # noqa: S311 - invented, the same each time
    )


async def _rooms(context: DemoContext) -> tuple[tuple[UUID, ...], ClosedDays]:
    manager, at = context.accounts[MANAGER], context.ago(_LONG_AGO)
    venue_id = await add_venue("Fellgate Rooms", postcode_district="LS8", actor=manager, now=at)
    rooms = [
        await add_room(venue_id, name=name, seats=16, actor=manager, now=at)
        for name in ("Garden room", "Top room")
    ]
    return tuple(rooms), await closed_days(venue_id)


async def _next_number() -> int:
    number: int = await fetch_value("SELECT auth.next_number('cohort')")
    return number


def _groups(
    past: Past, rooms: tuple[UUID, ...], closures: ClosedDays, first_number: int
) -> list[Referred]:
    """In the order in which they began, so that their numbers rise."""
    monday = past.context.today - days(past.context.today.weekday())
    weeks = {**dict.fromkeys(_WEEKS_OF_PAIRS, "cara")}
    weeks |= dict.fromkeys((*_WEEKS_OF_GROUPS, *_WEEKS_OF_RUNNING), "caring-dads")
    found: list[Referred] = []
    for number, ago in enumerate(sorted(weeks, reverse=True)):
        code = weeks[ago]
        first_day = monday - days(7 * ago - (5 if code == "cara" else 1 + 2 * (number % 2)))
        asked = Asked(
            reference=str(first_number + number),
            programme=code,
            first_day=first_day,
            slot=_slot(first_day, code),
            room_id=rooms[number % 2],
            staff=(CARA,) if code == "cara" else _pair_of(number),
            places=8 + number % 4,
            closures=closures,
        )
        members = [one.of for one in fill(past, add_group(past, asked))]
        (add_cautions if code == "cara" else add_orders)(past, members)
        found += members
    return found


def _slot(first_day: date, code: str) -> WeeklySlot:
    return WeeklySlot(Weekday(first_day.weekday()), time(10 if code == "cara" else 18))


def _pair_of(number: int) -> tuple[str, ...]:
    return FACILITATORS[:2] if number % 2 else FACILITATORS[2:]


def _without_a_place(past: Past) -> None:
    """Refused, withdrawn, and waiting: each spread over the years, the waiting over the last."""
    for reason, count in _NO_PLACE:
        for turn in range(count):
            sex = Sex.FEMALE if reason is ReasonCode.WOMAN else Sex.MALE
            on = _spread(past, turn, count)
            one = refer(past, "caring-dads", on, status=ReferralStatus.NOT_SUITABLE, sex=sex)
            decide(past, one, "caring-dads", Outcome.NOT_SUITABLE, reason)
    for turn in range(_WITHDRAWN):
        on = _spread(past, turn, _WITHDRAWN)
        one = refer(past, "caring-dads", on, status=ReferralStatus.CLOSED)
        decide(past, one, "caring-dads", Outcome.CLOSED, ReasonCode.WITHDRAWN)
    for turn in range(_WAITING):
        on = past.context.today - days(24 + 9 * turn)
        one = refer(past, "caring-dads", on, status=ReferralStatus.WAITING)
        decide(past, one, "caring-dads", Outcome.SUITABLE)


def _spread(past: Past, turn: int, count: int) -> date:
    return past.context.today - days(40 + (turn * 2200 + past.chance.randrange(200)) // count)
