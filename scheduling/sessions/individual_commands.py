"""Booking, moving and cancelling the individual sessions of one person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from programmes.catalogue.queries import version as programme_version
from programmes.catalogue.words import ProgrammeVersion, SessionKind
from programmes.common.audit import begin
from programmes.common.db import execute, fetch_one, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.calendars.rules import nearest_free_times
from scheduling.calendars.words import Taken
from scheduling.cohorts.queries import PlaceRow, place
from scheduling.cohorts.transfer_queries import programme_version_of
from scheduling.cohorts.words import LIVE_PLACES
from scheduling.sessions.booking_commands import book, refuse_clashes
from scheduling.sessions.individual_queries import individual_session
from scheduling.sessions.individual_rules import reasons_not_then, times_in_week, warnings_hash
from scheduling.sessions.individual_words import (
    IndividualAsked,
    IndividualPlan,
    IndividualSession,
)
from scheduling.sessions.limit_queries import limits_of_people
from scheduling.sessions.planning_queries import (
    closed_days,
    interpreters,
    people_who_lead,
    room,
    taken_times,
)
from scheduling.sessions.planning_rules import INTERPRETER, PARTICIPANT, ROOM, STAFF
from scheduling.sessions.planning_words import Wanted
from scheduling.sessions.tables import Appointment
from scheduling.sessions.warning_rules import warnings_of
from scheduling.sessions.words import Circumstances, PlanWarning, Session

WRITE_COHORTS = Permission(Resource.COHORTS, Verb.WRITE)
OTHER_THAN_SHOWN = "There is something to know before this is booked. Look at it first."


async def plan_individual(
    place_id: UUID, asked: IndividualAsked, *, actor: Actor, now: datetime
) -> IndividualPlan:
    """What to know before it is booked. Writes nothing; raises Refused with every reason."""
    must(actor, WRITE_COHORTS)
    found, session = await _place_and_session(place_id, asked.session_id, actor=actor)
    return await _plan(found, session, asked, actor=actor, now=now)


async def book_individual(
    place_id: UUID, asked: IndividualAsked, *, seen: str, actor: Actor, now: datetime
) -> UUID:
    """Books it, or moves it where it was booked already.

    Raises Conflict where there are warnings other than those `seen`, Clashed where the room or
    somebody is taken.
    """
    await begin(actor, WRITE_COHORTS, "book-individual-session")
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 8))", str(place_id))
    found, session = await _place_and_session(place_id, asked.session_id, actor=actor)
    plan = await _plan(found, session, asked, actor=actor, now=now)
    if plan.hash != seen:
        raise Conflict(OTHER_THAN_SHOWN)
    wanted = _wanted(found.person_id, asked, plan)
    before = session.appointment_id
    await refuse_clashes(wanted, but_sessions=[before] if before else [])
    if before is not None:
        await _give_up(before, now)
    appointment_id = new_id(now)
    await _insert(appointment_id, found, asked, plan, actor=actor, now=now)
    await book(
        wanted,
        session_of={session.number: asked.session_id},
        cohort_id=found.cohort_id,
        now=now,
        appointment_id=appointment_id,
    )
    return appointment_id


async def cancel_individual(appointment_id: UUID, *, actor: Actor, now: datetime) -> UUID:
    """The room and everybody in it are free again; answers the place that it was booked for.

    Raises Refused for one that was held. One that is cancelled already is no change.
    """
    await begin(actor, WRITE_COHORTS, "cancel-individual-session")
    row = await fetch_one(
        "SELECT enrolment_id, starts_at, given_up_at FROM appointment "
        "WHERE id = $1 AND kind = 'individual' FOR UPDATE",
        appointment_id,
    )
    if row is None:
        raise NotFound
    await place(actor, row["enrolment_id"])
    if row["given_up_at"] is None:
        if row["starts_at"] <= now:
            raise Refused("Its time is past. Mark it in the register.")
        await _give_up(appointment_id, now)
    place_id: UUID = row["enrolment_id"]
    return place_id


async def free_times_for(
    place_id: UUID, asked: IndividualAsked, *, actor: Actor, now: datetime, limit: int = 3
) -> tuple[datetime, ...]:
    """The nearest times of that week at which the room and everybody asked for are free."""
    must(actor, WRITE_COHORTS)
    found, session = await _place_and_session(place_id, asked.session_id, actor=actor)
    candidates = times_in_week(session, now=now)
    if not candidates:
        return ()
    lasts = timedelta(minutes=session.minutes)
    taken = await taken_times(
        _whats(found.person_id, asked),
        from_at=candidates[0],
        until_at=candidates[-1] + lasts,
        but_sessions=[session.appointment_id] if session.appointment_id else [],
    )
    return nearest_free_times(
        asked.starts_at,
        candidates,
        lasts=lasts,
        taken=[Taken(one.starts_at, one.ends_at) for one in taken],
        closures=await closed_days((await room(actor, asked.room_id)).venue_id, found.cohort_id),
        limit=limit,
    )


async def _place_and_session(
    place_id: UUID, session_id: UUID, *, actor: Actor
) -> tuple[PlaceRow, IndividualSession]:
    found = await place(actor, place_id)
    if found.status not in LIVE_PLACES:
        raise Refused("This place is over already.")
    return found, await individual_session(actor, place_id, session_id)


async def _plan(
    found: PlaceRow,
    session: IndividualSession,
    asked: IndividualAsked,
    *,
    actor: Actor,
    now: datetime,
) -> IndividualPlan:
    where = await room(actor, asked.room_id)
    closures = await closed_days(where.venue_id, found.cohort_id)
    reasons = reasons_not_then(session, asked.starts_at, closures, now=now)
    if reasons:
        raise Refused(*reasons)
    ends_at = asked.starts_at + timedelta(minutes=session.minutes)
    version_id, _ = await programme_version_of(found.id)
    rules = (await programme_version(version_id)).rules
    warnings = await _warnings(rules, session, asked, found, ends_at, actor)
    return IndividualPlan(
        number=session.number,
        starts_at=asked.starts_at,
        ends_at=ends_at,
        warnings=warnings,
        hash=warnings_hash(asked, warnings),
    )


async def _warnings(
    rules: ProgrammeVersion,
    session: IndividualSession,
    asked: IndividualAsked,
    found: PlaceRow,
    ends_at: datetime,
    actor: Actor,
) -> tuple[PlanWarning, ...]:
    leads, speakers = await people_who_lead(actor), await interpreters(actor)
    if asked.facilitator_id not in {one.id for one in leads}:
        raise Invalid({"facilitator": "Select the facilitator from the list"})
    planned = Session(
        id=asked.session_id,
        number=session.number,
        module=0,
        kind=SessionKind.INDIVIDUAL,
        starts_at=asked.starts_at,
        ends_at=ends_at,
        room_id=asked.room_id,
        facilitator_ids=(asked.facilitator_id,),
        interpreter_ids=(asked.interpreter_id,) if asked.interpreter_id else (),
    )
    known = Circumstances(
        rooms=((await room(actor, asked.room_id)).facts,),
        staff=(*leads, *(one.facts for one in speakers)),
        people=tuple((await limits_of_people([found.person_id])).values()),
    )
    return warnings_of(rules, [planned], known)


def _whats(person_id: UUID, asked: IndividualAsked) -> dict[UUID, str]:
    whats = {person_id: PARTICIPANT, asked.room_id: ROOM, asked.facilitator_id: STAFF}
    return whats | ({asked.interpreter_id: INTERPRETER} if asked.interpreter_id else {})


def _wanted(person_id: UUID, asked: IndividualAsked, plan: IndividualPlan) -> Sequence[Wanted]:
    return [
        Wanted(
            what=what,
            kind=kind,
            number=plan.number,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
        )
        for what, kind in _whats(person_id, asked).items()
    ]


async def _insert(
    appointment_id: UUID,
    found: PlaceRow,
    asked: IndividualAsked,
    plan: IndividualPlan,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    where_and_who: dict[str, Any] = {
        "room_id": asked.room_id,
        "facilitator_id": asked.facilitator_id,
        "interpreter_id": asked.interpreter_id,
    }
    await insert(
        Appointment,
        id=appointment_id,
        enrolment_id=found.id,
        person_id=found.person_id,
        cohort_id=found.cohort_id,
        session_id=asked.session_id,
        kind="individual",
        number=plan.number,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        booked_at=now,
        booked_by=actor.account_id,
        **where_and_who,
    )


async def _give_up(appointment_id: UUID, now: datetime) -> None:
    await execute("UPDATE appointment SET given_up_at = $2 WHERE id = $1", appointment_id, now)
    await execute(
        "UPDATE booking SET released_at = $2 WHERE appointment_id = $1 AND released_at IS NULL",
        appointment_id,
        now,
    )
