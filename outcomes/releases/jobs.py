"""The job that keeps the list of revisions of published releases."""

from datetime import datetime, timedelta

from outcomes.releases.correction_commands import note_corrections
from programmes.common.db import Side
from programmes.common.jobs import Done, Job, Open
from programmes.common.staff import Actor


async def _note_corrections(actor: Actor, now: datetime, open_as: Open) -> Done:
    return Done(await note_corrections(actor=actor, now=now))


JOBS = (
    Job(
        name="note-corrections",
        side=Side.WORK,
        every=timedelta(minutes=10),
        grace=timedelta(hours=24),
        run=_note_corrections,
    ),
)
