"""Home: what needs this person now."""

from typing import Any

from litestar import Request, get
from litestar.response import Template

from app.home import needs_of
from app.home.access import clearance_needs
from app.home.running import needs_of_machine
from app.home.survivors import survivor_needs
from app.present import mid_sentence
from app.web.guard import actor_of, for_signed_in
from app.web.menu import more_of
from app.web.roles import NAMES
from app.web.shell import page
from programmes.common.clock import london_date

AnyRequest = Request[Any, Any, Any]


@get("/", **for_signed_in())
async def home_page(request: AnyRequest) -> Template:
    actor = actor_of(request)
    now = request.app.state.clock.now()
    today = london_date(now)
    return page(
        request,
        "home.html",
        help=f"Signed in as {mid_sentence(NAMES[actor.role])}.",
        today=today,
        needs=[
            *needs_of_machine(actor, request.app.state.settings.home, now),
            *await survivor_needs(request),
            *await needs_of(actor, now),
            *await clearance_needs(request),
        ],
        tiles=(),
        seldom=[{"text": one.text, "href": one.href} for one in more_of(actor)],
    )
