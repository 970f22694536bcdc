"""Venues, rooms and closed days, as a manager enters them."""

from datetime import date
from uuid import UUID

from msgspec import Struct


class NewClosure(Struct, frozen=True, kw_only=True):
    """Both ends included. Without a venue the whole service is closed."""

    from_on: date
    until_on: date
    why: str
    venue_id: UUID | None = None
