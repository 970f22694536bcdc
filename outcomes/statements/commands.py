"""Making a statement: what it says is kept with its hash, so that it can be checked later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from outcomes.statements.rules import hash_of
from outcomes.statements.tables import Statement
from outcomes.statements.words import StatementKind
from outcomes.tasks.commands import finish_tasks_about
from outcomes.tasks.words import TaskKind
from programmes.common.audit import begin, note
from programmes.common.db import insert
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

MAKE_STATEMENT = Permission(Resource.ATTENDANCE, Verb.READ)
_ANSWERS = {
    StatementKind.FINAL_REPORT: TaskKind.FINAL_REPORT,
    StatementKind.POLICE_NOTICE: TaskKind.TELL_ISSUER,
}


async def keep_statement(
    statement_id: UUID,
    person_id: UUID,
    kind: StatementKind,
    says: Mapping[str, Any],
    *,
    enrolment_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> str:
    """Answers its hash. The task that asked for it is done; the disclosure is noted."""
    await begin(actor, MAKE_STATEMENT, "make-statement", reason=kind)
    digest = hash_of(says)
    await insert(
        Statement,
        id=statement_id,
        person_id=person_id,
        kind=kind,
        says=says,
        hash=digest,
        made_at=now,
        made_by=actor.account_id,
    )
    await note(
        "disclose",
        "make-statement",
        resource="statement",
        row_id=statement_id,
        person_id=person_id,
        detail={"sha256": digest, "kind": kind},
    )
    if kind in _ANSWERS and enrolment_id is not None:
        await finish_tasks_about(
            enrolment_id, _ANSWERS[kind], note=f"Made: {kind}", actor=actor, now=now
        )
    return digest
