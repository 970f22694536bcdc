"""The routes of records opened in an emergency: pages, then their JSON twins."""

from typing import Any

from app.api import emergencies as api_emergencies
from app.pages import emergencies

EMERGENCY_PAGES: tuple[Any, ...] = (
    emergencies.emergencies_page,
    emergencies.new_page,
    emergencies.open_page,
    emergencies.look,
)
EMERGENCY_API: tuple[Any, ...] = (
    api_emergencies.api_emergencies,
    api_emergencies.api_open,
    api_emergencies.api_look,
)
