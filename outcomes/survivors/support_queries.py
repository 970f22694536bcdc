"""What was offered beside each order, and where plans, minutes and places are held."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.his_side_queries import HisOrder
from outcomes.survivors.queries import READ_SURVIVOR, LinkRow
from outcomes.survivors.sealing import HerKey
from outcomes.survivors.support_words import Held, HeldKind, Offer
from programmes.common.db import fetch, fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor

OFFERED_BESIDE = ("dvpn", "dvpo", "dapn", "dapo")
"""Orders beside which support of an adviser is offered (Home Office guidance on DVPOs)."""


class BesideOrder(Struct, frozen=True):
    """An order on somebody linked to her, and the offers made beside it."""

    link: LinkRow
    order: HisOrder
    offers: Sequence[Offer]


async def offers_of(actor: Actor, survivor_ids: Sequence[UUID]) -> list[Offer]:
    """The latest first."""
    must(actor, READ_SURVIVOR)
    return await fetch_as(
        Offer,
        "SELECT id, link_id, order_id, offered_on, answer, answered_on FROM idva_offer "
        "WHERE survivor_id = ANY($1) ORDER BY offered_on DESC, id DESC",
        list(survivor_ids),
    )


def beside_orders(
    links: Iterable[LinkRow], orders: Sequence[HisOrder], offers: Sequence[Offer]
) -> list[BesideOrder]:
    return [
        BesideOrder(
            link, order, [o for o in offers if (o.link_id, o.order_id) == (link.id, order.id)]
        )
        for link in links
        for order in orders
        if order.person_id == link.person_id and order.kind in OFFERED_BESIDE
    ]


async def held_elsewhere(actor: Actor, survivor_id: UUID, *, key: HerKey | None) -> list[Held]:
    """What still holds first; where it is, unsealed."""
    must(actor, READ_SURVIVOR)
    rows = await fetch(
        "SELECT id, kind, sealed_where, made_on, review_on, ended_on FROM held_elsewhere "
        "WHERE survivor_id = $1 ORDER BY ended_on DESC NULLS FIRST, made_on DESC, id DESC",
        survivor_id,
    )
    return [
        Held(
            id=row["id"],
            kind=HeldKind(row["kind"]),
            where=key.unseal(row["sealed_where"], row["id"]) if key else None,
            made_on=row["made_on"],
            review_on=row["review_on"],
            ended_on=row["ended_on"],
        )
        for row in rows
    ]
