"""Booking one person into a coming session that makes up what they owe."""

from datetime import datetime
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, insert
from programmes.common.errors import Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.cohorts.queries import place
from scheduling.sessions.booking_commands import book, refuse_clashes
from scheduling.sessions.catch_up_queries import Owed, owed_sessions
from scheduling.sessions.catch_up_words import OpenSession
from scheduling.sessions.planning_rules import PARTICIPANT
from scheduling.sessions.planning_words import Wanted
from scheduling.sessions.tables import Appointment

WRITE_COHORTS = Permission(Resource.COHORTS, Verb.WRITE)


async def book_catch_up(
    enrolment_id: UUID, *, number: int, session_id: UUID, actor: Actor, now: datetime
) -> UUID:
    """Their name is on that session's register from now on; it counts as the one they owe.

    Raises NotFound for a place that this person may not see, Refused where they do not owe it
    any more, or the session has no room for them.
    """
    await begin(actor, WRITE_COHORTS, "book-catch-up")
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 8))", str(session_id))
    await place(actor, enrolment_id)
    owed = await owed_sessions(actor, now=now, enrolment_id=enrolment_id)
    found, chosen = _chosen(owed, number, session_id)
    times = Wanted(
        what=found.place.person_id,
        kind=PARTICIPANT,
        number=chosen.number,
        starts_at=chosen.starts_at,
        ends_at=chosen.ends_at,
    )
    await refuse_clashes([times])
    appointment_id = new_id(now)
    await insert(
        Appointment,
        id=appointment_id,
        enrolment_id=enrolment_id,
        person_id=found.place.person_id,
        cohort_id=found.place.cohort_id,
        session_id=session_id,
        kind="catch-up",
        number=number,
        starts_at=chosen.starts_at,
        ends_at=chosen.ends_at,
        booked_at=now,
        booked_by=actor.account_id,
    )
    session_of = {chosen.number: session_id}
    await book([times], session_of=session_of, cohort_id=chosen.cohort_id, now=now)
    return appointment_id


def _chosen(owed: list[Owed], number: int, session_id: UUID) -> tuple[Owed, OpenSession]:
    found = next((one for one in owed if one.owing.number == number), None)
    if found is None:
        raise Refused("They do not owe this session any more.")
    chosen = next((one for one in found.choices if one.session_id == session_id), None)
    if chosen is None:
        raise Refused("This session cannot take them any more. Choose another one.")
    return found, chosen
