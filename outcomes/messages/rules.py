"""What messages say, when they may go, and how long a failed one waits."""

from datetime import datetime, timedelta

from outcomes.messages.words import MessageKind
from programmes.common.clock import LONDON

MOST_ATTEMPTS = 6
LEASE = timedelta(minutes=5)
"""Longer than any provider is waited for; after it, a message may already have gone."""
_WAITS = (1, 5, 15, 60, 240)


def subject_of(kind: MessageKind) -> str:
    """Says nothing of who, nor of what the service is for."""
    return "Appointment" if kind in (MessageKind.REMINDER, MessageKind.MISSED) else "New item"


def words_of(
    kind: MessageKind,
    *,
    items: int = 1,
    starts_at: datetime | None = None,
    room: str | None = None,
    outcome: str | None = None,
) -> str:
    """No name, no programme, no place but a room's code. Raises ValueError for a reminder of
    nothing, and for an outcome without its words."""
    if kind is MessageKind.OUTCOME:
        if outcome is None:
            raise ValueError("an outcome needs its words")
        return outcome
    if kind in (MessageKind.NEW_ITEM, MessageKind.DIGEST):
        number = "one new item" if items == 1 else f"{items} new items"
        return f"You have {number}. Sign in."
    if kind is MessageKind.MISSED:
        return "You missed an appointment. Please get in touch."
    if starts_at is None:
        raise ValueError("a reminder needs a time")
    local = starts_at.astimezone(LONDON)
    at = f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"
    return f"Appointment: {at}, room {room}." if room else f"Appointment: {at}."


def wait_after(attempts: int) -> timedelta | None:
    """How long after this many attempts the next one is made; None where there is none."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return timedelta(minutes=_WAITS[min(attempts, len(_WAITS)) - 1])
