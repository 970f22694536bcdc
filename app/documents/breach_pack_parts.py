"""What a breach pack holds beside the order: registers, contacts, and what was decided."""

from datetime import datetime

from app import present
from app.documents.statements import line_words
from app.labels import label
from outcomes.statements.queries import READ_STATEMENTS, lines_of, places_of
from outcomes.tasks.queries import READ_TASKS
from outcomes.tasks.stay_queries import stay_decisions
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.contacts.queries import READ_CONTACTS, ContactRow, contacts_of
from programmes.orders.breach_queries import BreachWhole


async def consequences(
    actor: Actor, found: BreachWhole, now: datetime
) -> dict[str, list[list[str]] | list[str]]:
    """As far as the asking person may read each. What was said in a contact stays out."""
    return {
        "attendance": await _registers(actor, found, now),
        "contacts": await _contacts(actor, found),
        "stay": await _decisions(actor, found),
    }


async def _registers(actor: Actor, found: BreachWhole, now: datetime) -> list[list[str]]:
    if not may(actor, READ_STATEMENTS):
        return []
    places = await places_of(actor, found.person_id)
    lines = await lines_of(actor, [place.enrolment_id for place in places], until=now)
    return [line_words(line) for line in lines]


async def _contacts(actor: Actor, found: BreachWhole) -> list[str]:
    if not may(actor, READ_CONTACTS):
        return []
    return [_contact(row) for row in reversed(await contacts_of(actor, found.person_id))]


def _contact(row: ContactRow) -> str:
    reached = "" if row.was_reached else ", nobody reached"
    how = present.mid_sentence(label(row.how))
    when = present.date_and_time(row.happened_at)
    return f"{label(row.with_whom)}, {how}, {when}, by {row.entered_by}{reached}"


async def _decisions(actor: Actor, found: BreachWhole) -> list[str]:
    if not may(actor, READ_TASKS):
        return []
    return [
        f"{label(row.outcome)}, {present.date_and_time(row.decided_at)}, by {row.decided_by}"
        for row in await stay_decisions(actor, found.id)
    ]
