"""Writing cohorts that are laid out: each table's rows of all of them in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, to_builtins

from programmes.catalogue.queries import StoredProgramme, StoredVersion
from programmes.common.clock import london_date
from programmes.common.db import fetch_value, insert_as_document
from programmes.common.ids import new_id
from scheduling.cohorts.tables import Cohort, CohortStaff
from scheduling.cohorts.words import CohortId, CohortStatus, StaffDuty
from scheduling.sessions.booking_commands import booking_row, write_bookings
from scheduling.sessions.planning_words import CohortRequest, Wanted
from scheduling.sessions.tables import Session
from scheduling.sessions.words import SeriesPlan


class LaidOut(Struct, frozen=True, kw_only=True):
    """A request, and the series that answers it under the version of its first day."""

    request: CohortRequest
    found: StoredProgramme
    version: StoredVersion
    series: SeriesPlan
    hash: str


async def write_cohorts(
    cohorts: Sequence[tuple[LaidOut, Sequence[Wanted]]], *, now: datetime
) -> list[CohortId]:
    """Each with what its sessions occupy. Raises Clashed where that is taken by now."""
    first_number = await fetch_value("SELECT auth.next_number('cohort')")
    ids = [CohortId(new_id(now)) for _ in cohorts]
    session_ids = [{one.number: new_id(now) for one in a.series.sessions} for a, _ in cohorts]
    each = list(zip(ids, session_ids, cohorts, strict=True))
    await insert_as_document(
        Cohort,
        [
            _cohort_row(of, laid_out, first_number + place, now)
            for place, (of, _, (laid_out, _)) in enumerate(each)
        ],
    )
    await insert_as_document(
        CohortStaff, [row for of, _, (one, _) in each for row in _staff_rows(one.request, of, now)]
    )
    await insert_as_document(
        Session, [row for of, known, (one, _) in each for row in _session_rows(one, of, known)]
    )
    await write_bookings(
        [
            booking_row(want, known[want.number], of, now)
            for of, known, (_, wanted) in each
            for want in wanted
        ],
        [want for _, wanted in cohorts for want in wanted],
    )
    return ids


def _cohort_row(of: UUID, laid_out: LaidOut, number: int, now: datetime) -> dict[str, Any]:
    request, series, version = laid_out.request, laid_out.series, laid_out.version
    return {
        "id": of,
        "reference": str(number),
        "programme_id": laid_out.found.id,
        "programme_version_id": version.id,
        "room_id": request.room_id,
        "capacity": request.capacity,
        "interpreter_language": request.interpreter_language,
        "sex": request.sex if version.rules.single_sex else None,
        "status": CohortStatus.PLANNED,
        "first_on": london_date(series.sessions[0].starts_at),
        "last_on": london_date(series.sessions[-1].starts_at),
        "slots": to_builtins(request.slots),
        "created_at": now,
    }


def _staff_rows(request: CohortRequest, of: UUID, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(now),
            "cohort_id": of,
            "account_id": account_id,
            "duty": StaffDuty.FACILITATOR,
            "from_on": london_date(now),
        }
        for account_id in request.setting.facilitator_ids
    ]


def _session_rows(laid_out: LaidOut, of: UUID, session_of: dict[int, UUID]) -> list[dict[str, Any]]:
    setting = laid_out.request.setting
    leads, interprets = to_builtins(setting.facilitator_ids), to_builtins(setting.interpreter_ids)
    return [
        {
            "id": session_of[planned.number],
            "cohort_id": of,
            "number": planned.number,
            "module": str(planned.module),
            "kind": planned.kind,
            "starts_at": planned.starts_at,
            "ends_at": planned.ends_at,
            "room_id": laid_out.request.room_id,
            "status": "planned",
            "facilitators": leads,
            "interpreters": interprets,
        }
        for planned in laid_out.series.sessions
    ]
