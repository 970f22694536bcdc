"""Writes the groups of a programme book: where they meet, who runs them, and their sessions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from programmes.common.clock import london_date
from programmes.common.db import execute_many, fetch, insert_many
from programmes.common.references import new_reference
from programmes.common.staff import Role
from programmes.common.tables import Account
from programmes.people.rules import fold
from programmes.people.words import Sex
from scheduling.cohorts.tables import Cohort, CohortStaff, Room, Venue
from scheduling.cohorts.words import CohortStatus, StaffDuty
from scheduling.sessions.tables import Session
from scheduling.workbooks.history_rules import GroupHistory
from scheduling.workbooks.import_work import ImportWork
from scheduling.workbooks.stored_queries import ids_by_name
from scheduling.workbooks.words import CohortRow

_FEWEST_SEATS = 15
_UPDATE = """
UPDATE cohort SET room_id = $2, interpreter_language = $3, version = version + 1
WHERE id = $1 AND (room_id, interpreter_language) IS DISTINCT FROM ($2, $3)
"""
_UPDATE_ROOM = """
UPDATE session s SET room_id = $2, version = version + 1
WHERE cohort_id = $1 AND room_id <> $2 AND NOT EXISTS (
    SELECT FROM register r WHERE r.session_id = s.id AND r.signed_off_at IS NOT NULL)
"""
_SETTLE = """
UPDATE cohort SET status = $2, first_on = $3, last_on = $4, version = version + 1
WHERE id = $1 AND (status, first_on, last_on) IS DISTINCT FROM ($2, $3, $4)
  AND status NOT IN ('paused', 'cancelled')
