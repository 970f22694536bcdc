"""Routes of placement: who goes where."""

from typing import Any

from app.api import placement as api_placement
from app.pages import placement

PLACEMENT_PAGES: tuple[Any, ...] = (
    placement.placement_page,
    placement.offers_page,
    placement.proposal_page,
    placement.apply,
)
PLACEMENT_API: tuple[Any, ...] = (
    api_placement.api_next_offers,
    api_placement.api_proposal,
    api_placement.api_apply_proposal,
)
