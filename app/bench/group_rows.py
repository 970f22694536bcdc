"""Invented venues, groups, sessions, registers and marks, as lines that COPY reads."""

from collections.abc import Iterator

from app.bench.sizes import draw, ids_of
from app.bench.work_rows import NOTHING, rooms_of
from app.bench.world import Group, World

_ROOMS_A_VENUE = 2
_OF_A_HUNDRED_ATTEND = 80
_OF_A_HUNDRED_LATE = 6


def venues(world: World) -> Iterator[str]:
    venue = ids_of("venue")
    for number in range(-(-rooms_of(world.size) // _ROOMS_A_VENUE)):
        yield f"{venue(number)}\tInvented House {number + 1}\tLS{1 + number % 28}"


def rooms(world: World) -> Iterator[str]:
    room, venue = ids_of("room"), ids_of("venue")
    for number in range(rooms_of(world.size)):
        of = venue(number // _ROOMS_A_VENUE)
        yield f"{room(number)}\t{of}\tRoom {number + 1}\t16\t{number + 1}"


def cohorts(world: World) -> Iterator[str]:
    cohort, room, standing = ids_of("cohort"), ids_of("room"), world.standing
    for group in world.groups():
        days = [day for *_, day in world.days_of(group)]
        status = "running" if group.is_running else "finished"
        yield (
            f"{cohort(group.number)}\t{group.number + 1}\t{standing.programme_id}\t"
            f"{standing.version_id}\t{room(_room(group))}\t12\tmale\t{status}\t{days[0]}\t"
            f"{days[-1]}\t{group.first_on}\t1"
        )


def staff(world: World) -> Iterator[str]:
    row, cohort, facilitator = ids_of("cohort-staff"), ids_of("cohort"), ids_of("facilitator")
    for group in world.groups():
        for place in (0, 1):
            who = 2 * _room(group) + place
            last = max(day for *_, day in world.days_of(group))
            until = NOTHING if group.is_running else last
            yield (
                f"{row(2 * group.number + place)}\t{cohort(group.number)}\t{facilitator(who)}\t"
                f"facilitator\t{group.first_on}\t{until}"
            )


def sessions(world: World) -> Iterator[str]:
    session, cohort, room = ids_of("session"), ids_of("cohort"), ids_of("room")
    facilitator = ids_of("facilitator")
    for group in world.groups():
        of, where = cohort(group.number), room(_room(group))
        who = f'["{facilitator(2 * _room(group))}","{facilitator(2 * _room(group) + 1)}"]'
        for number, module, kind, day in world.days_of(group):
            yield (
                f"{session(_session(world, group, number))}\t{of}\t{number}\t{module}\t{kind}\t"
                f"{world.begins[day]}\t{world.ends[day]}\t{where}\tplanned\t{who}\t[]\t1"
            )


def bookings(world: World) -> Iterator[str]:
    """The room and both facilitators of every session that is still to come."""
    row, session, cohort = ids_of("booking"), ids_of("session"), ids_of("cohort")
    room, facilitator = ids_of("room"), ids_of("facilitator")
    for group in _running(world):
        where = _room(group)
        whats = (
            ("room", room(where)),
            ("staff", facilitator(2 * where)),
            ("staff", facilitator(2 * where + 1)),
        )
        for number, _, _, day in world.days_of(group):
            if day < world.today:
                continue
            position = _session(world, group, number)
            for place, (kind, what) in enumerate(whats):
                yield (
                    f"{row(3 * position + place)}\t{session(position)}\t{cohort(group.number)}\t"
                    f"{kind}\t{what}\t{world.begins[day]}\t{world.ends[day]}"
                )


def registers(world: World) -> Iterator[str]:
    """Signed off the same evening, but for the latest of each group that runs."""
    row, session, cohort = ids_of("register"), ids_of("session"), ids_of("cohort")
    facilitator = ids_of("facilitator")
    for group in world.groups():
        by, last = facilitator(2 * _room(group)), _latest_held(world, group)
        for number, _, _, day in world.days_of(group):
            if day >= world.today:
                break
            position = _session(world, group, number)
            is_open = group.is_running and number == last
            signed = f"{NOTHING}\t{NOTHING}" if is_open else f"{world.ends[day]}\t{by}"
            yield (
                f"{row(position)}\t{session(position)}\t{cohort(group.number)}\t"
                f"{world.begins[day]}\t{signed}\t1"
            )


def enrolments(world: World) -> Iterator[str]:
    row, person, referral = ids_of("enrolment"), ids_of("person"), ids_of("referral")
    cohort, standing = ids_of("cohort"), world.standing
    for group in world.groups():
        of, last = cohort(group.number), max(day for *_, day in world.days_of(group))
        for place in group.places:
            ended = f"enrolled\t{group.first_on}\t{NOTHING}\t{NOTHING}"
            if not group.is_running:
                how = f"ended\t{group.first_on}\t{last}\tstopped attending"
                is_complete = draw(place, 100, of=20) < _OF_A_HUNDRED_ATTEND
                ended = f"completed\t{group.first_on}\t{last}\t{NOTHING}" if is_complete else how
            yield (
                f"{row(place)}\t{person(place)}\t{referral(place)}\t{of}\t"
                f"{standing.programme_id}\t{standing.version_id}\t{ended}\t{group.first_on}\t1"
            )


def marks(world: World) -> Iterator[str]:
    row, session, enrolment = ids_of("mark"), ids_of("session"), ids_of("enrolment")
    cohort, person, facilitator = ids_of("cohort"), ids_of("person"), ids_of("facilitator")
    for group in world.groups():
        of, by, last = (
            cohort(group.number),
            facilitator(2 * _room(group)),
            _latest_held(world, group),
        )
        for number, _, _, day in world.days_of(group):
            if day >= world.today:
                break
            held, of_session = world.begins[day], session(_session(world, group, number))
            signed = NOTHING if group.is_running and number == last else world.ends[day]
            for place in group.places:
                yield (
                    f"{row(mark_number(place, number))}\t{of_session}\t{enrolment(place)}\t{of}\t"
                    f"{person(place)}\t{_code(place, number)}\t1\tt\t{held}\t{world.ends[day]}\t"
                    f"{by}\t{signed}"
                )


def acceptability(world: World) -> Iterator[str]:
    """Four of five absences are judged."""
    row, mark, person = ids_of("acceptability"), ids_of("mark"), ids_of("person")
    officer = ids_of("officer")(0)
    for group in world.groups():
        for number, _, _, day in world.days_of(group):
            if day >= world.today:
                break
            for place in group.places:
                key = mark_number(place, number)
                if _code(place, number).startswith("absent") and draw(key, 5, of=21):
                    verdict = "acceptable" if draw(key, 2, of=22) else "not acceptable"
                    yield (
                        f"{row(key)}\t{mark(key)}\t{person(place)}\t{verdict}\t1\tt\t"
                        f"{world.ends[day]}\t{officer}"
                    )


def mark_number(place: int, session: int) -> int:
    return 32 * place + session


def _code(place: int, session: int) -> str:
    """Code, whether he was there, and minutes: who drops out attends less and less."""
    fell = draw(mark_number(place, session), 100, of=23)
    drops_out = draw(place, 100, of=20) >= _OF_A_HUNDRED_ATTEND
    attends = _OF_A_HUNDRED_ATTEND - (5 * session if drops_out else 0)
    if fell < attends:
        return f"attended\tt\t{NOTHING}"
    return "late\tt\t10" if fell < attends + _OF_A_HUNDRED_LATE else f"absent\tf\t{NOTHING}"


def _running(world: World) -> Iterator[Group]:
    return (group for group in world.groups() if group.is_running)


def _latest_held(world: World, group: Group) -> int:
    return max(number for number, _, _, day in world.days_of(group) if day < world.today)


def _session(world: World, group: Group, number: int) -> int:
    return group.number * 32 + number


def _room(group: Group) -> int:
    return group.lane // 5
