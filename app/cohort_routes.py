"""Routes of planning: cohorts, their series, rooms, calendars."""

from typing import Any

from app.api import cohort_plan as api_cohort_plan
from app.pages import cohort_plan, pairs

COHORT_PAGES: tuple[Any, ...] = (
    cohort_plan.plan_page,
    cohort_plan.show_plan,
    cohort_plan.apply_plan,
    pairs.repeat_page,
    pairs.repeat,
)
COHORT_API: tuple[Any, ...] = (
    api_cohort_plan.api_plan_cohort,
    api_cohort_plan.api_start_cohort,
)
