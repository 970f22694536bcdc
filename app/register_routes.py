"""Routes of registers and of what follows from them."""

from typing import Any

from app.api import cohorts as api_cohorts
from app.pages import arrivals, registers

REGISTER_PAGES: tuple[Any, ...] = (
    registers.new_arrival,
    arrivals.arrivals_page,
    arrivals.settle,
)
REGISTER_API: tuple[Any, ...] = (api_cohorts.api_save_mark,)
