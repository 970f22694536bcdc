"""Pairs of requests, one to each world, and which of them were answered differently.

`python -m tests.wall.pairs DIRECTORY LENGTH SECONDS SEED` asks in two worlds of its own and prints
what came of it as JSON, so that each core of a machine can ask another script.
"""

import asyncio
import gc
import json
import sys
import time
from pathlib import Path

import uvloop
from msgspec import Struct

from app.running.endings import end_on_signals
from app.web.guard import cookie_name
from tests.wall.asking import Asking
from tests.wall.requests import asked_of_both, script, told_apart_by
from tests.wall.worlds import PROGRAMME_SIDE, World, Worlds, make_home, two_worlds

ROOT = Path(__file__).resolve().parents[2]
AT_LEAST = 150
"""A slow machine asks as much as fits the time, but never less than this."""


class Pairs(Struct, frozen=True):
    """The requests that were answered differently, and every status that came back."""

    different: list[str]
    statuses: list[int]


async def browsers(world: World, emails: tuple[str, ...] = PROGRAMME_SIDE) -> dict[str, Asking]:
    name, cast = cookie_name(world.cast.databases.settings), world.cast
    return {email: Asking(cast.app, {name: (await cast.token(email)).text}) for email in emails}


async def asked_in_pairs(worlds: Worlds, *, length: int, seconds: float, seed: int) -> Pairs:
    found = Pairs([], [])
    until = time.monotonic() + seconds
    first, second = await browsers(worlds.plain), await browsers(worlds.planted)
    for one in script(worlds.plain, PROGRAMME_SIDE, length=length, seed=seed):
        if time.monotonic() > until and len(found.statuses) >= AT_LEAST:
            break
        answers = await asked_of_both(first[one.email], second[one.email], one)
        found.statuses.append(answers[0].status)
        told = [told_apart_by(one, answer) for answer in answers]
        if told[0] != told[1]:
            where = _where(*map(repr, told))
            found.different.append(f"{one.email} {one.method} {one.path}: {where}")
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
        # What is there by now stays for as long as this asks, and need not be looked through.
        gc.freeze()
        return await asked_in_pairs(worlds, length=length, seconds=seconds, seed=seed)


def main(directory: str, length: str, seconds: str, seed: str) -> None:
    end_on_signals()
    make_home(Path(directory))
    asking = _in_own_worlds(
        Path(directory), length=int(length), seconds=float(seconds), seed=int(seed)
    )
    found = uvloop.run(asking)
    print(json.dumps({"different": found.different, "statuses": found.statuses}))


if __name__ == "__main__":
    main(*sys.argv[1:])