"""
_MOVE_SESSION = """
UPDATE session SET starts_at = $2, ends_at = $3, version = version + 1
WHERE id = $1 AND (starts_at, ends_at) IS DISTINCT FROM ($2, $3)
"""


async def write_cohorts(work: ImportWork) -> None:
    """New groups with every session of their version; of stored ones what may still change."""
    written = work.plan.cohorts.written
    rooms = await _rooms(work, {row.venue for row in written})
    staff = await _staff(work, {name for row in written for name in _facilitators(row)})
    new = [row for row in written if row.ref not in work.cohorts]
    changed = [row for row in written if row.ref in work.stored.cohorts]
    work.cohorts.update({row.ref: work.new_id() for row in new})
    await insert_many(Cohort, [_cohort(work, row, rooms[row.venue]) for row in new])
    sessions = [session for row in new for session in _sessions(work, row, rooms[row.venue])]
    await insert_many(Session, sessions)
    moved = [(work.cohorts[row.ref], rooms[row.venue]) for row in changed]
    await execute_many(_UPDATE_ROOM, moved)
    languages = [row.interpreter_language for row in changed]
    await execute_many(_UPDATE, [(*m, said) for m, said in zip(moved, languages, strict=True)])
    await _write_staff(work, written, staff)
    await _settle(work)


def _facilitators(row: CohortRow) -> tuple[str, ...]:
    return tuple(name for name in (row.facilitator_1, row.facilitator_2) if name)


async def _rooms(work: ImportWork, names: Iterable[str]) -> dict[str, UUID]:
    """The room of each venue; a venue that is not known is made with one room."""
    listed = sorted(names)
    venues = await ids_by_name("venue", listed)
    missing = {name: work.new_id() for name in listed if name not in venues}
    await insert_many(Venue, [{"id": id, "name": name} for name, id in missing.items()])
    venues |= missing
    rows = await fetch(
        "SELECT DISTINCT ON (venue_id) venue_id, id FROM room WHERE venue_id = ANY($1) "
        "ORDER BY venue_id, name",
        list(venues.values()),
    )
    rooms = {row["venue_id"]: row["id"] for row in rows}
    made = {venue_id: work.new_id() for venue_id in venues.values() if venue_id not in rooms}
    await insert_many(Room, [_room(room_id, venue_id) for venue_id, room_id in made.items()])
    rooms |= made
    return {name: rooms[venue_id] for name, venue_id in venues.items()}


def _room(room_id: UUID, venue_id: UUID) -> dict[str, Any]:
    return {
        "id": room_id,
        "venue_id": venue_id,
        "name": "Main room",
        "seats": _FEWEST_SEATS,
        "code": new_reference("V", room_id),
    }


async def _staff(work: ImportWork, names: Iterable[str]) -> dict[str, UUID]:
    """Accounts by name. One that is not known is made so that nobody can sign in with it."""
    rows = await fetch(
        "SELECT id, name, email FROM auth.account WHERE role = ANY($1) ORDER BY created_at, id",
        [Role.FACILITATOR, Role.CARA_COORDINATOR],
    )
    by_email = {row["email"]: row["id"] for row in rows}
    by_name: dict[str, list[UUID]] = {}
    for row in rows:
        by_name.setdefault(fold(row["name"]), []).append(row["id"])
    found: dict[str, UUID] = {}
    made: dict[str, dict[str, Any]] = {}
    for name in sorted(names):
        same_name = by_name.get(fold(name), [])
        email = _email_of(name)
        if len(same_name) == 1:
            found[name] = same_name[0]
        elif email in by_email:
            found[name] = by_email[email]
        else:
            made.setdefault(email, _account(work, name, email))
            found[name] = made[email]["id"]
    await insert_many(Account, list(made.values()))
    return found


def _email_of(name: str) -> str:
    """An address that can receive nothing, always the same for the same name (RFC 2606 §2)."""
    return f"{fold(name).replace(' ', '.') or 'unnamed'}@staff.invalid"


def _account(work: ImportWork, name: str, email: str) -> dict[str, Any]:
    return {
        "id": work.new_id(),
        "email": email,
        "name": name,
        "role": Role.FACILITATOR,
        "is_active": False,
        "created_at": work.now,
        "version": 1,
    }


def _cohort(work: ImportWork, row: CohortRow, room_id: UUID) -> dict[str, Any]:
    version = work.version_of_cohort(row)
    history = work.groups[row.ref]
    members = [place for place in work.all_places if place.cohort_ref == row.ref]
    return {
        "id": work.cohorts[row.ref],
        "reference": row.ref,
        "source_ref": row.ref,
        "programme_id": work.programmes[row.programme].id,
        "programme_version_id": version.id,
        "room_id": room_id,
        "capacity": max(version.rules.size.most, len(members)),
        "interpreter_language": row.interpreter_language,
        "sex": _sex(work, row) if version.rules.single_sex else None,
        "status": _status(history),
        "first_on": row.first_session_on,
        "last_on": _last_on(history),
        "created_at": work.now,
    }


def _sex(work: ImportWork, row: CohortRow) -> Sex | None:
    """The one sex of a single-sex group, where everybody in it is of that sex."""
    referrals = {place.referral_ref for place in work.all_places if place.cohort_ref == row.ref}
    sexes = {referral.sex for referral in work.book.referrals if referral.ref in referrals}
    return sexes.pop() if len(sexes) == 1 else None


def _status(history: GroupHistory) -> CohortStatus:
    if history.finished_at is not None:
        return CohortStatus.FINISHED
    return CohortStatus.RUNNING if history.last_held else CohortStatus.PLANNED


def _last_on(history: GroupHistory) -> Any:
    return max(london_date(session.starts_at) for session in history.sessions)


def _sessions(work: ImportWork, row: CohortRow, room_id: UUID) -> Iterable[dict[str, Any]]:
    for session in work.groups[row.ref].sessions:
        session_id = work.new_id()
        work.sessions[row.ref, session.content.number] = session_id
        yield {
            "id": session_id,
            "cohort_id": work.cohorts[row.ref],
            "number": session.content.number,
            "module": str(session.content.module),
            "kind": session.content.kind,
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "room_id": room_id,
            "status": "planned",
        }


async def _write_staff(work: ImportWork, rows: Iterable[CohortRow], staff: dict[str, UUID]) -> None:
    """Whoever the book no longer names ends on the day that the import says so."""
    wanted = {
        (work.cohorts[row.ref], staff[name]): row for row in rows for name in _facilitators(row)
    }
    cohorts = list({cohort_id for cohort_id, _ in wanted})
    stored = await fetch(
        "SELECT id, cohort_id, account_id, from_on FROM cohort_staff "
        "WHERE cohort_id = ANY($1) AND duty = 'facilitator' AND until_on IS NULL",
        cohorts,
    )
    held = {(row["cohort_id"], row["account_id"]): row for row in stored}
    gone = [row for key, row in held.items() if key not in wanted]
    yesterday = work.today - timedelta(days=1)
    await execute_many(
        "UPDATE cohort_staff SET until_on = $2 WHERE id = $1",
        [(row["id"], max(row["from_on"], yesterday)) for row in gone],
    )
    new = [
        {
            "id": work.new_id(),
            "cohort_id": cohort_id,
            "account_id": account_id,
            "duty": StaffDuty.FACILITATOR,
            "from_on": row.first_session_on,
        }
        for (cohort_id, account_id), row in wanted.items()
        if (cohort_id, account_id) not in held
    ]
    await insert_many(CohortStaff, new)


async def _settle(work: ImportWork) -> None:
    """Sessions of stored groups that were since held on another day, and the groups' own dates."""
    moved, settled = [], []
    rewritten = {row.ref for row in work.plan.cohorts.changed}
    for row in work.book.cohorts:
        if row.ref not in work.stored.cohorts or not _has_news(work, row):
            continue
        history = work.groups[row.ref]
        moved += list(_moved_sessions(work, history, all_of_them=row.ref in rewritten))
        first_on = row.first_session_on
        settled.append((work.cohorts[row.ref], _status(history), first_on, _last_on(history)))
    await execute_many(_MOVE_SESSION, moved)
    await execute_many(_SETTLE, settled)


def _moved_sessions(
    work: ImportWork, history: GroupHistory, *, all_of_them: bool
) -> Iterable[tuple[UUID, datetime, datetime]]:
    """Recorded ones never move; others do where they were held, or would come before one held."""
    held = [session.starts_at for session in history.sessions if session.held]
    for session in history.sessions:
        stored = work.stored.sessions.get((history.ref, session.content.number))
        if stored is None or stored.is_recorded:
            continue
        is_out_of_order = bool(held) and stored.starts_at <= max(held)
        if all_of_them or session.held or is_out_of_order:
            yield stored.id, session.starts_at, session.ends_at


def _has_news(work: ImportWork, row: CohortRow) -> bool:
    """Whether the book says anything of this group that is not stored."""
    if any(changed.ref == row.ref for changed in work.plan.cohorts.changed):
        return True
    return any(
        session.held and not stored.is_recorded
        for session in work.groups[row.ref].sessions
        if (stored := work.stored.sessions.get((row.ref, session.content.number))) is not None
    )
