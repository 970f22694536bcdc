"""How the database is to go through all marks: once, and not once for every session."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from programmes.common.db import fetch


@asynccontextmanager
async def every_mark_once() -> AsyncIterator[None]:
    """Row security hides from the planner how many rows there are, and it would guess few."""
    await fetch("SELECT set_config('enable_nestloop', 'off', true)")
    yield
    await fetch("SELECT set_config('enable_nestloop', 'on', true)")
