"""The worker's day: whom to call now, and what changed on the other side."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.check_in_queries import recorded_timepoints
from outcomes.survivors.his_side_queries import HisOrder, HisSide, his_orders, his_side
from outcomes.survivors.news_queries import News, open_news, recent_changes, settled_keys
from outcomes.survivors.queries import (
    AttemptRow,
    ContactState,
    LinkRow,
    Opened,
    SurvivorFacts,
    consents_of,
    contact_states,
    last_attempts,
    links_of,
    survivors,
)
from outcomes.survivors.rules import check_in_due, contact_block
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.support_queries import beside_orders, offers_of
from outcomes.survivors.words import ConsentKind, ContactBlock, Timepoint
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.staff import Actor

Bridge = Callable[[], AbstractAsyncContextManager[Any]]
"""Opens a transaction in `work` as the bridge's login."""


class DayRow(Struct, frozen=True, kw_only=True):
    """One survivor and one person linked to her: what is due, and whether she may be called."""

    survivor: SurvivorFacts
    link: LinkRow | None
    person: HisSide | None
    due: Timepoint | None
    due_on: date | None
    block: ContactBlock | None
    reviewed_on: date | None
    is_safe_now: bool | None
    safe_until: time | None
    next_safe_at: datetime | None
    last_attempt: AttemptRow | None
    has_started: bool

    @property
    def may_call_now(self) -> bool:
        return self.block is None and self.is_safe_now is not False


class ToOffer(Struct, frozen=True):
    """An order in force beside which she was offered nothing yet."""

    survivor: SurvivorFacts
    order: HisOrder


class Day(Struct, frozen=True):
    rows: Sequence[DayRow]
    news: Sequence[News]
    to_offer: Sequence[ToOffer]


class Contact(Struct, frozen=True, kw_only=True):
    """Whether one survivor may be called, and when."""

    block: ContactBlock | None
    state: ContactState | None


async def contact_of(actor: Actor, one: Opened, *, now: datetime) -> Contact:
    survivor_id = one.facts.id
    consents = (await consents_of(actor, [survivor_id]))[survivor_id]
    state = (await contact_states(actor, {survivor_id: one.key}, now=now)).get(survivor_id)
    block = contact_block(
        consents,
        state.reviewed_on if state else None,
        is_erased=one.facts.is_erased,
        today=london_date(now),
    )
    return Contact(block=block, state=state)


async def worker_day(actor: Actor, *, sealing: Sealing, bridge: Bridge, now: datetime) -> Day:
    """Every survivor of the asking worker, once for each person linked to her."""
    opened = await survivors(actor, sealing=sealing)
    ids = [one.facts.id for one in opened]
    links = [link for link in await links_of(actor, ids) if link.unlinked_on is None]
    people = sorted({link.person_id for link in links})
    today = london_date(now)
    async with bridge():
        theirs = await his_side(people)
        found = await recent_changes(people, today=today)
        orders = await his_orders(people)
    await note("combine", "read-his-side", resource="person", detail={"people": len(people)})
    rows = await _rows(actor, opened, links, theirs=theirs, now=now)
    settled = await settled_keys(actor, ids)
    told = [one.facts for one in opened if not one.facts.is_erased]
    beside = beside_orders(links, orders, await offers_of(actor, ids))
    by_id = {one.id: one for one in told}
    to_offer = [
        ToOffer(by_id[one.link.survivor_id], one.order)
        for one in beside
        if one.link.survivor_id in by_id
        and not one.offers
        and one.order.status in ("live", "varied")
        and (one.order.ends_on is None or one.order.ends_on >= today)
    ]
    news = open_news(told, links, theirs, found, settled=settled)
    return Day(rows, news, to_offer)


async def _rows(
    actor: Actor,
    opened: Sequence[Opened],
    links: Sequence[LinkRow],
    *,
    theirs: dict[UUID, HisSide],
    now: datetime,
) -> list[DayRow]:
    ids, today = [one.facts.id for one in opened], london_date(now)
    consents = await consents_of(actor, ids)
    contacts = await contact_states(actor, {one.facts.id: one.key for one in opened}, now=now)
    recorded = await recorded_timepoints(actor, ids)
    attempts = await last_attempts(actor, ids)
    rows = []
    for one in opened:
        survivor_id = one.facts.id
        own: list[LinkRow | None] = [link for link in links if link.survivor_id == survivor_id]
        for link in own or [None]:
            rows.append(
                _row(
                    one.facts,
                    link,
                    person=theirs.get(link.person_id) if link else None,
                    recorded=recorded.get(link.id, set()) if link else set(),
                    consents=consents[survivor_id],
                    contact=contacts.get(survivor_id),
                    attempt=attempts.get(survivor_id),
                    today=today,
                )
            )
    return rows


def _row(
    survivor: SurvivorFacts,
    link: LinkRow | None,
    *,
    person: HisSide | None,
    recorded: set[Timepoint],
    consents: dict[ConsentKind, bool],
    contact: ContactState | None,
    attempt: AttemptRow | None,
    today: date,
) -> DayRow:
    reviewed_on = contact.reviewed_on if contact else None
    due = None
    is_refused = consents.get(ConsentKind.CONTACT) is False
    if link is not None and not survivor.is_erased and not is_refused:
        due = check_in_due(recorded, link.linked_on, person.course if person else None, today=today)
    return DayRow(
        survivor=survivor,
        link=link,
        person=person,
        due=due[0] if due else None,
        due_on=due[1] if due else None,
        block=contact_block(consents, reviewed_on, is_erased=survivor.is_erased, today=today),
        reviewed_on=reviewed_on,
        is_safe_now=contact.is_safe_now if contact else None,
        safe_until=contact.safe_until if contact else None,
        next_safe_at=contact.next_safe_at if contact else None,
        last_attempt=attempt,
        has_started=bool(
            person is not None and person.first_on is not None and person.first_on <= today
        ),
    )
