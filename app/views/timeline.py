"""Everything that happened to one person that the asking one may see, newest first."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import msgspec

from app import present
from app.labels import label, tag
from app.labels.cohorts import mark_words
from app.web.components import Event
from programmes.common.clock import london_date
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.common.wall_time import midnight
from programmes.orders.breach_queries import READ_BREACHES, breaches_of_person
from programmes.orders.queries import READ_ORDERS, orders_of
from programmes.referrals.queries import moves_of_person
from scheduling.attendance.queries import READ_ATTENDANCE, marks_of_person
from scheduling.cohorts.queries import READ_COHORTS, place_moves_of


class Dated(msgspec.Struct, frozen=True):
    """An event with the instant that it is sorted by."""

    at: datetime
    event: Event


async def timeline_of(actor: Actor, person_id: UUID) -> list[Event]:
    found: list[Dated] = []
    for gather in (_referrals, _places, _marks, _orders, _breaches):
        found += [dated async for dated in gather(actor, person_id)]
    found.sort(key=lambda dated: dated.at, reverse=True)
    return [dated.event for dated in found]


async def _referrals(actor: Actor, person_id: UUID) -> AsyncIterator[Dated]:
    for move in await moves_of_person(actor, person_id):
        yield Dated(
            move.moved_at,
            Event(
                title=f"Referral to {move.programme_name}: {label(move.after).lower()}",
                when=present.date_and_time(move.moved_at),
                by=move.moved_by or "",
                detail=move.reason or "",
                href=f"/referrals/{move.referral_id}",
            ),
        )


async def _places(actor: Actor, person_id: UUID) -> AsyncIterator[Dated]:
    if not may(actor, READ_COHORTS):
        return
    for move in await place_moves_of(actor, person_id):
        yield Dated(
            move.moved_at,
            Event(
                title=f"Group {move.cohort_reference}: {label(move.after).lower()}",
                when=present.date_and_time(move.moved_at),
                by=move.moved_by or "",
                detail=move.reason or "",
                href=f"/cohorts/{move.cohort_id}",
            ),
        )


async def _marks(actor: Actor, person_id: UUID) -> AsyncIterator[Dated]:
    if not may(actor, READ_ATTENDANCE):
        return
    for mark in await marks_of_person(actor, person_id):
        yield Dated(
            mark.held_at,
            Event(
                title=f"Session {mark.number}: {mark_words(mark.code, mark.verdict).lower()}",
                when=present.full_date(london_date(mark.held_at)),
                href=f"/people/{person_id}/attendance",
                tag=None if mark.is_there else tag(mark.code),
            ),
        )


async def _orders(actor: Actor, person_id: UUID) -> AsyncIterator[Dated]:
    if not may(actor, READ_ORDERS):
        return
    for order in await orders_of(actor, person_id):
        until = f"Last day {present.full_date(order.ends_on)}" if order.ends_on else ""
        yield Dated(
            midnight(order.made_on),
            Event(
                title=f"{order.kind_name} made",
                when=present.full_date(order.made_on),
                detail=until,
                href=f"/orders/{order.id}",
                tag=tag(order.status),
            ),
        )


async def _breaches(actor: Actor, person_id: UUID) -> AsyncIterator[Dated]:
    if not may(actor, READ_BREACHES):
        return
    for breach in await breaches_of_person(actor, person_id):
        yield Dated(
            breach.occurred_at,
            Event(
                title=f"Breach of {breach.kind_name}",
                when=present.date_and_time(breach.occurred_at),
                detail=label(breach.condition) if breach.condition else "",
                href=f"/breaches/{breach.id}",
                tag=tag(breach.stage),
            ),
        )
