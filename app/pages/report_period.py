"""A period of the report that cannot be read: the question again, and no figures of another."""

from typing import Any

from litestar import Request
from litestar.response import Template

from app.report_reading import mistake_in, parts_for
from app.views.report_parts import parts_of
from app.web.shell import page

AnyRequest = Request[Any, Any, Any]


def mistaken_page(request: AnyRequest, typed: str) -> Template | None:
    """None where a period was typed, or nothing."""
    mistake = mistake_in(typed)
    if not mistake:
        return None
    return page(
        request,
        "report/mistaken.html",
        status_code=422,
        mistake=mistake,
        typed=typed.strip()[:40],
        path=request.url.path,
        parts=parts_of(parts_for(request), ""),
    )
