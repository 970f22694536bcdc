"""Routes of placement: who goes where, and who leads."""

from typing import Any

from app.api import capacity as api_capacity
from app.api import catch_up as api_catch_up
from app.api import placement as api_placement
from app.api import staff as api_staff
from app.pages import capacity, placement, staff

PLACEMENT_PAGES: tuple[Any, ...] = (
    placement.placement_page,
    placement.offers_page,
    placement.proposal_page,
    placement.apply,
    capacity.capacity_page,
    staff.staff_page,
    staff.one_page,
    staff.save_profile,
    staff.new_accreditation,
    staff.new_leave,
    staff.end_leave,
    staff.end_one,
)
PLACEMENT_API: tuple[Any, ...] = (
    api_placement.api_next_offers,
    api_placement.api_proposal,
    api_placement.api_apply_proposal,
    api_capacity.api_capacity,
    api_catch_up.api_catch_up,
    api_catch_up.api_book_catch_up,
    api_staff.api_staff,
    api_staff.api_one,
    api_staff.api_save_profile,
    api_staff.api_accredit,
    api_staff.api_leave,
)
