"""Going on in another group of the same programme: the place moves, and all that was done stays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from programmes.catalogue.queries import version as programme_version
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch, fetch_one, insert
from programmes.common.errors import NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.cohorts.commands import joiner_of, places_of
from scheduling.cohorts.not_offered_queries import not_offered_to
from scheduling.cohorts.queries import cohort
from scheduling.cohorts.tables import Enrolment, EnrolmentMove
from scheduling.cohorts.transfer_rules import reasons_no_transfer
from scheduling.cohorts.words import EnrolmentId, EnrolmentStatus
from scheduling.placement.not_offered_words import NOT_OFFERED_HERE
from scheduling.sessions.booking_commands import book_participant, release_participant

WRITE_COHORTS = Permission(Resource.COHORTS, Verb.WRITE)


async def transfer(
    enrolment_id: UUID, *, into: UUID, reason: str, actor: Actor, now: datetime
) -> EnrolmentId:
    """The old place is over, marks stay where they were made and count on in the new one.

    The rules of the version that they enrolled on go with them. Raises Refused with every reason,
    Clashed where they are somewhere else at a time of the new group.
    """
    await begin(actor, WRITE_COHORTS, "transfer-place", reason=reason)
    place = await _locked_place(enrolment_id, into)
    refused = await _reasons(place, into, actor=actor, now=now)
    if refused:
        raise Refused(*refused)
    await release_participant(place["person_id"], place["cohort_id"], now=now)
    await execute(
        "UPDATE enrolment SET status = 'transferred', ended_on = $2, version = version + 1 "
        "WHERE id = $1",
        enrolment_id,
        london_date(now),
    )
    await _move(enrolment_id, place, EnrolmentStatus.TRANSFERRED, reason, actor, now)
    await release_participant(place["person_id"], into, now=now)  # as a guest there
    await book_participant(place["person_id"], into, now=now)
    new_place, before = await _take_place(place, into, now)
    await _move(
        new_place, {**place, "status": before}, EnrolmentStatus.ENROLLED, reason, actor, now
    )
    await _keep_catch_ups(enrolment_id, new_place, into, actor=actor, now=now)
    return new_place


async def _locked_place(enrolment_id: UUID, into: UUID) -> dict[str, Any]:
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", str(into))
    row = await fetch_one(
        "SELECT id, person_id, cohort_id, referral_id, programme_id, programme_version_id, "
        "status, EXISTS (SELECT FROM attendance_mark m WHERE m.enrolment_id = e.id) AS has_marks "
        "FROM enrolment e WHERE id = $1 FOR UPDATE",
        enrolment_id,
    )
    if row is None:
        raise NotFound
    if row["status"] not in ("enrolled", "paused"):
        raise Refused("This place is over already.")
    if row["cohort_id"] == into:
        raise Refused("Choose another group: they are in this one.")
    return dict(row)


async def _reasons(
    place: dict[str, Any], into: UUID, *, actor: Actor, now: datetime
) -> tuple[str, ...]:
    left, joined = await cohort(actor, place["cohort_id"]), await cohort(actor, into)
    if left.programme_code != joined.programme_code:
        return (f"That is a group of {joined.programme_name}.",)
    reasons = reasons_no_transfer(
        (
            (await programme_version(place["programme_version_id"])).rules,
            (await programme_version(joined.programme_version_id)).rules,
        ),
        (await places_of(left, now), await places_of(joined, now)),
        await joiner_of(place["referral_id"]),
        has_marks=place["has_marks"],
    )
    barred = (await not_offered_to([place["person_id"]], now=now))[place["person_id"]]
    return (*reasons, NOT_OFFERED_HERE) if into in barred else reasons


async def _take_place(
    place: dict[str, Any], into: UUID, now: datetime
) -> tuple[EnrolmentId, str | None]:
    """The place, and how it stood where they had one in that group before: it is taken up again."""
    before = await fetch_one(
        "SELECT id, status FROM enrolment WHERE referral_id = $1 AND cohort_id = $2 FOR UPDATE",
        place["referral_id"],
        into,
    )
    if before is not None:
        await execute(
            "UPDATE enrolment SET status = 'enrolled', ended_on = NULL, end_reason = NULL, "
            "version = version + 1 WHERE id = $1",
            before["id"],
        )
        return EnrolmentId(before["id"]), before["status"]
    new_place = EnrolmentId(new_id(now))
    kept = ("person_id", "referral_id", "programme_id", "programme_version_id")
    await insert(
        Enrolment,
        id=new_place,
        cohort_id=into,
        status=EnrolmentStatus.ENROLLED,
        enrolled_on=london_date(now),
        created_at=now,
        **{name: place[name] for name in kept},
    )
    return new_place, None


async def _move(
    enrolment_id: UUID,
    place: dict[str, Any],
    after: EnrolmentStatus,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    await insert(
        EnrolmentMove,
        id=new_id(now),
        enrolment_id=enrolment_id,
        person_id=place["person_id"],
        before=place["status"],
        after=after,
        moved_at=now,
        moved_by=actor.account_id,
        reason=reason or None,
    )


async def _keep_catch_ups(
    before: UUID, after: UUID, into: UUID, *, actor: Actor, now: datetime
) -> None:
    """What was booked elsewhere goes along; in the group that they join they are members now."""
    rows = await fetch(
        "UPDATE appointment a SET given_up_at = $2 FROM session s WHERE s.id = a.session_id "
        "AND a.enrolment_id = $1 AND a.given_up_at IS NULL AND a.starts_at > $2 "
        "AND a.kind = 'catch-up' "
        "RETURNING a.id, a.person_id, a.session_id, a.kind, a.number, a.starts_at, a.ends_at, "
        "s.cohort_id AS host_id",
        before,
        now,
    )
    for row in rows:
        if row["host_id"] == into:
            continue
        await execute(
            "INSERT INTO appointment (id, enrolment_id, person_id, cohort_id, session_id, kind, "
            "number, starts_at, ends_at, booked_at, booked_by) "
            "SELECT $1, $2, a.person_id, $3, a.session_id, a.kind, a.number, a.starts_at, "
            "a.ends_at, $4, $5 FROM appointment a WHERE a.id = $6",
            new_id(now),
            after,
            into,
            now,
            actor.account_id,
            row["id"],
        )
