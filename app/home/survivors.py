"""What a survivor support worker is needed for: news to tell first, whom to call, what to ask."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app import present
from app.home.together import together
from app.labels import tag
from app.pages.survivors import AnyRequest, day_of, name_of, offer_task, task_of
from app.web.components import Alike, Tag, Task
from app.web.guard import actor_of
from outcomes.survivors.news_queries import News
from outcomes.survivors.queries import READ_SURVIVOR, SurvivorFacts
from outcomes.survivors.words import ContactBlock
from programmes.common.db import Side
from programmes.common.permissions import may

_FIRST = Tag("They hear it first", "orange")
_ALL = "/survivors"
_UNKNOWN_WAY = (ContactBlock.STALE, ContactBlock.NONE_RECORDED)


async def survivor_needs(request: AnyRequest) -> list[Task]:
    """Nothing for other roles."""
    actor = actor_of(request)
    if actor.side is not Side.SURVIVOR or not may(actor, READ_SURVIVOR):
        return []
    found, now = await day_of(request), request.app.state.clock.now()
    rows = {row.survivor.id: row for row in found.rows}.values()
    return together(
        [
            *(_to_tell(one, now) for one in first_for_each(found.news, now)),
            *(task_of(row) for row in found.rows if row.due is not None and row.may_call_now),
            *(offer_task(one) for one in found.to_offer),
            *(_to_ask(row.survivor, row.block) for row in rows if row.block in _UNKNOWN_WAY),
        ]
    )


def first_for_each(news: Sequence[News], now: datetime) -> list[News]:
    """One a survivor: first where letters to him still wait, the soonest to go before the others;
    then what he may have read already; last what nobody writes to him."""

    def order(one: News) -> tuple[int, float]:
        if one.hears_at is None:
            return 2, 0.0
        return (0 if one.hears_at > now else 1), one.hears_at.timestamp()

    found: dict[UUID, News] = {}
    for one in sorted(news, key=order):
        found.setdefault(one.survivor.id, one)
    return list(found.values())


def _to_tell(one: News, now: datetime) -> Task:
    name = name_of(one.survivor)
    return Task(
        text=f"Tell them what changed: {name}",
        href=f"/survivors/{one.survivor.id}/news",
        tag=tag(one.change.kind),
        hint=_when(one, now),
        alike=Alike("survivors to tell what changed", name, _ALL, tag=_FIRST),
    )


def _when(one: News, now: datetime) -> str:
    said = f"{one.person_name}, {present.day_and_date(one.change.on)}."
    if one.hears_at is None or one.hears_at <= now:
        return said
    return f"{said} Letters to him wait: {present.remaining(one.hears_at, now)}."


def _to_ask(survivor: SurvivorFacts, block: ContactBlock) -> Task:
    name = name_of(survivor)
    return Task(
        text=f"Ask how to reach them safely: {name}",
        href=f"/survivors/{survivor.id}",
        tag=tag(block),
        alike=Alike("survivors to ask how to reach them safely", name, _ALL),
    )
