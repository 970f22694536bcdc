"""What the workers of the demonstration did for survivors: offers, plans, cover, news told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.demo.context import DemoContext
from app.demo.survivor_cast import ELLIS, NOOR
from app.demo.survivor_messages import load_messages
from outcomes.survivors.assignment_commands import HandOver, hand_over
from outcomes.survivors.day_queries import worker_day
from outcomes.survivors.exclusion_commands import exclude
from outcomes.survivors.exclusion_words import WhyExcluded
from outcomes.survivors.his_side_queries import his_orders
from outcomes.survivors.news_commands import settle_news
from outcomes.survivors.place_commands import record_place
from outcomes.survivors.queries import links_of
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.support_commands import NewHeld, NewOffer, record_held, record_offer
from outcomes.survivors.support_words import Answer, AssignedAs, HeldKind, Told
from outcomes.survivors.veto_commands import NewVeto, record_veto
from outcomes.survivors.veto_queries import venues_there
from programmes.common.clock import london_date
from programmes.common.db import fetch_value


async def load_support(context: DemoContext, made: dict[str, UUID], sealing: Sealing) -> None:
    """Inside the survivor side's transaction, once everybody is taken on."""
    await _offer(context, made["Marguerite Ellershaw"], sealing)
    await _held(context, made["Marguerite Ellershaw"], HeldKind.MARAC_MINUTES, sealing)
    await _held(context, made["Beatrix Holloway"], HeldKind.SAFETY_PLAN, sealing)
    await _cover(context, made["Oonagh Featherby"], sealing)
    await _not_here(context, made["Philippa Stott"], sealing)
    await _told(context, sealing)
    await _kept_out(context, made["Oonagh Featherby"])
    await load_messages(context, made["Marguerite Ellershaw"], sealing)


async def _kept_out(context: DemoContext, survivor_id: UUID) -> None:
    """The auditor of her side has a tie to her, and said so."""
    reference = await fetch_value("SELECT reference FROM survivor WHERE id = $1", survivor_id)
    account = context.accounts["auditor.survivor@waymark.example"].account_id
    lead = context.accounts["survivor.lead@waymark.example"]
    why = WhyExcluded.CONFLICT
    await exclude(reference, account, why, to=None, actor=lead, now=context.ago(5))


async def _offer(context: DemoContext, survivor_id: UUID, sealing: Sealing) -> None:
    """Taken up two days after the order."""
    actor = context.accounts[NOOR]
    (link,) = await links_of(actor, [survivor_id])
    async with context.databases.transaction("work_bridge_reader"):
        orders = await his_orders([link.person_id])
    for order in orders[:1]:
        new = NewOffer(
            link_id=link.id,
            order_id=order.id,
            offered_on=order.made_on,
            answer=Answer.TAKEN_UP,
            answered_on=min(order.made_on + timedelta(days=2), context.today),
        )
        by: dict[str, Any] = {"sealing": sealing, "actor": actor, "now": context.ago(1)}
        await record_offer(survivor_id, new, **by)
        await record_place(
            survivor_id, link.id, order.id, place="Her flat and the whole of Larkspur Yard", **by
        )


async def _held(context: DemoContext, survivor_id: UUID, kind: HeldKind, sealing: Sealing) -> None:
    new = NewHeld(
        kind=kind,
        where="Case system of the support service, file 4471",
        made_on=london_date(context.ago(28)),
        review_on=context.today + timedelta(days=62),
    )
    actor, now = context.accounts[NOOR], context.ago(28)
    await record_held(survivor_id, new, sealing=sealing, actor=actor, now=now)


async def _not_here(context: DemoContext, survivor_id: UUID, sealing: Sealing) -> None:
    """She takes the children to the same centre: he is not to be placed there."""
    actor = context.accounts[NOOR]
    (link,) = await links_of(actor, [survivor_id])
    async with context.databases.transaction("work_bridge_reader"):
        venues = await venues_there()
    for venue in venues[-1:]:
        new = NewVeto(
            link_id=link.id,
            cohort_id=None,
            venue_id=venue.id,
            reason="She takes the children there on the same evening.",
        )
        await record_veto(survivor_id, new, sealing=sealing, actor=actor, now=context.ago(2))


async def _cover(context: DemoContext, survivor_id: UUID, sealing: Sealing) -> None:
    """Ellis stands in for Noor this week."""
    change = HandOver(
        to=context.accounts[ELLIS].account_id,
        kind=AssignedAs.COVER,
        from_on=context.today,
        until_on=context.today + timedelta(days=6),
    )
    actor = context.accounts[NOOR]
    await hand_over(survivor_id, change, sealing=sealing, actor=actor, now=context.now)


async def _told(context: DemoContext, sealing: Sealing) -> None:
    """The oldest piece of news was told; the rest waits on the worker's page."""
    actor = context.accounts[NOOR]
    day = await worker_day(
        actor,
        sealing=sealing,
        bridge=lambda: context.databases.transaction("work_bridge_reader"),
        now=context.now,
    )
    for one in day.news[-1:]:
        await settle_news(
            one.survivor.id,
            [one.key],
            Told.TOLD,
            sealing=sealing,
            actor=actor,
            now=context.now,
        )
