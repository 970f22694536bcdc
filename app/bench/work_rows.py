"""Invented people, referrals, orders and who they are assigned to, as lines that COPY reads."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from app.bench.sizes import A_CASELOAD, Size, draw, ids_of
from app.bench.world import World, first_name, last_name
from programmes.common.references import new_reference
from programmes.common.staff import Role
from programmes.people.rules import name_key

NOTHING = "\\N"
_RISKS = ("standard", "medium", "medium", "high", "very high")
_ORDERS = (("dvpo", 28), ("pre-charge-bail", 90), ("conditional-caution", 112))
_A_DAY = timedelta(days=1)
_OPEN_CASELOADS = 600


def officers(world: World) -> Iterator[str]:
    officer, facilitator = ids_of("officer"), ids_of("facilitator")
    since = _ten_years_ago(world)
    for number in range(world.size.officers):
        yield _account(officer(number), f"officer.{number}", Role.PROBATION, since)
    for number in range(facilitators_of(world.size)):
        yield _account(facilitator(number), f"facilitator.{number}", Role.FACILITATOR, since)


def facilitators_of(size: Size) -> int:
    """Two for each room, every evening of the week."""
    return 2 * rooms_of(size)


def rooms_of(size: Size) -> int:
    return size.lanes // 5


def _account(account_id: str, name: str, role: Role, since: date) -> str:
    return f"{account_id}\t{name}@bench.invalid\t{name}\t{role}\tt\t{since}\t1"


def people(world: World) -> Iterator[str]:
    person = ids_of("person")
    for number in range(world.size.people):
        first, last = first_name(number), last_name(number)
        born = f"{1960 + draw(number, 45, of=4)}-{1 + draw(number, 12, of=5)}-14"
        reference = reference_of("P", "person", number)
        yield (
            f"{person(number)}\t{reference}\t{first}\t{last}\t{name_key(first, last)}\t{born}\t"
            f"male\tWhite British\tEnglish\tf\tLS{1 + draw(number, 28, of=6)}\t"
            f"{_received_on(world, number)}\t1"
        )


def reference_of(letter: str, kind: str, number: int) -> str:
    return new_reference(letter, UUID(ids_of(kind)(number)))


def children(world: World) -> Iterator[str]:
    child = ids_of("child")
    for number in range(0, world.size.people, 2):
        yield f"{child(number)}\t{2010 + draw(number, 15, of=7)}\tmother"


def whose_children(world: World) -> Iterator[str]:
    row, person, child = ids_of("person-child"), ids_of("person"), ids_of("child")
    for number in range(0, world.size.people, 2):
        yield f"{row(number)}\t{person(number)}\t{child(number)}"


def assignments(world: World) -> Iterator[str]:
    """Fifty open ones an officer; whoever is through was somebody's until he finished."""
    row, person, officer = ids_of("assignment"), ids_of("person"), ids_of("officer")
    open_ones = _OPEN_CASELOADS * world.size.times
    for number in range(world.size.people):
        rank, since = world.rank(number), _received_on(world, number)
        if rank < open_ones:
            whose, until = rank // A_CASELOAD, NOTHING
        else:
            whose = rank % world.size.officers
            until = str(min(since + 200 * _A_DAY, world.today - _A_DAY))
        yield f"{row(number)}\t{person(number)}\t{officer(whose)}\t{since}\t{until}"


def referrals(world: World) -> Iterator[str]:
    """One each: with a place, waiting, or not suitable."""
    row, person, officer = ids_of("referral"), ids_of("person"), ids_of("officer")
    standing = world.standing
    for number in range(world.size.people):
        agency = standing.agencies[draw(number, len(standing.agencies), of=8)]
        received = _received_on(world, number)
        yield (
            f"{row(number)}\t{reference_of('R', 'referral', number)}\t{person(number)}\t"
            f"{standing.programme_id}\t{agency}\t{received}\tcommunity order\t"
            f"{_RISKS[draw(number, 5, of=9)]}\tt\t{_status(world, number)}\t{received}\t"
            f"{officer(0)}\t1"
        )


def decisions(world: World) -> Iterator[str]:
    row, referral, person = ids_of("decision"), ids_of("referral"), ids_of("person")
    officer = ids_of("officer")(0)
    for number in range(world.size.people):
        status = _status(world, number)
        if status == "received":
            continue
        is_suitable = status != "not suitable"
        outcome = "suitable" if is_suitable else "not suitable"
        why = NOTHING if is_suitable else ("language", "distance", "times")[draw(number, 3, of=10)]
        on = _received_on(world, number) + 14 * _A_DAY
        yield (
            f"{row(number)}\t{referral(number)}\t{person(number)}\t{world.standing.version_id}\t"
            f"{outcome}\t{why}\t{on}\t{officer}\t{on}"
        )


def orders(world: World) -> Iterator[str]:
    """Every second person has one: in force for those who are in groups now."""
    row, person, officer = ids_of("order"), ids_of("person"), ids_of("officer")(0)
    for number in _with_orders(world):
        kind, days = _ORDERS[draw(number, 3, of=11)]
        made = _order_made_on(world, number)
        yield (
            f"{row(number)}\t{reference_of('O', 'order', number)}\t{person(number)}\t"
            f"{world.standing.order_kinds[kind]}\t{kind}\t{made}\t{made}\t{made + days * _A_DAY}\t"
            f"Invented court\tlive\t{made}\t{officer}\t1"
        )


def breaches(world: World) -> Iterator[str]:
    row, order, person = ids_of("breach"), ids_of("order"), ids_of("person")
    event, officer = ids_of("event"), ids_of("officer")(0)
    for number in _with_orders(world):
        if draw(number, 2, of=12):
            continue
        on = _order_made_on(world, number) + (3 + draw(number, 5, of=13)) * _A_DAY
        stage = ("alleged", "arrested", "before court", "admitted", "proved")[
            draw(number, 5, of=14)
        ]
        yield (
            f"{row(number)}\t{reference_of('B', 'breach', number)}\t{order(number)}\t"
            f"{person(number)}\t{event(number)}\t{on}\t{on}\t{stage}\t{on}\t{officer}\t1"
        )


def _with_orders(world: World) -> range:
    return range(0, world.size.people, 2)


def _order_made_on(world: World, person: int) -> date:
    if world.rank(person) < world.running_people:
        return world.today - (10 + draw(person, 15, of=15)) * _A_DAY
    return min(_received_on(world, person), world.today - 120 * _A_DAY)


def _status(world: World, person: int) -> str:
    if person < world.size.places:
        return "enrolled"
    return ("received", "waiting", "not suitable")[draw(person, 3, of=16)]


def _received_on(world: World, person: int) -> date:
    """Spread evenly over the ten years, in the order of the groups; the last ones wait yet."""
    if person >= world.size.places:
        return world.today - (20 + draw(person, 280, of=17)) * _A_DAY
    weeks_ago = 560 - 540 * person // world.size.places
    return world.today - timedelta(weeks=weeks_ago)


def _ten_years_ago(world: World) -> date:
    return world.today - timedelta(weeks=600)
