"""The kinds of instrument with every dated version of their law, as the database holds them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from programmes.common.db import fetch
from programmes.common.errors import Refused
from programmes.orders.instruments import kind_in_force
from programmes.orders.words import KindCode, KindVersion


class StoredKind(msgspec.Struct, frozen=True):
    """One version of one kind's law, and the id that orders point at."""

    id: UUID
    law: KindVersion


async def order_kinds() -> list[StoredKind]:
    rows = await fetch("SELECT id, law FROM order_kind ORDER BY code, area, number")
    return [StoredKind(row["id"], msgspec.convert(row["law"], KindVersion)) for row in rows]


def kind_for(kinds: Iterable[StoredKind], code: KindCode, *, area: str, on: date) -> StoredKind:
    """The version in force there and then. Raises Refused where none was."""
    listed = list(kinds)
    law = kind_in_force([kind.law for kind in listed], code, area=area, on=on)
    return next(kind for kind in listed if kind.law == law)


def kind_for_history(
    kinds: Iterable[StoredKind], code: KindCode, *, area: str, on: date
) -> StoredKind:
    """For an order made before the first law that is held of its kind, that first law.

    Raises Refused for a code that there is not.
    """
    listed = list(kinds)
    try:
        return kind_for(listed, code, area=area, on=on)
    except Refused:
        of_kind = [kind for kind in listed if kind.law.code == code]
        if not of_kind:
            raise
        return min(of_kind, key=lambda kind: (kind.law.valid_from, kind.law.number))
