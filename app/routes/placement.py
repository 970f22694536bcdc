"""Routes of placement: who goes where, and who leads."""

from typing import Any

from app.api import capacity as api_capacity
from app.api import catch_up as api_catch_up
from app.api import person_times as api_person_times
from app.api import placement as api_placement
from app.api import staff as api_staff
from app.pages import capacity, person_times, placement, staff

PLACEMENT_PAGES: tuple[Any, ...] = (
    placement.placement_page,
    placement.offers_page,
    placement.proposal_page,
    placement.apply,
    capacity.capacity_page,
    person_times.times_page,
    person_times.new_time,
    person_times.end_time,
    person_times.not_offered,
    person_times.apart_page,
    person_times.new_pair,
    person_times.end_pair,
    staff.staff_page,
    staff.one_page,
    staff.save_profile,
    staff.new_accreditation,
    staff.new_leave,
    staff.end_leave,
    staff.end_one,
)
PLACEMENT_API: tuple[Any, ...] = (
    api_placement.api_placement,
    api_placement.api_next_offers,
    api_placement.api_proposal,
    api_placement.api_apply_proposal,
    api_capacity.api_capacity,
    api_person_times.api_times,
    api_person_times.api_add_time,
    api_person_times.api_not_offered,
    api_person_times.api_apart,
    api_person_times.api_keep_apart,
    api_catch_up.api_catch_up,
    api_catch_up.api_book_catch_up,
    api_staff.api_staff,
    api_staff.api_one,
    api_staff.api_save_profile,
    api_staff.api_accredit,
    api_staff.api_leave,
)
