"""Pairs of requests, one to each world, and which of them were answered differently.

`python -m tests.wall.pairs DIRECTORY LENGTH SECONDS SEED` asks in two worlds of its own and prints
what came of it as JSON, so that each core of a machine can ask another script.
"""

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
from msgspec import Struct

from app.running.endings import end_on_signals
from tests.wall.requests import asked_of_both, script, told_apart_by
from tests.wall.worlds import PROGRAMME_SIDE, World, Worlds, make_home, two_worlds

ROOT = Path(__file__).resolve().parents[2]


class Pairs(Struct, frozen=True):
    """The requests that were answered differently, and every status that came back."""

    different: list[str]
    statuses: list[int]


async def browsers(stack: AsyncExitStack, world: World) -> dict[str, httpx.AsyncClient]:
    return {
        email: await stack.enter_async_context(await world.cast.as_(email))
        for email in PROGRAMME_SIDE
    }


async def asked_in_pairs(worlds: Worlds, *, length: int, seconds: float, seed: int) -> Pairs:
    found = Pairs([], [])
    until = time.monotonic() + seconds
    async with AsyncExitStack() as stack:
        first = await browsers(stack, worlds.plain)
        second = await browsers(stack, worlds.planted)
        for one in script(worlds.plain, PROGRAMME_SIDE, length=length, seed=seed):
            if time.monotonic() > until:
                break
            answers = await asked_of_both(first[one.email], second[one.email], one)
            found.statuses.append(answers[0].status_code)
            told = [repr(told_apart_by(one, answer)) for answer in answers]
            if told[0] != told[1]:
                found.different.append(f"{one.email} {one.method} {one.path}: {_where(*told)}")
    return found


def _where(first: str, second: str) -> str:
    at = next((n for n, one in enumerate(first) if second[n : n + 1] != one), len(first))
    return f"{first[max(at - 120, 0) : at + 120]!r} against {second[max(at - 120, 0) : at + 120]!r}"


async def asked_elsewhere(directory: Path, *, length: int, seconds: float, seed: int) -> Pairs:
    """The same by a process of its own, which ends with this one."""
    asking = [sys.executable, "-m", "tests.wall.pairs", directory, length, seconds, seed]
    process = await asyncio.create_subprocess_exec(
        *map(str, asking), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    assert process.returncode == 0
    return Pairs(**json.loads(said))


async def _in_own_worlds(directory: Path, *, length: int, seconds: float, seed: int) -> Pairs:
    async with two_worlds(directory) as worlds:
        return await asked_in_pairs(worlds, length=length, seconds=seconds, seed=seed)


def main(directory: str, length: str, seconds: str, seed: str) -> None:
    end_on_signals()
    make_home(Path(directory))
    asking = _in_own_worlds(
        Path(directory), length=int(length), seconds=float(seconds), seed=int(seed)
    )
    found = asyncio.run(asking)
    print(json.dumps({"different": found.different, "statuses": found.statuses}))


if __name__ == "__main__":
    main(*sys.argv[1:])
