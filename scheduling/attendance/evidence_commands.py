"""Papers that bear on an absence: kept sealed outside the database, each opening on record."""

import hashlib
from datetime import datetime
from typing import Protocol
from uuid import UUID

from programmes.common.audit import begin, note
from programmes.common.db import fetch_one, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, may, must
from programmes.common.staff import Actor
from scheduling.attendance.commands import JUDGE
from scheduling.attendance.evidence_rules import media_type_of
from scheduling.attendance.tables import AbsenceEvidence

CLAIM = Permission(Resource.ACCEPTABILITY, Verb.CLAIM)
READ = Permission(Resource.ACCEPTABILITY, Verb.READ)


class EvidenceStore(Protocol):
    """Where the files lie, each sealed and bound to its row."""

    def put(self, evidence_id: UUID, content: bytes) -> None: ...

    def take(self, evidence_id: UUID) -> bytes:
        """Raises NotFound where the file is gone or does not belong to the row."""
        ...


def may_add(actor: Actor) -> bool:
    return may(actor, CLAIM) or may(actor, JUDGE)


async def add_evidence(
    mark_id: UUID, content: bytes, *, what: str, store: EvidenceStore, actor: Actor, now: datetime
) -> UUID:
    """By the facilitator it was handed to, or by whoever judges the absence.

    A file whose row is never committed stays sealed under an id that nothing names. Raises
    Invalid for a file of another kind or too large, Refused where they were there.
    """
    await begin(actor, JUDGE if may(actor, JUDGE) else CLAIM, "add-absence-evidence")
    if not what.strip():
        raise Invalid({"what": "Enter what this paper is"})
    media_type = media_type_of(content)
    mark = await fetch_one(
        "SELECT person_id, is_there FROM attendance_mark WHERE id = $1 AND is_current", mark_id
    )
    if mark is None:
        raise NotFound
    if mark["is_there"]:
        raise Refused("They were there: there is no absence to account for.")
    evidence_id = new_id(now)
    await insert(
        AbsenceEvidence,
        id=evidence_id,
        mark_id=mark_id,
        person_id=mark["person_id"],
        what=what.strip(),
        media_type=media_type,
        size=len(content),
        digest=hashlib.sha256(content).digest(),
        stored_at=now,
        stored_by=actor.account_id,
    )
    store.put(evidence_id, content)
    return evidence_id


async def open_evidence(
    evidence_id: UUID, *, store: EvidenceStore, actor: Actor
) -> tuple[bytes, str]:
    """The paper and its media type; that it was opened is noted. Raises NotFound."""
    must(actor, READ)
    found = await fetch_one(
        "SELECT person_id, media_type, digest FROM absence_evidence WHERE id = $1", evidence_id
    )
    if found is None:
        raise NotFound
    content = store.take(evidence_id)
    if hashlib.sha256(content).digest() != found["digest"]:
        raise NotFound
    await note(
        "read",
        "open-evidence",
        resource="absence_evidence",
        row_id=evidence_id,
        person_id=found["person_id"],
    )
    return content, str(found["media_type"])
