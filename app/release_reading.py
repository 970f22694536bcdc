"""Releases are one thing for both sides: survivor workers read them through their own bridge."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from litestar import Request

from app.web.guard import actor_of
from outcomes.disclosure.periods import Span
from outcomes.releases.answer_words import Beside
from outcomes.releases.answers import year_before
from outcomes.releases.commands import PREPARE
from outcomes.releases.correction_queries import CorrectionNoted, corrections_of
from outcomes.releases.queries import open_release, published_releases, releases
from outcomes.releases.rules import latest_beside
from outcomes.releases.words import FrozenRelease, ReleaseFacts
from programmes.common.db import Side
from programmes.common.errors import NotFound
from programmes.common.permissions import may
from programmes.common.staff import Actor

AnyRequest = Request[Any, Any, Any]


@asynccontextmanager
async def where_releases_are(request: AnyRequest) -> AsyncIterator[Actor]:
    """A transaction in which the asking person may read them."""
    actor = actor_of(request)
    if actor.side is Side.WORK:
        yield actor
        return
    async with request.app.state.databases.transaction("work_bridge_reader"):
        yield actor


async def releases_for(request: AnyRequest) -> list[ReleaseFacts]:
    """Managers also see those on their way; everybody else what is published."""
    async with where_releases_are(request) as actor:
        return await (releases() if may(actor, PREPARE) else published_releases())


async def release_for(request: AnyRequest, release_id: UUID) -> tuple[FrozenRelease, Beside]:
    """The release and the published ones beside which it is read.

    Raises NotFound for one that is not out and not the asking person's to publish.
    """
    async with where_releases_are(request) as actor:
        found = await open_release(release_id)
        if found.facts.published_at is None and not may(actor, PREPARE):
            raise NotFound
        return found, await _beside(found.facts)


async def revisions_for(
    request: AnyRequest, found: FrozenRelease
) -> tuple[list[FrozenRelease], list[CorrectionNoted]]:
    """What was published for the same period and readers, oldest first; corrections noted since."""
    async with where_releases_are(request):
        family = [
            one.id
            for one in await published_releases()
            if (one.code, one.profile) == (found.facts.code, found.facts.profile)
        ]
        opened = [await open_release(one) for one in reversed(family)]
        return opened, await corrections_of(found.facts.id)


async def _beside(facts: ReleaseFacts) -> Beside:
    published = await published_releases()
    wanted = year_before(facts.period).code
    earlier = [one for one in published if (one.code, one.profile) == (wanted, facts.profile)]
    year, block = (latest_beside(published, facts, s) for s in (Span.YEAR, Span.THREE_YEARS))
    return Beside(
        before=(await open_release(earlier[0].id)).figures if earlier else None,
        year=await open_release(year.id) if year else None,
        block=await open_release(block.id) if block else None,
    )
