"""Writes the places that the marks of a programme book show, and how each of them stands."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from programmes.common.db import execute_many, fetch, insert_many
from scheduling.cohorts.tables import Enrolment, EnrolmentMove
from scheduling.cohorts.words import LIVE_PLACES, EndReason, EnrolmentStatus
from scheduling.workbooks.history_rules import PlaceMarks, PlaceOutcome
from scheduling.workbooks.import_work import ImportWork
from scheduling.workbooks.meaning_rules import midday

_UPDATE = """
UPDATE enrolment SET status = $2, ended_on = $3, end_reason = $4, version = version + 1
WHERE id = $1
"""


async def write_places(work: ImportWork) -> None:
    """New places; of stored ones those of which the book says something new."""
    new = [place for place in work.all_places if _key(place) not in work.places]
    work.places.update({_key(place): work.new_id() for place in new})
    await _end_places_of_earlier_books(work, new)
    touched = _touched(work, new)
    changed = [place for place in work.all_places if _key(place) in touched]
    await _update(work, changed)
    await insert_many(Enrolment, [_enrolment(work, place) for place in new])
    await insert_many(EnrolmentMove, [move for place in new for move in _first_moves(work, place)])


def _key(place: PlaceMarks) -> tuple[str, str]:
    return place.cohort_ref, place.referral_ref


def _touched(work: ImportWork, new: Iterable[PlaceMarks]) -> set[tuple[str, str]]:
    """Stored places with a written mark, in a group that has since gone on, or before a new one."""
    marked = {(row.cohort_ref, row.referral_ref) for row in work.plan.attendance.written}
    gone_on = {
        ref
        for ref, group in work.groups.items()
        for session in group.sessions
        if session.held and not work.has_recorded(ref, session.content.number)
    }
    again = {(place.person_ref, place.programme) for place in new}
    return {
        _key(place)
        for place in work.all_places
        if _key(place) in work.stored.places
        and (
            _key(place) in marked
            or place.cohort_ref in gone_on
            or (place.person_ref, place.programme) in again
        )
    }


async def _update(work: ImportWork, places: Iterable[PlaceMarks]) -> None:
    """Places that end go first: one live place a person and programme.

    Who went on in another group stays there, whatever the book of the first one says.
    """
    changes = []
    for place in places:
        stored, outcome = work.stored.places[_key(place)], work.outcomes[_key(place)]
        if stored.status == EnrolmentStatus.TRANSFERRED:
            continue
        if (stored.status, stored.ended_on) != (outcome.status, outcome.ended_on):
            changes.append((place, stored.status, outcome))
    changes.sort(key=lambda change: change[2].status in LIVE_PLACES)
    await execute_many(
        _UPDATE,
        [(work.places[_key(place)], o.status, o.ended_on, o.reason) for place, _, o in changes],
    )
    moves = [
        _move(
            work,
            (work.places[_key(place)], work.people[place.person_ref]),
            before=before,
            after=outcome.status,
            on=outcome.ended_on or place.marks[-1].held_on,
        )
        for place, before, outcome in changes
        if before != outcome.status
    ]
    await insert_many(EnrolmentMove, moves)


async def _end_places_of_earlier_books(work: ImportWork, new: list[PlaceMarks]) -> None:
    """A place that an earlier book left live ends where a new one of this book begins."""
    begun = {(work.people[p.person_ref], work.programmes[p.programme].id): p for p in new}
    rows = await fetch(
        """
        SELECT e.id, e.person_id, e.programme_id, e.status, e.enrolled_on,
               (SELECT max(m.held_at) FROM attendance_mark m
                WHERE m.enrolment_id = e.id AND m.is_current) AS last_at
        FROM enrolment e
        JOIN cohort c ON c.id = e.cohort_id
        JOIN unnest($1::uuid[], $2::uuid[]) AS n (person_id, programme_id)
          ON e.person_id = n.person_id AND e.programme_id = n.programme_id
        WHERE e.status IN ('enrolled', 'paused')
          AND c.source_ref IS NOT NULL AND c.source_ref <> ALL($3)
        """,
        [person_id for person_id, _ in begun],
        [programme_id for _, programme_id in begun],
        [row.ref for row in work.book.cohorts],
    )
    ended = EnrolmentStatus.ENDED
    dated = [(row, row["last_at"].date() if row["last_at"] else row["enrolled_on"]) for row in rows]
    await execute_many(_UPDATE, [(row["id"], ended, on, EndReason.STOPPED) for row, on in dated])
    moves = [
        _move(work, (row["id"], row["person_id"]), before=row["status"], after=ended, on=on)
        for row, on in dated
    ]
    await insert_many(EnrolmentMove, moves)


def _enrolment(work: ImportWork, place: PlaceMarks) -> dict[str, Any]:
    outcome: PlaceOutcome = work.outcomes[_key(place)]
    cohort = next(row for row in work.book.cohorts if row.ref == place.cohort_ref)
    return {
        "id": work.places[_key(place)],
        "person_id": work.people[place.person_ref],
        "referral_id": work.referrals[place.referral_ref],
        "cohort_id": work.cohorts[place.cohort_ref],
        "programme_id": work.programmes[place.programme].id,
        "programme_version_id": work.version_of_cohort(cohort).id,
        "status": outcome.status,
        "enrolled_on": place.joined_on,
        "ended_on": outcome.ended_on,
        "end_reason": outcome.reason,
        "created_at": work.now,
    }


def _first_moves(work: ImportWork, place: PlaceMarks) -> list[dict[str, Any]]:
    outcome = work.outcomes[_key(place)]
    ids = (work.places[_key(place)], work.people[place.person_ref])
    enrolled = EnrolmentStatus.ENROLLED
    moves = [_move(work, ids, before=None, after=enrolled, on=place.joined_on)]
    if outcome.ended_on is not None:
        ended = _move(work, ids, before=enrolled, after=outcome.status, on=outcome.ended_on)
        moves.append(ended)
    return moves


def _move(
    work: ImportWork, ids: tuple[UUID, UUID], *, before: str | None, after: str, on: date
) -> dict[str, Any]:
    enrolment_id, person_id = ids
    return {
        "id": work.new_id(),
        "enrolment_id": enrolment_id,
        "person_id": person_id,
        "before": before,
        "after": after,
        # A second later than joining on the same day.
        "moved_at": midday(on) + timedelta(seconds=0 if before is None else 1),
        "moved_by": work.actor.account_id,
        "reason": None if before is None else "As the imported book shows",
    }
