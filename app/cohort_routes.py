"""Routes of planning: cohorts, their series, rooms, calendars."""

from typing import Any

from app.api import cohort_plan as api_cohort_plan
from app.pages import cohort_plan, pairs, series, series_undo

COHORT_PAGES: tuple[Any, ...] = (
    cohort_plan.plan_page,
    cohort_plan.show_plan,
    cohort_plan.apply_plan,
    pairs.repeat_page,
    pairs.repeat,
    series.changes_page,
    series.change_page,
    series.show,
    series.apply,
    series_undo.undo_page,
    series_undo.undo,
)
COHORT_API: tuple[Any, ...] = (
    api_cohort_plan.api_plan_cohort,
    api_cohort_plan.api_start_cohort,
)
