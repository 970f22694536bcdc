"""Programmes as data: a new one, a new version beside the old, and every change of status."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.catalogue.around_tables import ProgrammeMove
from programmes.catalogue.queries import StoredProgramme, programme, programmes
from programmes.catalogue.rules import reasons_not_to_change_status
from programmes.catalogue.tables import Programme, ProgrammeVersion
from programmes.catalogue.version_rules import code_of, version_mistakes
from programmes.catalogue.words import ProgrammeStatus
from programmes.catalogue.words import ProgrammeVersion as Rules
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

WRITE_PROGRAMMES = Permission(Resource.CATALOGUE, Verb.WRITE)


async def add_programme(
    name: str, rules: Rules, *, source: str, actor: Actor, now: datetime
) -> str:
    """Planned at first: it takes expressions of need until it is opened. Answers its code."""
    await begin(actor, WRITE_PROGRAMMES, "add-programme", reason=source)
    code = code_of(name)
    stored = await programmes()
    if not code or any(one.code == code or one.name == name for one in stored):
        raise Invalid({"name": "There is a programme of this name already. Choose another name."})
    _refuse_mistakes(rules, None, now)
    programme_id = new_id(now)
    await insert(
        Programme,
        id=programme_id,
        code=code,
        name=name,
        status=ProgrammeStatus.PLANNED,
        created_at=now,
    )
    await _record_move(programme_id, None, ProgrammeStatus.PLANNED, "", actor, now)
    await _add_version(programme_id, code, 1, rules, source, now)
    return code


async def add_version(
    code: str, rules: Rules, *, source: str, version: int, actor: Actor, now: datetime
) -> None:
    """Beside the old: places keep the version on which they were given.

    `version` is that of the programme as it was looked at. Raises Conflict, Invalid.
    """
    await begin(actor, WRITE_PROGRAMMES, "add-programme-version", reason=source)
    found = await _locked(code, version)
    last = max(found.versions, key=lambda one: one.rules.number)
    _refuse_mistakes(rules, last.rules, now)
    await execute("UPDATE programme SET version = version + 1 WHERE id = $1", found.id)
    await _add_version(found.id, code, last.rules.number + 1, rules, source, now)


async def change_status(
    code: str,
    after: ProgrammeStatus,
    *,
    reason: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Staying as it is is no change. Raises Refused with every reason against it."""
    await begin(actor, WRITE_PROGRAMMES, "change-programme-status", reason=reason)
    found = await programme(code)
    if found.status is after:
        return
    found = await _locked(code, version)
    refused = reasons_not_to_change_status(found.status, after, role=actor.role, reason=reason)
    if after is ProgrammeStatus.RETIRED and await _runs(found.id):
        refused += ("Groups of it are still planned or running. Let them run out first.",)
    if refused:
        raise Refused(*refused)
    await execute(
        "UPDATE programme SET status = $2, version = version + 1 WHERE id = $1", found.id, after
    )
    await _record_move(found.id, found.status, after, reason, actor, now)


async def _locked(code: str, version: int) -> StoredProgramme:
    await execute("SELECT 1 FROM programme WHERE code = $1 FOR UPDATE", code)
    found = await programme(code)
    if found.version != version:
        raise Conflict(
            "Somebody else changed this programme meanwhile.",
            current={"after": found.status, "version": str(found.version)},
        )
    return found


async def _runs(programme_id: UUID) -> bool:
    return bool(
        await fetch_value(
            "SELECT 1 FROM cohort WHERE programme_id = $1 AND status IN ('planned', 'running') "
            "LIMIT 1",
            programme_id,
        )
    )


def _refuse_mistakes(rules: Rules, last: Rules | None, now: datetime) -> None:
    mistakes = version_mistakes(
        rules, today=london_date(now), last_from=last.valid_from if last else None
    )
    if mistakes:
        raise Invalid(mistakes)


async def _add_version(
    programme_id: UUID, code: str, number: int, rules: Rules, source: str, now: datetime
) -> None:
    whole = msgspec.structs.replace(rules, programme=code, number=number)
    await insert(
        ProgrammeVersion,
        id=new_id(now),
        programme_id=programme_id,
        number=number,
        valid_from=rules.valid_from,
        source=source,
        rules=whole,
    )


async def _record_move(
    programme_id: UUID,
    before: ProgrammeStatus | None,
    after: ProgrammeStatus,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    await insert(
        ProgrammeMove,
        id=new_id(now),
        programme_id=programme_id,
        before=before,
        after=after,
        moved_at=now,
        moved_by=actor.account_id,
        reason=reason or None,
    )
