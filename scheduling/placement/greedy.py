"""What a careful manager would do by hand, in several ways; the best is where the solver begins."""

import heapq
from collections.abc import Iterable

from scheduling.placement.rules import objective
from scheduling.placement.standing import Standing
from scheduling.placement.words import Instance, Placements

_ROUNDS_OF_POLISH = 4
_MANY_OPTIONS = 20_000


def best_greedy(instance: Instance) -> Placements:
    """The best of three orders, or of many options the quickest. It is the same each time."""
    many = sum(len(person.options) for person in instance.people) > _MANY_OPTIONS
    ways = (by_person,) if many else (by_value, by_person, by_cohort)
    found = [way(instance) for way in ways]
    return max(found, key=lambda placements: objective(instance, placements))


def by_value(instance: Instance) -> Placements:
    """The place of the highest value first, whoever's it is."""
    standing = Standing(instance)
    _place_in_order(
        standing,
        sorted(
            (-option.value, number, option.cohort)
            for number, person in enumerate(instance.people)
            for option in person.options
        ),
        [person.id for person in instance.people],
    )
    return _made_whole(standing)


def by_person(instance: Instance) -> Placements:
    """Person by person, the one with the most to gain first, each to their best place."""
    standing = Standing(instance)
    best = {
        person.id: max((option.value for option in person.options), default=0)
        for person in instance.people
    }
    for person_id in sorted(best, key=lambda person_id: -best[person_id]):
        _place_best(standing, person_id, standing.values[person_id])
    return _made_whole(standing)


def by_cohort(instance: Instance) -> Placements:
    """Cohort by cohort, the one whose best team of those still waiting is worth the most."""
    standing = Standing(instance)
    numbers = {cohort.id: number for number, cohort in enumerate(instance.cohorts)}
    queue = [(-_fill(standing, name, undo=True), number, name) for name, number in numbers.items()]
    heapq.heapify(queue)
    while queue:
        _, number, name = heapq.heappop(queue)
        worth = _fill(standing, name, undo=False)
        if worth <= 0 or (queue and -worth > queue[0][0]):
            _empty(standing, name)
            if worth > 0:
                heapq.heappush(queue, (-worth, number, name))
    return _made_whole(standing)


def _place_in_order(
    standing: Standing, order: Iterable[tuple[int, int, str]], ids: list[str]
) -> None:
    for _, number, cohort_id in order:
        person_id = ids[number]
        if (
            person_id not in standing.placed
            and standing.fits(person_id, cohort_id)
            and standing.gain(person_id, cohort_id) > 0
        ):
            standing.place(person_id, cohort_id)


def _place_best(standing: Standing, person_id: str, cohorts: Iterable[str]) -> bool:
    """To the cohort where the gain is highest, if any is above nothing."""
    best: tuple[int, str] | None = None
    for cohort_id in cohorts:
        gain = standing.gain(person_id, cohort_id)
        if gain > (best[0] if best else 0) and standing.fits(person_id, cohort_id):
            best = gain, cohort_id
    if best:
        standing.place(person_id, best[1])
    return best is not None


def _fill(standing: Standing, cohort_id: str, *, undo: bool) -> int:
    """Its best team of those still waiting; what that is worth, 0 where it cannot run."""
    waiting = [p for p in standing.eligible[cohort_id] if p not in standing.placed]
    waiting.sort(key=lambda person_id: -standing.gain(person_id, cohort_id))
    for person_id in waiting:
        if len(standing.members[cohort_id]) >= standing.cohorts[cohort_id].capacity:
            break
        needed = len(standing.members[cohort_id]) < standing.limits.smallest_cohort
        pays = needed or standing.gain(person_id, cohort_id) > 0
        if pays and standing.fits(person_id, cohort_id):
            standing.place(person_id, cohort_id)
    worth = standing.worth(cohort_id) if standing.runs(cohort_id) else 0
    if undo:
        _empty(standing, cohort_id)
    return worth


def _empty(standing: Standing, cohort_id: str) -> list[str]:
    freed = sorted(standing.members[cohort_id])
    for person_id in freed:
        standing.remove(person_id)
    return freed


def polished(instance: Instance, placements: Placements) -> Placements:
    """The same or better: nobody waits for whom there is room."""
    return _made_whole(Standing(instance, placements))


def _made_whole(standing: Standing) -> Placements:
    """Closes what cannot run or does not pay, then polishes; the smallest size holds at the end."""
    _close_losers(standing)
    for _ in range(_ROUNDS_OF_POLISH):
        changes = [_insert_all(standing), _move_all(standing), _swap_in_all(standing)]
        if not any(changes):
            break
    _close_losers(standing)
    return dict(standing.placed)


def _close_losers(standing: Standing) -> None:
    """The cohort that loses most first; its people go wherever else is open."""
    while losers := [name for name in standing.members if _loses(standing, name)]:
        worst = min(losers, key=lambda name: (standing.runs(name), standing.worth(name)))
        freed = _empty(standing, worst)
        for person_id in sorted(freed, key=lambda p: -max(standing.values[p].values())):
            _place_best(standing, person_id, _running_options(standing, person_id))


def _loses(standing: Standing, cohort_id: str) -> bool:
    if not standing.members[cohort_id]:
        return False
    return not standing.runs(cohort_id) or standing.worth(cohort_id) < 0


def _running_options(standing: Standing, person_id: str) -> list[str]:
    return [name for name in standing.values[person_id] if standing.members[name]]


def _insert_all(standing: Standing) -> bool:
    waiting = [person_id for person_id in standing.people if person_id not in standing.placed]
    placed = [_place_best(standing, p, _running_options(standing, p)) for p in waiting]
    return any(placed)


def _move_all(standing: Standing) -> bool:
    """Each person to a better place, where theirs can spare them."""
    moved = False
    for person_id, here in list(standing.placed.items()):
        if len(standing.members[here]) <= max(1, standing.limits.smallest_cohort):
            continue
        standing.remove(person_id)
        stays_for = standing.gain(person_id, here)
        better = [
            name
            for name in _running_options(standing, person_id)
            if standing.gain(person_id, name) > stays_for and standing.fits(person_id, name)
        ]
        best = max(better, key=lambda name: standing.gain(person_id, name), default=here)
        standing.place(person_id, best)
        moved = moved or best != here
    return moved


def _swap_in_all(standing: Standing) -> bool:
    """Somebody who waits instead of somebody placed, where the whole gains by it."""
    waiting = [person_id for person_id in standing.people if person_id not in standing.placed]
    waiting.sort(key=lambda person_id: -max(standing.values[person_id].values(), default=0))
    swapped = [_swap_in(standing, person_id) for person_id in waiting]
    return any(swapped)


def _swap_in(standing: Standing, person_id: str) -> bool:
    for cohort_id in _running_options(standing, person_id):
        value = standing.values[person_id][cohort_id]
        for other in sorted(standing.members[cohort_id]):
            if standing.values[other][cohort_id] >= value:
                continue
            before = standing.worth(cohort_id)
            standing.remove(other)
            if standing.fits(person_id, cohort_id):
                standing.place(person_id, cohort_id)
                if standing.worth(cohort_id) > before:
                    _place_best(standing, other, _running_options(standing, other))
                    return True
                standing.remove(person_id)
            standing.place(other, cohort_id)
    return False
