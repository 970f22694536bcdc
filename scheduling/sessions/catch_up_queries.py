"""Who owes which session, and the coming sessions anywhere that would make it up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from programmes.catalogue.progress_rules import progress
from programmes.catalogue.progress_words import ComingSession, MarkedSession
from programmes.catalogue.queries import version
from programmes.catalogue.rules import allows_catch_up, module_of
from programmes.catalogue.words import MarkCode, ProgrammeVersion
from programmes.common.db import fetch, fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.calendars.words import Taken
from scheduling.sessions.catch_up_rules import catch_ups
from scheduling.sessions.catch_up_words import CatchUp, OpenSession, Owing
from scheduling.sessions.limit_queries import limits_of_people
from scheduling.sessions.planning_queries import taken_times

READ_COHORTS = Permission(Resource.COHORTS, Verb.READ)
LOOKS_AHEAD = timedelta(days=200)


class Place(msgspec.Struct, frozen=True):
    """A live place, with what bears on where its holder could catch up."""

    enrolment_id: UUID
    person_id: UUID
    person_name: str
    cohort_id: UUID
    cohort_reference: str
    programme: str
    programme_version_id: UUID
    sex: str
    language: str | None


class Owed(msgspec.Struct, frozen=True):
    """One session that somebody owes, and the sessions that would make it up, best first."""

    place: Place
    owing: Owing
    choices: Sequence[OpenSession]


async def owed_sessions(
    actor: Actor, *, now: datetime, enrolment_id: UUID | None = None
) -> list[Owed]:
    """Everybody's, or one place's. In programmes repeated whole nobody owes one alone."""
    must(actor, READ_COHORTS)
    places = await fetch_as(Place, _PLACES, enrolment_id)
    marks = await _marks([one.person_id for one in places])
    coming = await _coming(now)
    own = await _own(places, now)
    limits = await limits_of_people({one.person_id for one in places})
    taken = await _taken(places, now)
    found: list[Owed] = []
    versions = {one: await version(one) for one in {p.programme_version_id for p in places}}
    for place in places:
        rules = versions[place.programme_version_id].rules
        if allows_catch_up(rules):
            owing = _owing(place, rules, marks, own, taken)
            owing = [replace(one, finish_by=limits[one.person_id].ends_on) for one in owing]
            answered = catch_ups(rules, owing, coming=coming, now=now)
            found += [_owed(place, one) for one in answered]
    return found


def _owed(place: Place, one: CatchUp) -> Owed:
    return Owed(place, one.owing, one.choices)


def _owing(
    place: Place,
    rules: ProgrammeVersion,
    marks: dict[UUID, list[MarkedSession]],
    own: dict[UUID, list[ComingSession]],
    taken: dict[UUID, list[Taken]],
) -> list[Owing]:
    stands = progress(rules, marks[place.person_id], coming=own[place.enrolment_id])
    return [
        Owing(
            person_id=place.person_id,
            cohort_id=place.cohort_id,
            programme=place.programme,
            number=number,
            module=module_of(rules, number),
            sex=place.sex,
            language=place.language,
            taken=tuple(taken[place.person_id]),
        )
        for number in stands.owed
    ]


async def _marks(people: Iterable[UUID]) -> dict[UUID, list[MarkedSession]]:
    """A mark made as a guest counts as the session that was owed."""
    rows = await fetch(
        "SELECT m.person_id, m.cohort_id, coalesce(a.number, s.number) AS number, m.held_at, "
        "m.code FROM attendance_mark m JOIN session s ON s.id = m.session_id "
        "LEFT JOIN appointment a ON a.session_id = m.session_id AND a.enrolment_id = "
        "m.enrolment_id AND a.given_up_at IS NULL "
        "WHERE m.is_current AND m.person_id = ANY($1)",
        list(people),
    )
    found: dict[UUID, list[MarkedSession]] = defaultdict(list)
    for row in rows:
        mark = MarkedSession(row["cohort_id"], row["number"], row["held_at"], MarkCode(row["code"]))
        found[row["person_id"]].append(mark)
    return found


async def _own(places: Iterable[Place], now: datetime) -> dict[UUID, list[ComingSession]]:
    """What each is booked for already: their own series, and what they catch up elsewhere.

    A session that was held but has no mark yet counts as still to come: nobody owes it.
    """
    rows = await fetch(
        "SELECT e.id, s.cohort_id, s.number, s.starts_at FROM enrolment e "
        "JOIN session s ON s.cohort_id = e.cohort_id AND s.status = 'planned' "
        "AND s.kind <> 'extra' WHERE e.id = ANY($1) AND NOT EXISTS (SELECT FROM attendance_mark m "
        "WHERE m.session_id = s.id AND m.enrolment_id = e.id AND m.is_current) "
        "UNION ALL SELECT a.enrolment_id, a.cohort_id, a.number, s.starts_at FROM appointment a "
        "JOIN session s ON s.id = a.session_id WHERE a.enrolment_id = ANY($1) "
        "AND a.given_up_at IS NULL AND s.status = 'planned' AND s.ends_at > $2",
        [one.enrolment_id for one in places],
        now,
    )
    found: dict[UUID, list[ComingSession]] = defaultdict(list)
    for row in rows:
        coming = ComingSession(row["cohort_id"], row["number"], row["starts_at"])
        found[row["id"]].append(coming)
    return found


async def _coming(now: datetime) -> list[OpenSession]:
    rows = await fetch(
        """
        SELECT s.id AS session_id, s.cohort_id, g.code AS programme, s.number, s.module, s.kind,
               s.starts_at, s.ends_at, c.sex, c.interpreter_language,
               c.capacity - (SELECT count(*) FROM enrolment e WHERE e.cohort_id = c.id
                             AND e.status IN ('enrolled', 'paused'))
                 - (SELECT count(*) FROM appointment a WHERE a.session_id = s.id
                    AND a.given_up_at IS NULL) AS places_left
        FROM session s JOIN cohort c ON c.id = s.cohort_id JOIN programme g ON g.id = c.programme_id
        WHERE s.status = 'planned' AND s.starts_at > $1 AND s.starts_at < $2
        """,
        now,
        now + LOOKS_AHEAD,
    )
    return [
        msgspec.convert(
            {
                **dict(row),
                "module": int(row["module"]),
                "interpreted": {row["interpreter_language"]} - {None},
            },
            OpenSession,
        )
        for row in rows
    ]


async def _taken(places: Sequence[Place], now: datetime) -> dict[UUID, list[Taken]]:
    booked = await taken_times(
        {one.person_id for one in places}, from_at=now, until_at=now + LOOKS_AHEAD
    )
    found: dict[UUID, list[Taken]] = defaultdict(list)
    for one in booked:
        found[one.what].append(Taken(one.starts_at, one.ends_at))
    return found


_PLACES = """
SELECT e.id AS enrolment_id, e.person_id, p.first_name || ' ' || p.last_name AS person_name,
       e.cohort_id, c.reference AS cohort_reference, g.code AS programme, e.programme_version_id,
       p.sex, CASE WHEN p.interpreter_needed THEN p.first_language END AS language
FROM enrolment e JOIN person p ON p.id = e.person_id JOIN cohort c ON c.id = e.cohort_id
JOIN programme g ON g.id = e.programme_id
WHERE e.status IN ('enrolled', 'paused') AND ($1::uuid IS NULL OR e.id = $1)
ORDER BY p.name_key COLLATE "C", p.id
"""
