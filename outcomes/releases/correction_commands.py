"""Noting beside a published release that records of its period were put right since."""

from datetime import datetime

from outcomes.releases.correction_queries import corrections_due
from outcomes.releases.tables import ReleaseCorrection
from programmes.common.audit import begin
from programmes.common.db import insert
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

NOTE_CORRECTION = Permission(Resource.RELEASE, Verb.CREATE)


async def note_corrections(*, actor: Actor, now: datetime) -> int:
    """How many were noted. The figures themselves wait for the yearly revision."""
    await begin(actor, NOTE_CORRECTION, "note-corrections")
    due = await corrections_due()
    for one in due:
        await insert(
            ReleaseCorrection,
            id=new_id(now),
            release_id=one.release_id,
            what=one.what.value,
            corrected_on=one.corrected_on,
            noted_at=now,
        )
    return len(due)
