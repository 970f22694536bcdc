"""Planning a cohort: shown first, and written only as it was shown."""

from datetime import datetime, time, timedelta
from uuid import UUID

from msgspec import to_builtins

from programmes.catalogue.queries import StoredProgramme, StoredVersion, programme
from programmes.catalogue.rules import reasons_cannot_start_cohort
from programmes.catalogue.words import Programme
from programmes.common.audit import begin
from programmes.common.clock import LONDON, london_date
from programmes.common.db import fetch_value, insert, insert_many
from programmes.common.errors import Conflict, Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.cohorts.tables import Cohort, CohortStaff
from scheduling.cohorts.words import CohortId, CohortStatus, StaffDuty
from scheduling.sessions.booking_commands import book, names_of, refuse_clashes
from scheduling.sessions.planning_queries import (
    RoomRow,
    closed_days,
    interpreters,
    people_who_lead,
    room,
    taken_during,
    taken_times,
)
from scheduling.sessions.planning_rules import (
    clashes_of,
    cohort_plan_hash,
    nearest_free_slots,
    reasons_no_cohort,
    wanted_times,
)
from scheduling.sessions.planning_words import CohortPlan, CohortRequest
from scheduling.sessions.rules import plan_series
from scheduling.sessions.tables import Session
from scheduling.sessions.words import Circumstances, PersonLimits, SeriesPlan, WeeklySlot

PLAN_COHORTS = Permission(Resource.COHORTS, Verb.CREATE)
_DAY = timedelta(days=1)


async def plan_cohort(request: CohortRequest, *, actor: Actor, now: datetime) -> CohortPlan:
    """The dated sessions, the days left out and why, warnings and clashes. Writes nothing.

    Raises Refused with every reason, Invalid for a programme or room that there is not.
    """
    must(actor, PLAN_COHORTS)
    found = await programme(request.programme)
    series = await _series(_version_for(found, request), request, actor=actor, now=now)
    wanted = wanted_times(series.sessions, request.setting)
    taken = await taken_during(wanted)
    names = await names_of({one.what for one in taken}) if taken else {}
    return CohortPlan(
        request=request,
        programme_name=found.name,
        series=series,
        hash=cohort_plan_hash(request, series),
        clashes=clashes_of(wanted, taken, names),
    )


async def start_cohort(
    request: CohortRequest, *, shown: str, actor: Actor, now: datetime
) -> CohortId:
    """Writes the cohort, its sessions and what they occupy, all as shown, or nothing.

    Raises Conflict where the plan would be another by now, Clashed where a room or somebody is
    taken.
    """
    await begin(actor, PLAN_COHORTS, "start-cohort")
    found = await programme(request.programme)
    version = _version_for(found, request)
    series = await _series(version, request, actor=actor, now=now)
    if cohort_plan_hash(request, series) != shown:
        raise Conflict(
            "What this plan depends on has changed since it was shown. Look at it again."
        )
    wanted = wanted_times(series.sessions, request.setting)
    await refuse_clashes(wanted)
    cohort_id = await _write_cohort(request, found, version, series, now)
    await _write_staff(request, cohort_id, now)
    session_of = await _write_sessions(request, series, cohort_id, now)
    await book(wanted, session_of=session_of, cohort_id=cohort_id, now=now)
    return cohort_id


async def free_slots(
    request: CohortRequest, *, actor: Actor, limit: int = 3
) -> tuple[WeeklySlot, ...]:
    """The nearest weekly times at which the room and everybody asked for are free throughout."""
    must(actor, PLAN_COHORTS)
    version = _version_for(await programme(request.programme), request)
    setting = request.setting
    whats = (request.room_id, *setting.facilitator_ids, *setting.interpreter_ids)
    from_at = datetime.combine(request.first_day - _DAY, time.min, LONDON)
    taken = await taken_times(whats, from_at=from_at, until_at=from_at + timedelta(days=400))
    return nearest_free_slots(
        version.rules,
        request,
        closures=await closed_days((await room(actor, request.room_id)).venue_id),
        taken=taken,
        limit=limit,
    )


