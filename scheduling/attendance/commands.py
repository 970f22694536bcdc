"""Marking a register, signing it off, and judging an absence."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.rules import is_there
from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, insert
from programmes.common.errors import Conflict, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.attendance.fact_commands import note_missed
from scheduling.attendance.open_register_commands import (
    append_marks,
    bump,
    open_register,
    says_the_same,
)
from scheduling.attendance.rules import GivenMark, reasons_not_to_mark
from scheduling.attendance.tables import Acceptability

MARK = Permission(Resource.OPEN_REGISTER, Verb.WRITE)
JUDGE = Permission(Resource.ACCEPTABILITY, Verb.WRITE)


async def save_marks(
    session_id: UUID, marks: dict[UUID, GivenMark], *, version: int, actor: Actor, now: datetime
) -> int:
    """Marks by enrolment, in an open register; answers the register's new version.

    Raises Conflict where somebody else has marked since this version was read, and Refused with
    every reason against a mark. Saying the same again writes nothing.
    """
    await begin(actor, MARK, "save-marks")
    register = await open_register(session_id, version=version, now=now)
    said = await _said_of_everybody(register, marks, now)
    await append_marks(register, said, actor=actor, now=now)
    return await bump(register["id"])


async def _said_of_everybody(
    register: dict[str, Any], marks: dict[UUID, GivenMark], now: datetime
) -> dict[UUID, tuple[GivenMark, bool]]:
    """Each mark with whether they were there. Raises Refused with every reason against one."""
    rules = (await programme_version(register["programme_version_id"])).rules
    refused = [
        f"{register['names'][who]}: {reason}"
        for who, given in marks.items()
        if who in register["names"]
        for reason in reasons_not_to_mark(rules, given, starts_at=register["starts_at"], now=now)
    ]
    if marks.keys() - register["names"].keys():
        refused.append("Somebody here has no place in this group. Open the register again.")
    if refused:
        raise Refused(*refused)
    return {who: (given, is_there(rules, given.code)) for who, given in marks.items()}


class SavedMark(Struct, frozen=True):
    """What a page must know after one row was saved."""

    revision: int
    version: int


async def save_mark(
    session_id: UUID,
    enrolment_id: UUID,
    given: GivenMark,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> SavedMark:
    """One person's row of an open register. `revision` is that of the mark as it was read, 0 for
    none: others may be marking other rows at the same time.

    Raises Conflict, with the mark that stands now, where this very row was marked otherwise
    meanwhile; Refused with every reason against the mark; NotFound for nobody of this register.
    """
    await begin(actor, MARK, "save-mark")
    register = await open_register(session_id, now=now, only=enrolment_id)
    if enrolment_id not in register["names"]:
        raise NotFound
    rules = (await programme_version(register["programme_version_id"])).rules
    refused = reasons_not_to_mark(rules, given, starts_at=register["starts_at"], now=now)
    if refused:
        raise Refused(*refused)
    before = register["marked"].get(enrolment_id)
    if before is not None and says_the_same(before, given):
        return SavedMark(before["revision"], register["version"])
    if revision != (0 if before is None else before["revision"]):
        raise Conflict("Somebody else has marked this person meanwhile.", current=_as_text(before))
    said = {enrolment_id: (given, is_there(rules, given.code))}
    revisions = await append_marks(register, said, actor=actor, now=now)
    return SavedMark(revisions[enrolment_id], await bump(register["id"]))


def _as_text(mark: Any) -> dict[str, str]:
    if mark is None:
        return {"revision": "0"}
    names = ("code", "minutes_late", "claimed_reason", "note", "revision", "entered_by")
    said = {name: "" if mark[name] is None else str(mark[name]) for name in names}
    return {**said, "entered_at": mark["entered_at"].isoformat()}


async def sign_off(
    session_id: UUID,
    marks: dict[UUID, GivenMark] | None = None,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Closes the register, with the last marks: from now on a change is a correction by two people.

    Answers its new version. Raises Refused while somebody with a live place has no mark, and as
    `save_marks` does.
    """
    await begin(actor, MARK, "sign-off-register")
    register = await open_register(session_id, version=version, now=now)
    said = await _said_of_everybody(register, marks or {}, now)
    unmarked = sorted(
        register["names"][who]
        for who in register["expected"]
        if who not in register["marked"] and who not in said
    )
    if unmarked:
        raise Refused(f"Mark everybody first: {', '.join(unmarked)}.")
    await append_marks(register, said, actor=actor, now=now, signed_off_at=now)
    await _sign(register, actor, now)
    await note_missed(session_id, now=now)
    signed: int = register["version"] + 1
    return signed


async def _sign(register: dict[str, Any], actor: Actor, now: datetime) -> None:
    """The marks of before that still stand, and the register."""
    await execute(
        "UPDATE attendance_mark SET signed_off_at = $2 "
        "WHERE session_id = $1 AND is_current AND signed_off_at IS NULL",
        register["session_id"],
        now,
    )
    await execute(
        "UPDATE register SET signed_off_at = $2, signed_off_by = $3, version = version + 1 "
        "WHERE id = $1",
        register["id"],
        now,
        actor.account_id,
    )


async def judge_absence(
    mark_id: UUID, *, verdict: str, why: str | None, note: str | None, actor: Actor, now: datetime
) -> None:
    """Whether an absence was acceptable: the case owner's judgement, never the facilitator's."""
    await begin(actor, JUDGE, "judge-absence")
    mark = await fetch_one(
        "SELECT person_id, is_there FROM attendance_mark WHERE id = $1 AND is_current", mark_id
    )
    if mark is None:
        raise NotFound
    if mark["is_there"]:
        raise Refused("They were there: there is no absence to judge.")
    revision = await fetch_one(
        "SELECT coalesce(max(revision), 0) + 1 AS next FROM acceptability WHERE mark_id = $1",
        mark_id,
    )
    await execute(
        "UPDATE acceptability SET is_current = false WHERE mark_id = $1 AND is_current", mark_id
    )
    await insert(
        Acceptability,
        id=new_id(now),
        mark_id=mark_id,
        person_id=mark["person_id"],
        verdict=verdict,
        why=why,
        note=note,
        revision=revision["next"] if revision else 1,
        is_current=True,
        decided_at=now,
        decided_by=actor.account_id,
    )
