"""Everything about one survivor on one page, from both sides."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.check_in_queries import recorded_timepoints
from outcomes.survivors.day_queries import Bridge
from outcomes.survivors.his_side_queries import (
    HisBreach,
    HisOrder,
    HisSide,
    his_breaches,
    his_orders,
    his_side,
)
from outcomes.survivors.queries import (
    AttemptRow,
    ConsentRow,
    LinkRow,
    SurvivorFacts,
    attempts_of,
    consent_history,
    consents_of,
    contact_states,
    links_of,
    open_survivor,
)
from outcomes.survivors.rules import check_in_due, contact_block, is_not_engaged
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.words import ContactBlock, Timepoint
from programmes.common.audit import note, note_reading
from programmes.common.clock import london_date
from programmes.common.staff import Actor


class DueCheckIn(Struct, frozen=True):
    link_id: UUID
    timepoint: Timepoint
    due_on: date


class Overview(Struct, frozen=True, kw_only=True):
    """The safe contact itself is not in it: it is opened on its own, and each opening logged."""

    survivor: SurvivorFacts
    links: Sequence[LinkRow]
    people: Mapping[UUID, HisSide]
    orders: Sequence[HisOrder]
    breaches: Sequence[HisBreach]
    consents: Sequence[ConsentRow]
    block: ContactBlock | None
    reviewed_on: date | None
    is_safe_now: bool | None
    attempts: Sequence[AttemptRow]
    due: Sequence[DueCheckIn]

    @property
    def is_not_engaged(self) -> bool:
        return is_not_engaged([row.outcome for row in self.attempts])


async def overview(
    actor: Actor, survivor_id: UUID, *, sealing: Sealing, bridge: Bridge, now: datetime
) -> Overview:
    """Opening a record is written down here, for her and for everybody read on his side."""
    opened = await open_survivor(actor, survivor_id, sealing=sealing)
    links = await links_of(actor, [survivor_id])
    people = [link.person_id for link in links]
    async with bridge():
        theirs, orders = await his_side(people), await his_orders(people)
        breaches = await his_breaches(people)
    await note_reading("survivor", survivor_id)
    for person_id in people:
        await note("combine", "read-his-side", resource="person", person_id=person_id)
    today = london_date(now)
    contact = (await contact_states(actor, {survivor_id: opened.key}, now=now)).get(survivor_id)
    consents = (await consents_of(actor, [survivor_id]))[survivor_id]
    reviewed_on = contact.reviewed_on if contact else None
    return Overview(
        survivor=opened.facts,
        links=links,
        people=theirs,
        orders=orders,
        breaches=breaches,
        consents=await consent_history(actor, survivor_id),
        block=contact_block(consents, reviewed_on, is_erased=opened.facts.is_erased, today=today),
        reviewed_on=reviewed_on,
        is_safe_now=contact.is_safe_now if contact else None,
        attempts=await attempts_of(actor, survivor_id),
        due=_due(links, theirs, await recorded_timepoints(actor, [survivor_id]), today),
    )


def _due(
    links: Sequence[LinkRow],
    theirs: Mapping[UUID, HisSide],
    recorded: Mapping[UUID, set[Timepoint]],
    today: date,
) -> list[DueCheckIn]:
    found = []
    for link in links:
        person = theirs.get(link.person_id)
        course = person.course if person else None
        due = check_in_due(recorded.get(link.id, set()), link.linked_on, course, today=today)
        if due is not None and link.unlinked_on is None:
            found.append(DueCheckIn(link.id, *due))
    return found