def _version_for(found: StoredProgramme, request: CohortRequest) -> StoredVersion:
    words = Programme(code=found.code, name=found.name, status=found.status, versions=())
    reasons = reasons_cannot_start_cohort(words)
    if reasons:
        raise Refused(*reasons)
    return found.version_on(request.first_day)


async def _series(
    version: StoredVersion, request: CohortRequest, *, actor: Actor, now: datetime
) -> SeriesPlan:
    where = await room(actor, request.room_id)
    reasons = reasons_no_cohort(version.rules, request, today=london_date(now))
    if reasons:
        raise Refused(*reasons)
    return plan_series(
        version.rules,
        first_day=request.first_day,
        slots=request.slots,
        closures=await closed_days(where.venue_id),
        setting=request.setting,
        circumstances=await _circumstances(request, where, actor),
    )


async def _circumstances(request: CohortRequest, where: RoomRow, actor: Actor) -> Circumstances:
    leads = await people_who_lead(actor, among=request.facilitator_ids or None)
    speakers = await interpreters(actor) if request.interpreter_id else []
    unknown = set(request.facilitator_ids) - {one.id for one in leads}
    if unknown:
        raise Invalid({"facilitators": "Select the facilitators from the list"})
    if request.interpreter_id and request.interpreter_id not in {one.id for one in speakers}:
        raise Invalid({"interpreter": "Select the interpreter from the list"})
    language = request.interpreter_language
    return Circumstances(
        rooms=(where.facts,),
        staff=(*leads, *(one.facts for one in speakers)),
        people=(PersonLimits(shown_as="This group", needs_language=language),) if language else (),
        expected=request.capacity,
    )


async def _write_cohort(
    request: CohortRequest,
    found: StoredProgramme,
    version: StoredVersion,
    series: SeriesPlan,
    now: datetime,
) -> CohortId:
    cohort_id = CohortId(new_id(now))
    await insert(
        Cohort,
        id=cohort_id,
        reference=str(await fetch_value("SELECT auth.next_number('cohort')")),
        programme_id=found.id,
        programme_version_id=version.id,
        room_id=request.room_id,
        capacity=request.capacity,
        interpreter_language=request.interpreter_language,
        sex=request.sex if version.rules.single_sex else None,
        status=CohortStatus.PLANNED,
        first_on=london_date(series.sessions[0].starts_at),
        last_on=london_date(series.sessions[-1].starts_at),
        slots=to_builtins(request.slots),
        created_at=now,
    )
    return cohort_id


async def _write_staff(request: CohortRequest, cohort_id: UUID, now: datetime) -> None:
    await insert_many(
        CohortStaff,
        [
            {
                "id": new_id(now),
                "cohort_id": cohort_id,
                "account_id": account_id,
                "duty": StaffDuty.FACILITATOR,
                "from_on": london_date(now),
            }
            for account_id in request.setting.facilitator_ids
        ],
    )


async def _write_sessions(
    request: CohortRequest, series: SeriesPlan, cohort_id: UUID, now: datetime
) -> dict[int, UUID]:
    session_of = {planned.number: new_id(now) for planned in series.sessions}
    setting = request.setting
    await insert_many(
        Session,
        [
            {
                "id": session_of[planned.number],
                "cohort_id": cohort_id,
                "number": planned.number,
                "module": str(planned.module),
                "kind": planned.kind,
                "starts_at": planned.starts_at,
                "ends_at": planned.ends_at,
                "room_id": request.room_id,
                "status": "planned",
                "facilitators": to_builtins(setting.facilitator_ids),
                "interpreters": to_builtins(setting.interpreter_ids),
            }
            for planned in series.sessions
        ],
    )
    return session_of
