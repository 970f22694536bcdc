"""Routes of planning: cohorts, their series, rooms, calendars."""

from typing import Any

from app.api import cohort_plan as api_cohort_plan
from app.api import individual as api_individual
from app.api import places as api_places
from app.api import series as api_series
from app.pages import (
    calendar,
    catch_up,
    cohort_plan,
    individual,
    pairs,
    register_sheet,
    rooms,
    series,
    series_undo,
    transfers,
)
from app.routes.placement import PLACEMENT_API, PLACEMENT_PAGES

COHORT_PAGES: tuple[Any, ...] = (
    cohort_plan.plan_page,
    cohort_plan.show_plan,
    cohort_plan.apply_plan,
    individual.individual_page,
    individual.book_page,
    individual.book,
    individual.cancel,
    transfers.transfer_page,
    transfers.move_place,
    pairs.repeat_page,
    pairs.repeat,
    series.changes_page,
    series.change_page,
    series.show,
    series.apply,
    series_undo.undo_page,
    series_undo.undo,
    rooms.rooms_page,
    rooms.new_venue,
    rooms.new_room,
    rooms.new_closure,
    rooms.open_again,
    rooms.new_interpreter,
    register_sheet.register_sheet,
    catch_up.catch_up_page,
    catch_up.book,
    calendar.calendar_page,
    calendar.feed_page,
    calendar.new_feed,
    calendar.end_feed,
    calendar.feed,
    *PLACEMENT_PAGES,
)
COHORT_API: tuple[Any, ...] = (
    api_cohort_plan.api_plan_cohort,
    api_cohort_plan.api_start_cohort,
    api_cohort_plan.api_plan_cohorts,
    api_cohort_plan.api_start_cohorts,
    api_individual.api_individual,
    api_individual.api_plan_individual,
    api_individual.api_book_individual,
    api_individual.api_cancel_individual,
    api_places.api_offers,
    api_places.api_take_place,
    api_places.api_transfer_offers,
    api_places.api_transfer,
    api_series.api_show_change,
    api_series.api_apply_change,
    *PLACEMENT_API,
)
