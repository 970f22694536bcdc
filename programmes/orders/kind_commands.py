"""The kinds of instrument: those that every new home begins with, and new versions of their law."""

from datetime import datetime
from uuid import UUID

from programmes.common.audit import begin, name_act
from programmes.common.db import execute, fetch, insert
from programmes.common.errors import Invalid, NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.orders.instruments import INSTRUMENTS
from programmes.orders.kind_queries import order_kinds
from programmes.orders.rules import by_field
from programmes.orders.tables import OrderKind
from programmes.orders.version_rules import LawChange, next_version, reasons_no_version
from programmes.orders.words import KindVersion

ADD_KIND = Permission(Resource.CATALOGUE, Verb.CREATE)


async def plant_order_kinds(now: datetime) -> None:
    """Adds the versions of law that are missing; one that is stored stands for good.

    Run by `migrate` as the tables' owner, in its own transaction.
    """
    await name_act("plant-order-kinds")
    rows = await fetch("SELECT code, area, number FROM order_kind")
    stored = {(row["code"], row["area"], row["number"]) for row in rows}
    for kind in INSTRUMENTS:
        if (kind.code, kind.area, kind.number) not in stored:
            await _insert(new_id(now), kind)


async def add_kind_version(
    base_id: UUID, change: LawChange, *, actor: Actor, now: datetime
) -> KindVersion:
    """A version after those that stand, or a kind of its own; orders keep the one they met.

    Raises Invalid with every reason beside its field, NotFound where the base is not there.
    """
    await begin(actor, ADD_KIND, "add-order-kind", reason=change.source)
    await execute("SELECT pg_advisory_xact_lock(hashtextextended('order-kind', 4))")
    kinds = await order_kinds()
    base = next((kind.law for kind in kinds if kind.id == base_id), None)
    if base is None:
        raise NotFound
    known = [kind.law for kind in kinds]
    problems = by_field(reasons_no_version(change, base, known))
    if problems:
        raise Invalid(problems)
    law = next_version(change, base, known)
    await _insert(new_id(now), law)
    return law


async def _insert(kind_id: UUID, law: KindVersion) -> None:
    await insert(
        OrderKind,
        id=kind_id,
        code=law.code,
        number=law.number,
        area=law.area,
        name=law.name,
        valid_from=law.valid_from,
        source=law.source,
        law=law,
    )
