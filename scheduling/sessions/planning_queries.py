"""What a plan depends on: closed days, rooms, staff and interpreters, and what is taken already."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as, fetch_one_as, fetch_value
from programmes.common.errors import Invalid
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor
from scheduling.calendars.rules import ClosedDays
from scheduling.calendars.words import Closure, ClosureKind
from scheduling.sessions.planning_words import TakenTime, Wanted
from scheduling.sessions.words import RoomFacts, StaffFacts

READ_COHORTS = Permission(Resource.COHORTS, Verb.READ)
LEADS = ("facilitator", "cara-coordinator")
"""Roles whose holders may lead a session."""


class RoomRow(msgspec.Struct, frozen=True):
    """A room with its venue. `code` is what a calendar says: it names no place."""

    id: UUID
    venue_id: UUID
    venue: str
    name: str
    seats: int
    code: str

    @property
    def shown_as(self) -> str:
        return f"{self.venue}, {self.name}"

    @property
    def facts(self) -> RoomFacts:
        return RoomFacts(
            id=self.id, venue_id=self.venue_id, shown_as=self.shown_as, seats=self.seats
        )


class InterpreterRow(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    language: str

    @property
    def facts(self) -> StaffFacts:
        return StaffFacts(id=self.id, shown_as=self.name, sex="", languages=(self.language,))


class ProgrammeChoice(msgspec.Struct, frozen=True):
    """A programme of which one may plan a cohort. `single_sex` by its latest version."""

    code: str
    name: str
    single_sex: bool


async def programmes_to_plan(actor: Actor) -> list[ProgrammeChoice]:
    """Those that are open; of one's own team, where one's right reaches no further."""
    must(actor, READ_COHORTS)
    return await fetch_as(
        ProgrammeChoice,
        """
        SELECT p.code, p.name, (SELECT (v.rules->>'single_sex')::boolean FROM programme_version v
                                WHERE v.programme_id = p.id ORDER BY v.number DESC LIMIT 1)
                               AS single_sex
        FROM programme p WHERE p.status = 'open'
          AND ((SELECT auth.scope('cohorts', 'create')) = 'all' OR p.code IN (
               SELECT t.programme_code FROM team t WHERE t.id IN (SELECT auth.own_teams())))
        ORDER BY p.name
        """,
    )


async def rooms(actor: Actor) -> list[RoomRow]:
    must(actor, READ_COHORTS)
    return await fetch_as(RoomRow, f"{_ROOM} ORDER BY v.name, r.name")


async def room(actor: Actor, room_id: UUID) -> RoomRow:
    """Raises Invalid for a room that there is not."""
    must(actor, READ_COHORTS)
    found = await fetch_one_as(RoomRow, f"{_ROOM} WHERE r.id = $1", room_id)
    if found is None:
        raise Invalid({"room": "Select the room from the list"})
    return found


class Around(msgspec.Struct, frozen=True):
    """What plans stand on: these rooms, who leads by name, and every closure but a pause."""

    rooms: list[RoomRow] = []
    leads: list[StaffFacts] = []
    closures: list[Closure] = []


async def around(actor: Actor, *, rooms: Iterable[UUID], leads: Sequence[UUID] | None) -> Around:
    """In one statement: planning sends few, and each costs as much as laying out the series."""
    must(actor, READ_COHORTS)
    found = await fetch_value(_AROUND, list(LEADS), leads, sorted(rooms))
    return msgspec.convert(found, Around)


async def interpreters(actor: Actor) -> list[InterpreterRow]:
    must(actor, READ_COHORTS)
    return await fetch_as(
        InterpreterRow, "SELECT id, name, language FROM interpreter ORDER BY language, name"
    )


async def closures(
    cohort_id: UUID | None = None, *, but_pause: UUID | None = None
) -> list[Closure]:
    """Of the service and of every venue; with the pauses of one cohort, where asked.

    To undo a pause one plans without it (`but_pause`).
    """
    return await fetch_as(
        Closure,
        f"{_CLOSURES} UNION ALL "
        f"SELECT '{ClosureKind.SERVICE}', NULL, from_on, until_on, why FROM cohort_pause "
        "WHERE withdrawn_at IS NULL AND cohort_id = $1 AND ($2::uuid IS NULL OR id <> $2)",
        cohort_id,
        but_pause,
    )


async def closed_days(venue_id: UUID, cohort_id: UUID | None = None) -> ClosedDays:
    return ClosedDays(await closures(cohort_id), venue_id=venue_id)


async def people_who_lead(actor: Actor) -> list[StaffFacts]:
    """Everybody who may lead a session, with what planning asks of them, by name."""
    must(actor, READ_COHORTS)
    return await fetch_as(StaffFacts, _LEADS, list(LEADS), None)


async def taken_times(
    whats: Iterable[UUID],
    *,
    from_at: datetime,
    until_at: datetime,
    but_sessions: Sequence[UUID] = (),
) -> list[TakenTime]:
    """When these rooms and people are booked, in whatever cohort; of some sessions left out.

    Also what the asking person may not open: to plan one must know that a room is taken.
    """
    return await fetch_as(
        TakenTime,
        "SELECT what, kind, starts_at, ends_at, session_id, cohort_reference, number "
        "FROM auth.taken_times($1, $2, $3) WHERE session_id <> ALL($4) ORDER BY starts_at",
        list(whats),
        from_at,
        until_at,
        list(but_sessions),
    )


async def taken_during(
    wanted: Sequence[Wanted], *, but_sessions: Sequence[UUID] = ()
) -> list[TakenTime]:
    """What stands in the way of these very times."""
    return await fetch_as(
        TakenTime,
        "SELECT t.* FROM (SELECT array_agg(w.what) AS whats, array_agg(w.starts_at) AS from_ats, "
        "array_agg(w.ends_at) AS until_ats FROM jsonb_to_recordset($1) "
        "AS w (what uuid, starts_at timestamptz, ends_at timestamptz)) AS asked, "
        "auth.taken_during(whats, from_ats, until_ats) AS t "
        "WHERE t.session_id <> ALL($2) ORDER BY t.starts_at",
        wanted,
        list(but_sessions),
    )


_ROOM = (
    "SELECT r.id, r.venue_id, v.name AS venue, r.name, r.seats, r.code "
    "FROM room r JOIN venue v ON v.id = r.venue_id"
)
# Whose sex is not known counts as neither: no pair is called alike for it.
_LEADS = """
SELECT a.id, a.name AS shown_as, coalesce(nullif(p.sex, ''), a.id::text) AS sex,
       coalesce(to_jsonb(p.languages), '[]') AS languages,
       coalesce((SELECT jsonb_agg(jsonb_build_object('code', c.code, 'until_on', c.until_on)
                                  ORDER BY c.code)
                 FROM staff_accreditation c
                 WHERE c.account_id = a.id AND c.withdrawn_at IS NULL), '[]') AS accreditations,
       coalesce((SELECT jsonb_agg(jsonb_build_object('from_on', l.from_on, 'until_on', l.until_on)
                                  ORDER BY l.from_on)
                 FROM staff_leave l
                 WHERE l.account_id = a.id AND l.withdrawn_at IS NULL), '[]') AS away
FROM auth.account a LEFT JOIN staff_profile p ON p.account_id = a.id
WHERE a.role = ANY($1) AND a.is_active AND ($2::uuid[] IS NULL OR a.id = ANY($2))
ORDER BY a.name, a.id
"""
_CLOSURES = f"""
SELECT CASE WHEN venue_id IS NULL THEN '{ClosureKind.SERVICE}' ELSE '{ClosureKind.VENUE}' END
       AS kind, venue_id, from_on, until_on, why
FROM closure WHERE withdrawn_at IS NULL
"""
_AROUND = f"""
SELECT jsonb_build_object(
    'rooms', (SELECT coalesce(jsonb_agg(r), '[]') FROM ({_ROOM} WHERE r.id = ANY($3)) AS r),
    'leads', (SELECT coalesce(jsonb_agg(l), '[]') FROM ({_LEADS}) AS l),
    'closures', (SELECT coalesce(jsonb_agg(c), '[]') FROM ({_CLOSURES}) AS c))
"""
