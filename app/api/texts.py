"""How long a text of the JSON interface may be: as long as on the pages' forms."""

from typing import Annotated

from msgspec import Meta

Line = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=4000)]
