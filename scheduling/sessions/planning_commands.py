"""Planning a cohort: shown first, and written only as it was shown."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain

from programmes.catalogue.queries import (
    StoredProgramme,
    StoredVersion,
    programme,
    programme_called,
    programmes,
)
from programmes.catalogue.rules import reasons_cannot_start_cohort
from programmes.catalogue.words import Programme
from programmes.common.audit import begin
from programmes.common.clock import LONDON, london_date
from programmes.common.errors import Conflict, Refused
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.calendars.rules import ClosedDays
from scheduling.cohorts.words import CohortId
from scheduling.sessions.booking_commands import lock, names_of
from scheduling.sessions.ground_queries import Grounds, grounds_of
from scheduling.sessions.planning_queries import closed_days, room, taken_during, taken_times
from scheduling.sessions.planning_rules import (
    clashes_of,
    cohort_plan_hash,
    nearest_free_slots,
    reasons_no_cohort,
    refuse_clashes_within,
    wanted_times,
)
from scheduling.sessions.planning_words import CohortPlan, CohortRequest
from scheduling.sessions.rules import plan_series
from scheduling.sessions.words import WeeklySlot
from scheduling.sessions.writing_commands import LaidOut, write_cohorts

PLAN_COHORTS = Permission(Resource.COHORTS, Verb.CREATE)
_DAY = timedelta(days=1)


async def plan_cohort(request: CohortRequest, *, actor: Actor, now: datetime) -> CohortPlan:
    """The dated sessions, the days left out and why, warnings and clashes. Writes nothing.

    Raises Refused with every reason, Invalid for a programme or room that there is not.
    """
    (plan,) = await plan_cohorts((request,), actor=actor, now=now)
    return plan


async def plan_cohorts(
    requests: Sequence[CohortRequest], *, actor: Actor, now: datetime
) -> list[CohortPlan]:
    """As `plan_cohort`, for many that are to be started together; what they depend on is read
    once. Of two that stand in each other's way, `start_cohorts` says so."""
    must(actor, PLAN_COHORTS)
    laid_out = await _lay_out(requests, actor=actor, now=now)
    wanted = [wanted_times(one.series.sessions, one.request.setting) for one in laid_out]
    taken = await taken_during(list(chain.from_iterable(wanted)))
    names = await names_of({one.what for one in taken}) if taken else {}
    return [
        CohortPlan(
            request=one.request,
            programme_name=one.found.name,
            series=one.series,
            hash=one.hash,
            clashes=clashes_of(times, taken, names),
        )
        for one, times in zip(laid_out, wanted, strict=True)
    ]


async def start_cohort(
    request: CohortRequest, *, shown: str, actor: Actor, now: datetime
) -> CohortId:
    """Writes the cohort, its sessions and what they occupy, all as shown, or nothing.

    Raises Conflict where the plan would be another by now, Clashed where a room or somebody is
    taken.
    """
    (made,) = await start_cohorts(((request, shown),), actor=actor, now=now)
    return made


async def start_cohorts(
    asked: Sequence[tuple[CohortRequest, str]], *, actor: Actor, now: datetime
) -> list[CohortId]:
    """As `start_cohort`, for many, each with the hash of its plan: all of them, or none.

    Raises Refused too, where two of them want the same room or person at one time.
    """
    await begin(actor, PLAN_COHORTS, "start-cohort")
    laid_out = await _lay_out([request for request, _ in asked], actor=actor, now=now)
    if [one.hash for one in laid_out] != [shown for _, shown in asked]:
        raise Conflict(
            "What this plan depends on has changed since it was shown. Look at it again."
        )
    wanted = [wanted_times(one.series.sessions, one.request.setting) for one in laid_out]
    everything = list(chain.from_iterable(wanted))
    refuse_clashes_within(everything)
    await lock(one.what for one in everything)
    return await write_cohorts(list(zip(laid_out, wanted, strict=True)), now=now)


async def free_slots(request: CohortRequest, *, actor: Actor) -> tuple[WeeklySlot, ...]:
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
    )


def _version_for(found: StoredProgramme, request: CohortRequest) -> StoredVersion:
    words = Programme(code=found.code, name=found.name, status=found.status, versions=())
    reasons = reasons_cannot_start_cohort(words)
    if reasons:
        raise Refused(*reasons)
    return found.version_on(request.first_day)


async def _lay_out(
    requests: Sequence[CohortRequest], *, actor: Actor, now: datetime
) -> list[LaidOut]:
    among, today = await programmes(), london_date(now)
    grounds = await grounds_of(requests, actor)
    return [_one_laid_out(request, among, grounds, today) for request in requests]


def _one_laid_out(
    request: CohortRequest, among: Sequence[StoredProgramme], grounds: Grounds, today: date
) -> LaidOut:
    found = programme_called(request.programme, among)
    version = _version_for(found, request)
    where = grounds.room(request)
    reasons = reasons_no_cohort(version.rules, request, today=today)
    if reasons:
        raise Refused(*reasons)
    series = plan_series(
        version.rules,
        first_day=request.first_day,
        slots=request.slots,
        closures=ClosedDays(grounds.closures, venue_id=where.venue_id),
        setting=request.setting,
        circumstances=grounds.circumstances(request),
    )
    return LaidOut(
        request=request,
        found=found,
        version=version,
        series=series,
        hash=cohort_plan_hash(request, series),
    )
