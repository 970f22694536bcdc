"""Giving somebody a place, and ending it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from programmes.catalogue.queries import version as programme_version
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch_one, fetch_value, insert
from programmes.common.errors import NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.common.wall_time import midnight
from programmes.facts.commands import NewFact, record_facts
from programmes.facts.words import FactKind
from programmes.referrals.commands import move_referral
from programmes.referrals.words import ReferralStatus, Through
from scheduling.cohorts.not_offered_queries import not_offered_to
from scheduling.cohorts.queries import SESSIONS_HELD, CohortFacts, cohort
from scheduling.cohorts.rules import Joiner, OpenPlaces, reasons_no_place
from scheduling.cohorts.tables import Enrolment, EnrolmentMove
from scheduling.cohorts.words import EndReason, EnrolmentId, EnrolmentStatus
from scheduling.placement.not_offered_words import NOT_OFFERED_HERE
from scheduling.sessions.booking_commands import book_participant, release_participant

WRITE_COHORTS = Permission(Resource.COHORTS, Verb.WRITE)


async def enrol(
    referral_id: UUID, cohort_id: UUID, *, referral_version: int, actor: Actor, now: datetime
) -> EnrolmentId:
    """Gives a waiting person a place. Raises Refused with every reason against it.

    The cohort is locked first, so that the last place goes to one person.
    """
    await begin(actor, WRITE_COHORTS, "enrol")
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", str(cohort_id))
    into = await cohort(actor, cohort_id)
    referral = await _waiting_referral(referral_id)
    rules = (await programme_version(into.programme_version_id)).rules
    places, joiner = await places_of(into, now), await joiner_of(referral_id)
    refused = list(reasons_no_place(rules, places, joiner))
    if referral["programme_code"] != into.programme_code:
        refused.append(f"The referral is to another programme than {into.programme_name}.")
    if await _was_here_before(referral_id, cohort_id):
        refused.append("They had a place in this group before and left it. Choose another group.")
    barred = await not_offered_to([referral["person_id"]], now=now)
    if cohort_id in barred[referral["person_id"]]:
        refused.append(NOT_OFFERED_HERE)
    if refused:
        raise Refused(*refused)
    await move_referral(
        referral_id,
        ReferralStatus.ENROLLED,
        version=referral_version,
        reason="",
        actor=actor,
        now=now,
        through=Through.PLACE,
    )
    await book_participant(referral["person_id"], cohort_id, now=now)
    return await _take_place(referral, into, referral_id, actor=actor, now=now)


async def end_place(
    enrolment_id: UUID,
    *,
    why: EndReason,
    note: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Ends a live place; marks already made stay. A place that is over already is no change."""
    await begin(actor, WRITE_COHORTS, "end-place", reason=note)
    row = await fetch_one(
        "SELECT person_id, cohort_id, status, enrolled_on FROM enrolment WHERE id = $1 FOR UPDATE",
        enrolment_id,
    )
    if row is None:
        raise NotFound
    if row["status"] not in ("enrolled", "paused"):
        return
    if on < row["enrolled_on"]:
        raise Refused("A place cannot end before it began.")
    await release_participant(row["person_id"], row["cohort_id"], now=now)
    await _mark_ended(enrolment_id, why, on)
    await _record_move(
        enrolment_id,
        row["person_id"],
        row["status"],
        EnrolmentStatus.ENDED,
        actor,
        now,
        reason=note or why,
    )
    if why is not EndReason.REPEATS:
        ended = NewFact(row["person_id"], FactKind.DROPPED_OUT, enrolment_id, midnight(on))
        await record_facts((ended,), now=now)


async def _mark_ended(enrolment_id: UUID, why: EndReason, on: date) -> None:
    await execute(
        "UPDATE enrolment SET status = 'ended', ended_on = $2, end_reason = $3, "
        "version = version + 1 WHERE id = $1",
        enrolment_id,
        on,
        why,
    )


async def places_of(into: CohortFacts, now: datetime) -> OpenPlaces:
    row = await fetch_one(
        f"SELECT c.sex, {SESSIONS_HELD} FROM cohort c WHERE c.id = $1", into.id, now
    )
    if row is None:
        raise NotFound
    return OpenPlaces(
        status=into.status,
        capacity=into.capacity,
        taken=into.taken,
        sessions_held=row["sessions_held"],
        last_on=into.last_on,
        sex=row["sex"],
        interpreter_language=into.interpreter_language,
    )


async def joiner_of(referral_id: UUID) -> Joiner:
    """With the day on which his order or caution ends, where the route is one."""
    row = await fetch_one(
        """
        SELECT p.sex, CASE WHEN p.interpreter_needed THEN p.first_language END AS language,
               (SELECT max(o.ends_on) FROM protective_order o
                WHERE o.person_id = p.id AND o.kind = 'conditional-caution'
                AND r.route = 'conditional caution') AS deadline_on
        FROM referral r JOIN person p ON p.id = r.person_id WHERE r.id = $1
        """,
        referral_id,
    )
    if row is None:
        raise NotFound
    return Joiner(sex=row["sex"], language=row["language"], deadline_on=row["deadline_on"])


async def _was_here_before(referral_id: UUID, cohort_id: UUID) -> bool:
    return bool(
        await fetch_value(
            "SELECT 1 FROM enrolment WHERE referral_id = $1 AND cohort_id = $2",
            referral_id,
            cohort_id,
        )
    )


async def _waiting_referral(referral_id: UUID) -> Any:
    row = await fetch_one(
        "SELECT r.person_id, r.programme_id, g.code AS programme_code FROM referral r "
        "JOIN programme g ON g.id = r.programme_id WHERE r.id = $1",
        referral_id,
    )
    if row is None:
        raise NotFound
    return row


async def _take_place(
    referral: Any, into: CohortFacts, referral_id: UUID, *, actor: Actor, now: datetime
) -> EnrolmentId:
    enrolment_id = EnrolmentId(new_id(now))
    await insert(
        Enrolment,
        id=enrolment_id,
        person_id=referral["person_id"],
        referral_id=referral_id,
        cohort_id=into.id,
        programme_id=referral["programme_id"],
        programme_version_id=into.programme_version_id,
        status=EnrolmentStatus.ENROLLED,
        enrolled_on=london_date(now),
        created_at=now,
    )
    await _record_move(
        enrolment_id, referral["person_id"], None, EnrolmentStatus.ENROLLED, actor, now
    )
    return enrolment_id


async def _record_move(
    enrolment_id: UUID,
    person_id: UUID,
    before: str | None,
    after: EnrolmentStatus,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
) -> None:
    await insert(
        EnrolmentMove,
        id=new_id(now),
        enrolment_id=enrolment_id,
        person_id=person_id,
        before=before,
        after=after,
        moved_at=now,
        moved_by=actor.account_id,
        reason=reason or None,
    )


async def begin_and_finish_cohorts(*, actor: Actor, now: datetime) -> int:
    """Planned groups begin on their first day; running ones are finished after their last.

    A place that is still live then stays so, for its completion to be decided by a person.
    """
    await begin(actor, WRITE_COHORTS, "begin-and-finish-cohorts")
    today = london_date(now)
    begun = await execute(
        "UPDATE cohort SET status = 'running', version = version + 1 "
        "WHERE status = 'planned' AND first_on <= $1 AND last_on >= $1",
        today,
    )
    finished = await execute(
        "UPDATE cohort SET status = 'finished', version = version + 1 "
        "WHERE status IN ('planned', 'running') AND last_on < $1",
        today,
    )
    return begun + finished
