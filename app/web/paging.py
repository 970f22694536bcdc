"""Pages of lists: which one is asked for, by its number from 1."""

from collections.abc import Sequence
from typing import Annotated, TypeVar

from litestar.params import QueryParameter

from programmes.common.paging import PAGE

Row = TypeVar("Row")
PageNumber = Annotated[int, QueryParameter(name="page", ge=1, le=100_000)]
PageIfAny = Annotated[
    int | None,
    QueryParameter(
        name="page",
        ge=1,
        le=100_000,
        description=f"A page of {PAGE}; the whole list where none is asked for.",
    ),
]


def on_page(rows: Sequence[Row], page: int | None) -> list[Row]:
    """What stands on one page of a list that is read whole, or all of it."""
    return list(rows) if page is None else list(rows[(page - 1) * PAGE : page * PAGE])
