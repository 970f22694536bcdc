"""Settling news: told, not safe to tell, or not wanted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.queries import links_of, open_survivor
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.support_words import NewsKey, Told
from programmes.common.audit import begin
from programmes.common.db import execute
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.staff import Actor


async def settle_news(
    survivor_id: UUID,
    news: Sequence[NewsKey],
    outcome: Told,
    *,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> None:
    """One call often tells several things. What was settled before stays as it was."""
    await begin(actor, CHANGE_SURVIVOR, "settle-news")
    await open_survivor(actor, survivor_id, sealing=sealing)
    if not {one.link_id for one in news} <= {
        link.id for link in await links_of(actor, [survivor_id])
    }:
        raise NotFound
    for one in news:
        await execute(
            "INSERT INTO news_told (id, survivor_id, link_id, kind, happened_on, about, "
            "source_id, outcome, told_at, recorded_by) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
            "ON CONFLICT DO NOTHING",
            new_id(now),
            survivor_id,
            one.link_id,
            one.kind,
            one.on,
            one.about,
            one.source_id,
            outcome,
            now,
            actor.account_id,
        )
