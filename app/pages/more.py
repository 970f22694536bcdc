"""The pages of the menu that did not fit into it, and the JSON twin of the list."""

from litestar import get
from litestar.response import Template
from msgspec import Struct

from app.web.guard import actor_of, for_signed_in
from app.web.menu import more_of
from app.web.shell import AnyRequest, page


class Elsewhere(Struct, frozen=True):
    """A page that the menu has no room for, and what it is for."""

    text: str
    href: str
    does: str


@get("/more", sync_to_thread=False, **for_signed_in())
def more_page(request: AnyRequest) -> Template:
    return page(request, "information/more.html", pages=more_of(actor_of(request)))


@get("/more", sync_to_thread=False, **for_signed_in())
def api_more(request: AnyRequest) -> list[Elsewhere]:
    return [Elsewhere(one.text, one.href, one.does) for one in more_of(actor_of(request))]
