"""Invented survivors: one for every second person, each under a data key of her own."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from app.bench.sizes import Size, draw, ids_of
from app.bench.work_rows import reference_of
from app.bench.world import World
from app.safekeeping.sealing import SurvivorSealing
from outcomes.survivors.questionnaires import questionnaire_on

_EVERY = 2
_SURVIVORS_A_WORKER = 60
_ANSWERED = (("start", 30), ("end", 150))


def survivors_of(size: Size) -> range:
    return range(0, size.people, _EVERY)


def workers_of(size: Size) -> int:
    return max(1, len(survivors_of(size)) // (_SURVIVORS_A_WORKER * 10))


def workers(world: World) -> Iterator[str]:
    worker, since = ids_of("worker"), world.today - timedelta(weeks=600)
    for number in range(workers_of(world.size)):
        name = f"survivor.worker.{number}"
        yield f"{worker(number)}\t{name}@bench.invalid\t{name}\tsurvivor-worker\tt\t{since}\t1"


def data_keys(world: World, sealing: SurvivorSealing) -> Iterator[str]:
    """Her name is not sealed: the keys are real, and differ from home to home."""
    key = ids_of("data-key")
    for number in survivors_of(world.size):
        _, wrapped = sealing.new_data_key(UUID(key(number)))
        yield f"{key(number)}\t\\\\x{wrapped.hex()}\t{sealing.key_name}"


def survivors(world: World) -> Iterator[str]:
    row, key = ids_of("survivor"), ids_of("data-key")
    for number in survivors_of(world.size):
        reference = reference_of("S", "survivor", number)
        yield f"{row(number)}\t{reference}\t{key(number)}\t{world.today - timedelta(days=400)}\t1"


def assignments(world: World) -> Iterator[str]:
    row, survivor, worker = ids_of("worker-assignment"), ids_of("survivor"), ids_of("worker")
    for number in survivors_of(world.size):
        who = worker(number // _EVERY % workers_of(world.size))
        since = world.today - timedelta(days=400)
        yield f"{row(number)}\t{survivor(number)}\t{who}\tsupport\t{since}"


def links(world: World) -> Iterator[str]:
    row, survivor, person = ids_of("link"), ids_of("survivor"), ids_of("person")
    for number in survivors_of(world.size):
        linked = world.today - timedelta(days=400)
        yield f"{row(number)}\t{survivor(number)}\t{person(number)}\tpartner\t{linked}"


def consents(world: World) -> Iterator[str]:
    row, survivor, worker = ids_of("consent"), ids_of("survivor"), ids_of("worker")(0)
    for number in survivors_of(world.size):
        given, on = "t" if draw(number, 4, of=31) else "f", world.today - timedelta(days=395)
        yield f"{row(number)}\t{survivor(number)}\toutcome questions\t{given}\t{on}\t{on}\t{worker}"


def check_ins(world: World) -> Iterator[str]:
    row, survivor, link = ids_of("check-in"), ids_of("survivor"), ids_of("link")
    worker, questionnaire = ids_of("worker")(0), questionnaire_on(world.today).code
    for number in survivors_of(world.size):
        for place, (when, days) in enumerate(_ANSWERED):
            if draw(number, 10, of=32 + place) < 4 + 2 * place:
                continue
            on = world.today - timedelta(days=395 - days)
            yield (
                f"{row(4 * number + place)}\t{survivor(number)}\t{link(number)}\t{when}\t{on}\t"
                f"{questionnaire}\tsurvivor\tno\tf\t{on}\t{worker}"
            )
