"""What one survivor may be told of the other side, and what came of telling."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app.forms.form import Submitted
from app.forms.news import SETTLE_NEWS, SettleNews
from app.forms.view import FormView
from app.safekeeping.her_side import her_side
from app.views.news import as_text, from_text, news_cells, news_choices, settled_cells
from app.views.survivor import opened, survivor_frame
from app.web.guard import actor_of, now_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.survivors.day_queries import contact_of
from outcomes.survivors.his_side_queries import his_side
from outcomes.survivors.news_commands import settle_news
from outcomes.survivors.news_queries import (
    News,
    SettledNews,
    open_news,
    recent_changes,
    settled_keys,
    settled_news,
)
from outcomes.survivors.queries import links_of
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


class NewsOf(Struct, frozen=True):
    """`waiting` is to be told; `settled` was."""

    waiting: list[News]
    settled: list[SettledNews]


@get("/survivors/{survivor_id:uuid}/news", **on(Resource.SURVIVOR, Verb.READ))
async def news_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    found = await news_of(request, survivor_id)
    form = SETTLE_NEWS.blank(
        new_id(now_of(request)),
        choices=news_choices(found.waiting),
        initial={"news": [as_text(one.key) for one in found.waiting]},
    )
    return await _page_of(request, survivor_id, found, form)


@post("/survivors/{survivor_id:uuid}/news", status_code=303, **on(Resource.SURVIVOR, Verb.WRITE))
async def settle(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[SettleNews]) -> str:
        await settle_news(
            survivor_id,
            [from_text(one) for one in sent.values.news],
            sent.values.outcome,
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=now_of(request),
        )
        return "/survivors"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, found, form, status_code=status)

    found = await news_of(request, survivor_id)
    choices = news_choices(found.waiting)
    said = "What came of it is recorded."
    return await submit(request, SETTLE_NEWS, do=do, show=show, notice=said, choices=choices)


async def news_of(request: AnyRequest, survivor_id: UUID) -> NewsOf:
    """Raises NotFound for anybody who is not the asking worker's own."""
    actor, today = actor_of(request), london_date(now_of(request))
    one = await opened(request, survivor_id)
    links = await links_of(actor, [survivor_id])
    people = sorted({link.person_id for link in links})
    async with her_side(request).bridge():
        theirs = await his_side(people)
        changed = await recent_changes(people, today=today)
    for person_id in people:
        await note("combine", "read-his-side", resource="person", person_id=person_id)
    settled = await settled_keys(actor, [survivor_id])
    return NewsOf(
        open_news([one.facts], links, theirs, changed, settled=settled),
        await settled_news(actor, survivor_id),
    )


async def _page_of(
    request: AnyRequest,
    survivor_id: UUID,
    found: NewsOf,
    form: FormView,
    *,
    status_code: int = 200,
) -> Template:
    now = now_of(request)
    one = await opened(request, survivor_id)
    return page(
        request,
        "survivors/news.html",
        status_code=status_code,
        **survivor_frame(one, "News"),
        contact=await contact_of(actor_of(request), one, now=now),
        waiting=[news_cells(news, now, london_date(now)) for news in found.waiting],
        settled=[settled_cells(news) for news in found.settled],
        form=form,
    )
