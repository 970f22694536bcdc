"""Your first day: one page for each role, and its JSON twin."""

from litestar import get
from litestar.response import Template

from app.first_day import first_day_of
from app.first_day.parts import FirstDay
from app.web.components import Fact
from app.web.guard import actor_of, for_signed_in
from app.web.shell import AnyRequest, page


@get("/first-day", sync_to_thread=False, **for_signed_in())
def first_day_page(request: AnyRequest) -> Template:
    day = first_day_of(actor_of(request))
    words = [Fact(one.word, one.means) for one in day.words]
    return page(request, "information/first_day.html", day=day, words=words)


@get("/first-day", sync_to_thread=False, **for_signed_in())
def api_first_day(request: AnyRequest) -> FirstDay:
    return first_day_of(actor_of(request))
