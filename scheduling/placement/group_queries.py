"""Open groups and people who look for a place, each with everything that decides who fits."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

import msgspec

from programmes.catalogue.queries import programmes
from programmes.catalogue.words import ProgrammeVersion
from programmes.common.clock import london_date
from programmes.common.db import fetch
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.cohorts.not_offered_queries import not_offered_to
from scheduling.cohorts.queries import SESSIONS_HELD
from scheduling.cohorts.rules import Joiner, OpenPlaces
from scheduling.cohorts.words import CohortStatus
from scheduling.placement.group_words import BusyHours, Known, OpenGroup, Seeker
from scheduling.placement.words import Risk
from scheduling.sessions.limit_queries import limits_of_people
from scheduling.sessions.planning_queries import interpreters, people_who_lead
from scheduling.sessions.words import PersonLimits, RoomFacts, Session, Weekday

READ_COHORTS = Permission(Resource.COHORTS, Verb.READ)


async def open_groups(actor: Actor, *, now: datetime, programme: str = "") -> list[OpenGroup]:
    """Every group that is not over, the next one first; of one programme where asked."""
    must(actor, READ_COHORTS)
    rows = await fetch(_GROUPS, programme, now, london_date(now))
    sessions = await _coming([row["id"] for row in rows], now)
    rules = {v.id: v.rules for one in await programmes() for v in one.versions}
    return [
        _group(row, rules[row["programme_version_id"]], tuple(sessions[row["id"]])) for row in rows
    ]


async def groups_with_room(actor: Actor, *, now: datetime) -> list[OpenGroup]:
    """Those that still take somebody who waits: not full, not paused, and not closed."""
    return [one for one in await open_groups(actor, now=now) if one.has_room]


def _group(row: Any, rules: ProgrammeVersion, sessions: tuple[Session, ...]) -> OpenGroup:
    return OpenGroup(
        id=row["id"],
        reference=row["reference"],
        programme_code=row["programme_code"],
        programme_name=row["programme_name"],
        rules=rules,
        places=OpenPlaces(
            status=CohortStatus(row["status"]),
            capacity=row["capacity"],
            taken=row["taken"],
            sessions_held=row["sessions_held"],
            last_on=row["last_on"],
            sex=row["sex"],
            interpreter_language=row["interpreter_language"],
        ),
        room=RoomFacts(
            id=row["room_id"],
            venue_id=row["venue_id"],
            shown_as=f"{row['venue']}, {row['room']}",
            seats=row["seats"],
        ),
        venue=row["venue"],
        district=row["postcode_district"],
        first_on=row["first_on"],
        sessions=sessions,
    )


async def _coming(cohorts: list[UUID], now: datetime) -> dict[UUID, list[Session]]:
    found: dict[UUID, list[Session]] = defaultdict(list)
    for row in await fetch(_SESSIONS, cohorts, now):
        told = {
            **{name: value for name, value in row.items() if name != "cohort_id"},
            "module": int(row["module"]),
        }
        found[row["cohort_id"]].append(msgspec.convert(told, Session))
    return found


async def known_staff(actor: Actor) -> Known:
    speakers = await interpreters(actor)
    return Known((*await people_who_lead(actor), *(one.facts for one in speakers)))


async def seekers(
    actor: Actor,
    *,
    now: datetime,
    programme: str = "",
    referrals: Iterable[UUID] = (),
) -> list[Seeker]:
    """Everybody who waits (of one programme where asked), longest first; or these referrals."""
    must(actor, READ_COHORTS)
    asked = list(referrals)
    rows = await fetch(_SEEKERS, programme, asked)
    people = [row["person_id"] for row in rows]
    limits = await limits_of_people(people)
    busy, barred = await busy_hours(people), await not_offered_to(people, now=now)
    return [
        _seeker(row, limits[row["person_id"]], busy[row["person_id"]], barred[row["person_id"]])
        for row in rows
    ]


def _seeker(row: Any, limits: PersonLimits, busy: list[BusyHours], barred: set[UUID]) -> Seeker:
    return Seeker(
        person_id=row["person_id"],
        referral_id=row["referral_id"],
        asks_at=row["version"],
        name=limits.shown_as,
        reference=row["reference"],
        programme_code=row["programme_code"],
        risk=Risk(row["risk_level"]),
        waiting_since=row["waiting_since"],
        district=row["postcode_district"],
        joiner=Joiner(sex=row["sex"], language=limits.needs_language, deadline_on=limits.ends_on),
        limits=limits,
        busy=tuple(busy),
        not_offered=frozenset(barred),
    )


async def busy_hours(people: Iterable[UUID]) -> dict[UUID, list[BusyHours]]:
    rows = await fetch(
        "SELECT person_id, weekday, from_time, until_time FROM busy_time "
        "WHERE person_id = ANY($1) AND withdrawn_at IS NULL ORDER BY weekday, from_time",
        list(people),
    )
    found: dict[UUID, list[BusyHours]] = defaultdict(list)
    for row in rows:
        begins, until = (time.fromisoformat(row[name]) for name in ("from_time", "until_time"))
        found[row["person_id"]].append(BusyHours(Weekday(row["weekday"]), begins, until))
    return found


_GROUPS = f"""
SELECT c.id, c.reference, g.code AS programme_code, g.name AS programme_name,
       c.programme_version_id, c.status, c.capacity, c.sex, c.interpreter_language, c.first_on,
       c.last_on, c.room_id, r.name AS room, r.seats, r.venue_id, v.name AS venue,
       v.postcode_district,
       (SELECT count(*) FROM enrolment e WHERE e.cohort_id = c.id
        AND e.status IN ('enrolled', 'paused', 'completed')) AS taken,
       {SESSIONS_HELD}
FROM cohort c JOIN programme g ON g.id = c.programme_id JOIN room r ON r.id = c.room_id
JOIN venue v ON v.id = r.venue_id
WHERE ($1 = '' OR g.code = $1) AND c.last_on >= $3 AND c.status NOT IN ('finished', 'cancelled')
ORDER BY c.first_on, c.reference
"""
_SESSIONS = """
SELECT s.id, s.cohort_id, s.number, s.module, s.kind, s.starts_at, s.ends_at, s.status, s.room_id,
       coalesce(s.facilitators,
                (SELECT jsonb_agg(k.account_id) FROM cohort_staff k WHERE k.cohort_id = s.cohort_id
                 AND k.until_on IS NULL AND k.duty = 'facilitator'), '[]') AS facilitator_ids,
       coalesce(s.interpreters, '[]') AS interpreter_ids
FROM session s WHERE s.cohort_id = ANY($1) AND s.status = 'planned' AND s.starts_at > $2
ORDER BY s.starts_at, s.number
"""
_SEEKERS = """
SELECT r.id AS referral_id, r.person_id, r.version, p.reference, p.sex, p.postcode_district,
       g.code AS programme_code, r.risk_level,
       (coalesce((SELECT max(m.moved_at) FROM referral_move m WHERE m.referral_id = r.id
                  AND m.after = 'waiting'), r.created_at)
        AT TIME ZONE 'Europe/London')::date AS waiting_since
FROM referral r JOIN person p ON p.id = r.person_id JOIN programme g ON g.id = r.programme_id
WHERE r.id = ANY($2)
   OR (cardinality($2::uuid[]) = 0 AND r.status IN ('waiting', 'offered')
       AND ($1 = '' OR g.code = $1))
ORDER BY waiting_since, p.name_key COLLATE "C", r.id
"""
