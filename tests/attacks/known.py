"""Ids of records that are there, by the name that addresses and fields have for them."""

import random
from uuid import UUID

from app.demo.accounts import CAST
from programmes.common.db import Side
from tests.cast import Cast
from tests.wall.worlds import NAMED_IN_ADDRESSES

OF_SURVIVORS = {
    "survivor_id": "survivor",
    "link_id": "link",
    "held_id": "held_elsewhere",
    "veto_id": "veto",
    "hold_id": "hold",
    "request_id": "notice_request",
}
TEXTS = {
    "programme": ("cara", "caring-dads"),
    "slug": ("missed-session",),
    "code": ("cara", "dvpo"),
    "kind": ("dvpo",),
}
A_FEW = 8


async def known_values(cast: Cast) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: list(values) for name, values in TEXTS.items()}
    work = {"person_id": "person", "agency_id": "agency", **NAMED_IN_ADDRESSES}
    for side, tables in ((Side.WORK, work), (Side.SURVIVOR, OF_SURVIVORS)):
        async with cast.owner(side) as owner:
            for name, table in tables.items():
                rows = await owner.fetch(f"SELECT id FROM {table} ORDER BY id LIMIT {A_FEW}")
                found[name] = [str(row["id"]) for row in rows]
    return {name: values for name, values in found.items() if values}


def one_of(known: dict[str, list[str]], name: str, source: random.Random) -> str | None:
    """Three times in four something that is there, where anything is."""
    values = known.get(name)
    return source.choice(values) if values and source.random() < 0.75 else None


async def everybody_signed_in(cast: Cast) -> None:
    for person in CAST:
        await cast.token(person.email)


NOBODY = UUID(int=7)
