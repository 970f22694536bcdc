"""How long a text of the JSON interface may be: as long as on the pages' forms."""

from typing import Annotated

from msgspec import Meta

Moment = Annotated[str, Meta(min_length=1, max_length=200)]
"""London wall time ("2026-08-29 11:00"); an offset may follow."""
Line = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=4000)]
