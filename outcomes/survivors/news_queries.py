"""News from the other side: what she may be told, when he will read of it, and what came of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.his_side_queries import Change, HisSide, changes, head_start_on
from outcomes.survivors.queries import READ_SURVIVOR, LinkRow, SurvivorFacts
from outcomes.survivors.rules import ORDER_ENDING_DAYS, hears_at
from outcomes.survivors.support_words import NewsKey, Told
from outcomes.survivors.words import ChangeKind
from programmes.common.db import fetch, fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor

NEWS_DAYS = 14


class News(Struct, frozen=True, kw_only=True):
    """A change on the other side, and the survivor whom it concerns.

    `hears_at` is when letters about it may first go to him; None where nothing will be written.
    """

    survivor: SurvivorFacts
    link_id: UUID
    person_name: str
    change: Change
    hears_at: datetime | None

    @property
    def key(self) -> NewsKey:
        one = self.change
        return NewsKey(self.link_id, one.kind, one.on, one.about, one.source_id)


class SettledNews(Struct, frozen=True, kw_only=True):
    link_id: UUID
    kind: ChangeKind
    happened_on: date
    about: str
    outcome: Told
    told_at: datetime
    recorded_by: str | None


class Recent(Struct, frozen=True):
    """What changed on the other side, and how long letters about it wait."""

    changes: Sequence[Change]
    head_start: timedelta


async def recent_changes(person_ids: Sequence[UUID], *, today: date) -> Recent:
    """The last two weeks, and orders that end in the next two. In the bridge's transaction."""
    found = await changes(
        person_ids,
        since=today - timedelta(days=NEWS_DAYS),
        until=today + timedelta(days=ORDER_ENDING_DAYS),
        today=today,
    )
    return Recent(found, await head_start_on(today))


def open_news(
    survivors: Iterable[SurvivorFacts],
    links: Sequence[LinkRow],
    theirs: dict[UUID, HisSide],
    recent: Recent,
    *,
    settled: set[NewsKey],
) -> list[News]:
    """What nobody has settled yet; first what he will read of first."""
    by_id = {one.id: one for one in survivors}
    news = [
        News(
            survivor=by_id[link.survivor_id],
            link_id=link.id,
            person_name=theirs[change.person_id].name,
            change=change,
            hears_at=hears_at(change.known_at, recent.head_start) if change.known_at else None,
        )
        for change in recent.changes
        for link in links
        if link.person_id == change.person_id
        and link.unlinked_on is None
        and link.survivor_id in by_id
    ]
    waiting = [one for one in news if one.key not in settled]
    return sorted(waiting, key=lambda one: (one.hears_at is None, -one.change.on.toordinal()))


async def settled_keys(actor: Actor, survivor_ids: Sequence[UUID]) -> set[NewsKey]:
    must(actor, READ_SURVIVOR)
    rows = await fetch(
        "SELECT link_id, kind, happened_on, about, source_id FROM news_told "
        "WHERE survivor_id = ANY($1)",
        list(survivor_ids),
    )
    return {
        NewsKey(
            row["link_id"],
            ChangeKind(row["kind"]),
            row["happened_on"],
            row["about"],
            row["source_id"],
        )
        for row in rows
    }


async def settled_news(actor: Actor, survivor_id: UUID) -> list[SettledNews]:
    """Newest first."""
    must(actor, READ_SURVIVOR)
    return await fetch_as(
        SettledNews,
        "SELECT n.link_id, n.kind, n.happened_on, n.about, n.outcome, n.told_at, "
        "a.name AS recorded_by FROM news_told n LEFT JOIN auth.account a ON a.id = n.recorded_by "
        "WHERE n.survivor_id = $1 ORDER BY n.told_at DESC, n.id DESC LIMIT 50",
        survivor_id,
    )
