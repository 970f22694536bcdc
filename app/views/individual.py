"""An individual session between the form, the rules and the page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from app import present
from app.forms.field import Choice
from app.forms.individual import BookIndividual
from app.web.components import Cell
from programmes.common.clock import LONDON, london_date
from programmes.common.staff import Actor
from scheduling.sessions.individual_words import IndividualAsked, IndividualSession
from scheduling.sessions.planning_queries import interpreters, people_who_lead, rooms
from scheduling.sessions.rules import london_instant, monday_of


async def individual_choices(actor: Actor) -> Mapping[str, list[Choice]]:
    return {
        "room": [Choice(str(one.id), one.shown_as) for one in await rooms(actor)],
        "facilitator": [Choice(str(one.id), one.shown_as) for one in await people_who_lead(actor)],
        "interpreter": [
            Choice(str(one.id), f"{one.name}, {one.language}") for one in await interpreters(actor)
        ],
    }


def asked_of(session_id: UUID, values: BookIndividual) -> IndividualAsked:
    return IndividualAsked(
        session_id=session_id,
        starts_at=london_instant(values.day, values.starts),
        room_id=UUID(values.room),
        facilitator_id=UUID(values.facilitator),
        interpreter_id=UUID(values.interpreter) if values.interpreter else None,
    )


def typed_at(values: BookIndividual, at: datetime) -> BookIndividual:
    """The same at another time, not looked at yet."""
    local = at.astimezone(LONDON)
    return replace(values, day=local.date(), starts=local.time(), seen=None)


def stands_as(session: IndividualSession) -> dict[str, Any] | None:
    """What is booked, as the form's first values; None where nothing is."""
    if session.starts_at is None:
        return None
    local = session.starts_at.astimezone(LONDON)
    return {
        "day": local.date(),
        "starts": local.time(),
        "room": str(session.room_id),
        "facilitator": str(session.facilitator_id),
        "interpreter": str(session.interpreter_id) if session.interpreter_id else None,
    }


def week_words(session: IndividualSession) -> str:
    return f"Week of {present.long_date(monday_of(london_date(session.week_at)))}"


def individual_cells(session: IndividualSession) -> list[Any]:
    if session.starts_at is None or session.ends_at is None:
        return [f"Session {session.number}", week_words(session), "Not booked"]
    when = (
        f"{present.day_and_date(london_date(session.starts_at))}, "
        f"{present.time_span(session.starts_at, session.ends_at)}"
    )
    return [
        f"Session {session.number}",
        week_words(session),
        Cell(when, note=f"{session.room}, with {session.facilitator}"),
    ]
