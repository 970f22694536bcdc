"""What surrounds every page about one survivor."""

from typing import Any
from uuid import UUID

from litestar import Request

from app.safekeeping.her_side import her_side
from app.web.components import NavItem
from app.web.guard import actor_of
from outcomes.survivors.queries import Opened, open_survivor

_PARTS = (
    ("Overview", ""),
    ("News", "/news"),
    ("Check-ins", "/check-ins"),
    ("Risk and MARAC", "/risk"),
    ("Support", "/support"),
    ("Places", "/places"),
    ("Notices", "/notices"),
    ("Messages", "/messages"),
)


async def opened(request: Request[Any, Any, Any], survivor_id: UUID) -> Opened:
    """Raises NotFound for anybody who is not the asking worker's own."""
    return await open_survivor(actor_of(request), survivor_id, sealing=her_side(request).sealing)


def survivor_frame(one: Opened, current: str) -> dict[str, Any]:
    """Name and parts; `current` is a part's name, or empty for a form under the record."""
    here = f"/survivors/{one.facts.id}"
    return {
        "survivor": one.facts,
        "name": one.facts.name or ("Erased" if one.facts.is_erased else "No name"),
        "here": here,
        "parts": tuple(
            NavItem(name, f"{here}{path}", is_current=name == current) for name, path in _PARTS
        ),
    }
