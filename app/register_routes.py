"""Routes of registers and of what follows from them."""

from typing import Any

from app.api import cohorts as api_cohorts
from app.pages import arrivals, evenings, registers

REGISTER_PAGES: tuple[Any, ...] = (
    registers.new_arrival,
    arrivals.arrivals_page,
    arrivals.settle,
    evenings.note_page,
    evenings.save_note,
    evenings.save_participation,
    evenings.new_concern,
    evenings.concerns_page,
    evenings.answer,
)
REGISTER_API: tuple[Any, ...] = (api_cohorts.api_save_mark,)
