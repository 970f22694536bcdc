"""The kinds of instrument that every new home begins with."""

from collections.abc import Iterable
from datetime import datetime

from programmes.common.audit import name_act
from programmes.common.db import fetch, insert
from programmes.common.ids import new_id
from programmes.orders.instruments import INSTRUMENTS
from programmes.orders.tables import OrderKind
from programmes.orders.words import KindVersion


async def plant_order_kinds(now: datetime, *, kinds: Iterable[KindVersion] = INSTRUMENTS) -> None:
    """Adds the versions of law that are missing; one that is stored stands for good.

    Run by `migrate` as the tables' owner, in its own transaction.
    """
    await name_act("plant-order-kinds")
    rows = await fetch("SELECT code, area, number FROM order_kind")
    stored = {(row["code"], row["area"], row["number"]) for row in rows}
    for kind in kinds:
        if (kind.code, kind.area, kind.number) not in stored:
            await insert(
                OrderKind,
                id=new_id(now),
                code=kind.code,
                number=kind.number,
                area=kind.area,
                name=kind.name,
                valid_from=kind.valid_from,
                source=kind.source,
                law=kind,
            )
