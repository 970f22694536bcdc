"""What the installation does for itself, hour by hour."""

from datetime import datetime, timedelta

from app.jobs import Opening
from app.running.backups.tombstones import home_list, keep_tombstones
from programmes.common.db import Side, open_connection
from programmes.common.jobs import Done, Job, Open
from programmes.common.staff import Actor


async def _list_the_erased(actor: Actor, now: datetime, open_as: Open) -> Done:
    """So that a backup older than an erasure cannot bring anybody back."""
    assert isinstance(open_as, Opening)
    side, home = actor.side, open_as.databases.settings.home
    return Done(await keep_tombstones(open_connection(side), side, home_list(home, side)))


RUNNING_JOBS = (
    Job(
        name="list-the-erased",
        side=Side.SURVIVOR,
        every=timedelta(minutes=5),
        grace=timedelta(hours=24),
        run=_list_the_erased,
    ),
    Job(
        name="list-erased-people",
        side=Side.WORK,
        every=timedelta(minutes=5),
        grace=timedelta(hours=24),
        run=_list_the_erased,
    ),
)
