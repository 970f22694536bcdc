"""Freezing a release, proposing it, and publishing it: computing, and two people."""

from datetime import datetime
from uuid import UUID

import msgspec

from outcomes.disclosure.release import Release as ReleasedFigures
from outcomes.releases.queries import open_release, release_facts
from outcomes.releases.rules import reasons_not_to_propose, reasons_not_to_publish, title_of
from outcomes.releases.tables import Release
from programmes.common.audit import begin, name_act
from programmes.common.db import execute, insert
from programmes.common.errors import Conflict, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

PREPARE = Permission(Resource.RELEASE, Verb.CREATE)


async def freeze_release(
    figures: ReleasedFigures, *, operator: Actor, who: str, now: datetime
) -> UUID:
    """Writes it into `work` through the one login that may add there; nobody can change it.

    `operator` computed it on the survivor side; that side's ids do not cross.
    """
    await begin(operator, PREPARE, "freeze-release", reason=who)
    await name_act("freeze-release", reason=who)
    period, release_id = figures.period, new_id(now)
    await insert(
        Release,
        id=release_id,
        title=title_of(period, figures.tables[0].revision),
        profile=figures.profile.value,
        period_from=period.first_on,
        period_until=period.until,
        tables=msgspec.to_builtins(figures),
        hash=figures.sha256,
        computed_at=now,
    )
    return release_id


async def propose_release(release_id: UUID, *, actor: Actor) -> None:
    """A first manager has read it and puts it forward."""
    await begin(actor, PREPARE, "propose-release")
    if reasons := reasons_not_to_propose(await release_facts(release_id)):
        raise Refused(*reasons)
    changed = await execute(
        "UPDATE release SET prepared_by = $2 WHERE id = $1 AND prepared_by IS NULL",
        release_id,
        actor.account_id,
    )
    _must_have_changed(changed)


async def publish_release(release_id: UUID, *, actor: Actor, now: datetime) -> None:
    """A second manager publishes it; its hash is checked once more."""
    await begin(actor, PREPARE, "publish-release")
    release = await open_release(release_id)
    if reasons := reasons_not_to_publish(release.facts, by=actor.account_id):
        raise Refused(*reasons)
    changed = await execute(
        "UPDATE release SET published_at = $2, published_by = $3 "
        "WHERE id = $1 AND published_at IS NULL",
        release_id,
        now,
        actor.account_id,
    )
    _must_have_changed(changed)


def _must_have_changed(rows: int) -> None:
    if rows == 0:
        raise Conflict("Somebody else acted on this release at the same moment. Look at it again.")
