"""Writes the places and marks of a programme book: registers signed off, corrections appended."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct

from programmes.catalogue.words import MarkCode, ProgrammeVersion
from programmes.common.db import execute, execute_many, fetch, insert_many
from scheduling.attendance.tables import Acceptability, AttendanceMark
from scheduling.workbooks.import_work import ImportWork
from scheduling.workbooks.meaning_rules import mark_code, verdict, was_there
from scheduling.workbooks.words import AttendanceRow

_SIGN_OFF = """
INSERT INTO register (id, session_id, cohort_id, opened_at, signed_off_at, signed_off_by)
SELECT n.*, $5, $6 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS n
ON CONFLICT (session_id) DO UPDATE
SET signed_off_at = excluded.signed_off_at, signed_off_by = excluded.signed_off_by,
    version = register.version + 1
WHERE register.signed_off_at IS NULL
"""
CORRECTED = "The workbook that was imported says so."


class StoredMark(Struct, frozen=True):
    """A current mark and what was judged of it."""

    id: UUID
    code: str
    note: str | None
    revision: int
    verdict: str | None
    verdict_id: UUID | None
    verdict_revision: int | None


async def write_registers(work: ImportWork) -> None:
    """One register, signed off by whoever imports, for each session that was held."""
    held = [
        (ref, session)
        for ref, group in work.groups.items()
        for session in group.sessions
        if session.held and not work.has_recorded(ref, session.content.number)
    ]
    await execute(
        _SIGN_OFF,
        [work.new_id() for _ in held],
        [work.sessions[ref, session.content.number] for ref, session in held],
        [work.cohorts[ref] for ref, _ in held],
        [session.starts_at for _, session in held],
        work.now,
        work.actor.account_id,
    )


async def write_marks(work: ImportWork) -> None:
    """New marks, and a correction beside every mark that the book now tells differently."""
    rows = work.plan.attendance.written
    stored = await _current_marks(work, rows)
    versions = {row.ref: work.version_of_cohort(row).rules for row in work.book.cohorts}
    writing = _Writing(work, versions)
    for row in rows:
        writing.add(row, stored.get(_key(work, row)))
    await writing.write()


def _key(work: ImportWork, row: AttendanceRow) -> tuple[UUID, UUID]:
    return work.sessions[row.cohort_ref, row.session], work.places[row.cohort_ref, row.referral_ref]


async def _current_marks(
    work: ImportWork, rows: Iterable[AttendanceRow]
) -> Mapping[tuple[UUID, UUID], StoredMark]:
    keys = [_key(work, row) for row in rows]
    found = await fetch(
        """
        SELECT m.session_id, m.enrolment_id, m.id, m.code, m.note, m.revision,
               a.verdict, a.id AS verdict_id, a.revision AS verdict_revision
        FROM attendance_mark m
        JOIN unnest($1::uuid[], $2::uuid[]) AS k (session_id, enrolment_id)
          ON m.session_id = k.session_id AND m.enrolment_id = k.enrolment_id
        LEFT JOIN acceptability a ON a.mark_id = m.id AND a.is_current
        WHERE m.is_current
        """,
        [session_id for session_id, _ in keys],
        [enrolment_id for _, enrolment_id in keys],
    )
    return {
        (row["session_id"], row["enrolment_id"]): StoredMark(
            row["id"],
            row["code"],
            row["note"],
            row["revision"],
            row["verdict"],
            row["verdict_id"],
            row["verdict_revision"],
        )
        for row in found
    }


class _Writing:
    """Collects what is to be written, so that each table is written in one go."""

    def __init__(self, work: ImportWork, versions: Mapping[str, ProgrammeVersion]) -> None:
        self.work = work
        self.versions = versions
        self.people = {row.ref: work.people[row.person_ref] for row in work.book.referrals}
        self.marks: list[dict[str, Any]] = []
        self.verdicts: list[dict[str, Any]] = []
        self.past_marks: list[tuple[UUID]] = []
        self.past_verdicts: list[tuple[UUID]] = []

    def add(self, row: AttendanceRow, stored: StoredMark | None) -> None:
        code = mark_code(self.versions[row.cohort_ref], row.mark)
        if stored is None:
            self._add_mark(row, code, revision=1, because=None)
        elif (stored.code, stored.note) != (code, row.note):
            self.past_marks.append((stored.id,))
            self._add_mark(row, code, revision=stored.revision + 1, because=CORRECTED)
        elif stored.verdict != verdict(row.mark):
            if stored.verdict_id is not None:
                self.past_verdicts.append((stored.verdict_id,))
            revision = (stored.verdict_revision or 0) + 1
            self._add_verdict(row, stored.id, revision=revision)

    def _add_mark(
        self, row: AttendanceRow, code: MarkCode, *, revision: int, because: str | None
    ) -> None:
        work = self.work
        session_id, enrolment_id = _key(work, row)
        mark_id = work.new_id()
        self.marks.append(
            {
                "id": mark_id,
                "session_id": session_id,
                "enrolment_id": enrolment_id,
                "cohort_id": work.cohorts[row.cohort_ref],
                "person_id": self.people[row.referral_ref],
                "code": code,
                "is_there": was_there(self.versions[row.cohort_ref], row.mark),
                "note": row.note,
                "revision": revision,
                "held_at": work.groups[row.cohort_ref].held_at(row.session),
                "entered_at": work.now,
                "entered_by": work.actor.account_id,
                "signed_off_at": work.now,
                "corrected_because": because,
            }
        )
        self._add_verdict(row, mark_id, revision=1)

    def _add_verdict(self, row: AttendanceRow, mark_id: UUID, *, revision: int) -> None:
        said = verdict(row.mark)
        if said is None:
            return
        self.verdicts.append(
            {
                "id": self.work.new_id(),
                "mark_id": mark_id,
                "person_id": self.people[row.referral_ref],
                "verdict": said,
                "revision": revision,
                "decided_at": self.work.now,
                "decided_by": self.work.actor.account_id,
            }
        )

    async def write(self) -> None:
        no_longer = "UPDATE {} SET is_current = false WHERE id = $1"
        await execute_many(no_longer.format("attendance_mark"), self.past_marks)
        await execute_many(no_longer.format("acceptability"), self.past_verdicts)
        await insert_many(AttendanceMark, self.marks)
        await insert_many(Acceptability, self.verdicts)
