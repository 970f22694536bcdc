"""Ten clients who do whatever comes to them, while backends and the whole server are killed.

What was acknowledged is kept in a model beside the database; what was cut off may have happened or
not. A witness with a trigger of its own counts every written row, for the audit to be held against.
"""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from app.databases import Databases
from app.embedded import EmbeddedServer
from app.embedded.postmaster import running_postmaster
from app.operator import Acting, operator_sign_in
from programmes.catalogue.words import MarkCode
from programmes.common.clock import london_date
from programmes.common.db import Side, fetch, fetch_one, fetch_value
from programmes.common.errors import DomainError
from programmes.common.staff import Actor
from programmes.orders.breach_commands import BreachStep, NewBreach, move_breach, record_breach
from programmes.orders.civil_kinds import DVPO
from programmes.orders.commands import NewCondition, NewOrder, enter_order
from programmes.orders.words import Authority, BreachStage, ConditionKind
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from programmes.referrals.commands import NewReferral, receive_referral
from programmes.referrals.suitability_commands import decide_suitability
from programmes.referrals.words import RiskLevel, Route
from scheduling.attendance.commands import save_mark
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.commands import end_place, enrol
from scheduling.cohorts.venue_commands import add_room, add_venue
from scheduling.cohorts.words import EndReason
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from scheduling.sessions.planning_words import CohortRequest
from scheduling.sessions.words import Weekday, WeeklySlot
from tests.suitability_case import suitable_for

CLIENTS, GROUPS, CAPACITY = 10, 2, 10
BETWEEN_ENDS = 15
"""Operations after which a backend is ended: by count, so that a slow machine cuts off no more."""
CUT_OFF = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
AWAY = (asyncpg.CannotConnectNowError, FileNotFoundError, ConnectionRefusedError)
"""No server to begin with: nothing was tried, so it is tried again."""
MARKS = (
    GivenMark(code=MarkCode.ATTENDED),
    GivenMark(code=MarkCode.ABSENT),
    GivenMark(code=MarkCode.LATE, minutes_late=5),
)
WITNESS = """
CREATE SCHEMA witness;
CREATE TABLE witness.seen (resource text, row_id text, operation text);
CREATE FUNCTION witness.see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
    INSERT INTO witness.seen VALUES (TG_TABLE_NAME, to_jsonb(NEW) ->> 'id', lower(TG_OP));
    RETURN NULL;
END $$;
GRANT USAGE ON SCHEMA witness TO PUBLIC;
DO $$ DECLARE t record; BEGIN
    FOR t IN SELECT DISTINCT c.oid::regclass AS name FROM pg_trigger g
             JOIN pg_class c ON c.oid = g.tgrelid WHERE g.tgname = 'note_write'
    LOOP EXECUTE format('CREATE TRIGGER witness AFTER INSERT OR UPDATE ON %s '
                        'FOR EACH ROW EXECUTE FUNCTION witness.see()', t.name);
    END LOOP;
END $$;
"""
UNLIKE = """
WITH seen AS (
    SELECT resource, row_id, operation, count(*) AS times
    FROM witness.seen GROUP BY 1, 2, 3),
told AS (
    SELECT resource, row_id, operation, count(*) AS times FROM audit.entry
    WHERE operation IN ('insert', 'update') AND at >= $1 AND row_id IS NOT NULL GROUP BY 1, 2, 3)
SELECT coalesce(s.resource, t.resource), coalesce(s.operation, t.operation), s.times, t.times
FROM seen s FULL JOIN told t USING (resource, row_id, operation)
WHERE s.times IS DISTINCT FROM t.times LIMIT 20
"""
TOO_FULL = """
SELECT e.cohort_id FROM enrolment e JOIN cohort c ON c.id = e.cohort_id
WHERE e.status IN ('enrolled', 'paused') GROUP BY e.cohort_id, c.capacity
HAVING count(*) > c.capacity
"""
TWICE_LIVE = """
SELECT person_id FROM enrolment WHERE status IN ('enrolled', 'paused')
GROUP BY person_id HAVING count(*) > 1
"""
OF_NOBODY = """
SELECT m.id FROM attendance_mark m JOIN session s ON s.id = m.session_id
WHERE NOT EXISTS (SELECT FROM enrolment e WHERE e.id = m.enrolment_id AND e.cohort_id = s.cohort_id)
"""

Step = Callable[[Actor], Awaitable[Any]]


@dataclass
class Told:
    """What was acknowledged, and how often each kind of step ended how."""

    groups: list[tuple[UUID, UUID]] = field(default_factory=list)
    waiting: list[UUID] = field(default_factory=list)
    places: dict[UUID, UUID] = field(default_factory=dict)
    marked: dict[tuple[UUID, UUID], int] = field(default_factory=dict)
    orders: list[UUID] = field(default_factory=list)
    breaches: list[UUID] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)

    @property
    def operations(self) -> int:
        return sum(self.ends.values())


class History:
    """One run: a seed, some groups, and so many steps of ten clients."""

    def __init__(self, embedded: EmbeddedServer, databases: Databases, *, seed: int) -> None:
        self.embedded = embedded
        self.databases = databases
        self.chance = Random(seed)
        self.told = Told()
        self.began = datetime.now().astimezone() - timedelta(days=200)
        self.steps: dict[Step, int] = {
            self.arrive: 3,
            self.enrol: 5,
            self.end: 2,
            self.mark: 6,
            self.mark_elsewhere: 1,
            self.breach: 3,
            self.move: 2,
        }

    async def run(self, steps: int, *, kills: int) -> None:
        async with operator_sign_in(self.databases, Side.WORK, now=self._today()) as acting:
            for number in range(GROUPS):
                async with acting("histories") as actor:
                    await self._group(actor, list(Weekday)[number])
            for _ in range(GROUPS):
                await self._step(acting, self.arrive)
            left = iter(range(steps))
            done = asyncio.Event()
            chaos = asyncio.create_task(self._crash(done, kills, steps))
            await asyncio.gather(*(self._client(acting, left) for _ in range(CLIENTS)))
            done.set()
            await chaos

    async def _client(self, acting: Acting, left: Any) -> None:
        kinds, weights = list(self.steps), list(self.steps.values())
        for _ in left:
            await self._step(acting, self.chance.choices(kinds, weights)[0])

    async def _step(self, acting: Acting, do: Step) -> None:
        """In its own transaction. Only what comes after the commit is told to the model."""
        name = do.__name__
        try:
            async with acting("histories") as actor:
                tell = await do(actor)
            if tell is not None:
                tell()
            self.told.ends[f"{name} done"] += 1
        except (DomainError, asyncpg.IntegrityConstraintViolationError):
            self.told.ends[f"{name} refused"] += 1
        except AWAY:
            await asyncio.sleep(0.2)
            await self._step(acting, do)
        except CUT_OFF:
            self.told.ends[f"{name} cut off"] += 1

    async def _crash(self, done: asyncio.Event, kills: int, steps: int) -> None:
        """Ends a backend every so often, and the whole server `kills` times in a run."""
        ended_at = 0
        at = [steps * (turn + 1) // (kills + 1) for turn in range(kills)]
        while not done.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), 0.05)
            if at and self.told.operations >= at[0]:
                at.pop(0)
                await asyncio.to_thread(kill_server, self.databases.settings.home)
                await asyncio.to_thread(self.embedded.start)
                self.told.ends["server killed"] += 1
            elif self.told.operations >= ended_at + BETWEEN_ENDS:
                ended_at = self.told.operations
                with suppress(*CUT_OFF):
                    await self._end_one_backend()

    async def _end_one_backend(self) -> None:
        async with superuser(self.databases) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE usename = 'work_web' AND state <> 'idle' ORDER BY random() LIMIT 1"
            )

    # What can happen.

    async def arrive(self, actor: Actor) -> Callable[[], None]:
        today = london_date(self.began)
        born = today - timedelta(days=365 * 30)
        new = NewPerson("History", f"Made{uuid4().hex[:8]}", born, Sex.MALE)
        person = await add_person(new, actor=actor, now=self.began)
        agency = await fetch_value("SELECT id FROM agency LIMIT 1")
        asked = NewReferral(person, "caring-dads", agency, today, Route.VOLUNTARY, RiskLevel.MEDIUM)
        referral = await receive_referral(asked, actor=actor, now=self.began)
        suitable = await suitable_for("caring-dads", self.began)
        await decide_suitability(referral, suitable, version=1, actor=actor, now=self.began)
        order = await enter_order(self._order(person), actor=actor, now=self.began)

        def tell() -> None:
            self.told.waiting.append(referral)
            self.told.orders.append(order)

        return tell

    async def enrol(self, actor: Actor) -> Callable[[], None]:
        referral = self.chance.choice(self.told.waiting)
        cohort, _ = self.chance.choice(self.told.groups)
        version = await fetch_value("SELECT version FROM referral WHERE id = $1", referral)
        place = await enrol(referral, cohort, referral_version=version, actor=actor, now=self.began)
        return lambda: self.told.places.update({place: cohort})

    async def end(self, actor: Actor) -> None:
        if not self.told.places:
            return
        place = self.chance.choice(list(self.told.places))
        on = london_date(self._today())
        why = self.chance.choice((EndReason.WITHDREW, EndReason.MOVED))
        await end_place(place, why=why, note="", on=on, actor=actor, now=self._today())

    async def mark(self, actor: Actor) -> Callable[[], None] | None:
        if not self.told.places:
            return None
        place = self.chance.choice(list(self.told.places))
        session = dict(self.told.groups)[self.told.places[place]]
        return await self._mark(session, place, actor)

    async def mark_elsewhere(self, actor: Actor) -> None:
        """Somebody of another group: never taken, or the check after the run fails."""
        if self.told.places:
            place = self.chance.choice(list(self.told.places))
            others = [s for c, s in self.told.groups if c != self.told.places[place]]
            await self._mark(self.chance.choice(others), place, actor)

    async def _mark(self, session: UUID, place: UUID, actor: Actor) -> Callable[[], None]:
        revision = self.told.marked.get((session, place), 0)
        given = self.chance.choice(MARKS)
        saved = await save_mark(session, place, given, revision=revision, actor=actor, now=self.at)

        def tell() -> None:
            known = self.told.marked.get((session, place), 0)
            self.told.marked[session, place] = max(known, saved.revision)

        return tell

    async def breach(self, actor: Actor) -> Callable[[], None]:
        order = self.chance.choice(self.told.orders)
        condition = await fetch_value(
            "SELECT id FROM order_condition WHERE order_id = $1 LIMIT 1", order
        )
        happened = self.began + timedelta(minutes=self.chance.randrange(1, 60 * 24 * 6))
        new = NewBreach(
            condition_id=condition,
            occurred_at=happened,
            reported_at=happened,
            account="Seen at the door",
            match="separate",
        )
        made = await record_breach(order, new, actor=actor, now=self.at)
        return lambda: self.told.breaches.append(made)

    async def move(self, actor: Actor) -> None:
        if not self.told.breaches:
            return
        breach = self.chance.choice(self.told.breaches)
        row = await fetch_one("SELECT version FROM breach WHERE id = $1", breach)
        assert row is not None, "a breach has vanished"
        stage = self.chance.choice((BreachStage.ARRESTED, BreachStage.WITHDRAWN))
        step = BreachStep(after=stage, happened_at=self.at, reason="Said so")
        await move_breach(breach, step, version=row["version"], actor=actor, now=self.at)

    # How.

    async def _group(self, actor: Actor, day: Weekday) -> None:
        venue = await add_venue(
            f"Hall {uuid4()}", postcode_district="LS1", actor=actor, now=self.began
        )
        room = await add_room(venue, name="Room A", seats=20, actor=actor, now=self.began)
        request = CohortRequest(
            programme="caring-dads",
            first_day=london_date(self.began + timedelta(days=7)),
            slots=(WeeklySlot(day, time(18)),),
            room_id=room,
            facilitator_ids=(),
            capacity=CAPACITY,
            sex="male",
        )
        plan = await plan_cohort(request, actor=actor, now=self.began)
        cohort = await start_cohort(request, shown=plan.hash, actor=actor, now=self.began)
        (first, *_) = await fetch(
            "SELECT id, ends_at FROM session WHERE cohort_id = $1 AND kind = 'group' "
            "ORDER BY starts_at",
            cohort,
        )
        self.told.groups.append((cohort, first["id"]))
        self.at = max(getattr(self, "at", first["ends_at"]), first["ends_at"]) + timedelta(hours=1)

    def _order(self, person: UUID) -> NewOrder:
        made = london_date(self.began)
        return NewOrder(
            person_id=person,
            kind=DVPO,
            made_on=made,
            authority=Authority.COURT,
            issued_by="Leeds Magistrates' Court",
            ends_on=made + timedelta(days=27),
            served_at=self.began,
            conditions=(NewCondition(kind=ConditionKind.NO_CONTACT, wording="No contact"),),
        )

    def _today(self) -> datetime:
        return datetime.now().astimezone()


def kill_server(home: Path) -> None:
    """Returns once it is dead: until then it answers, and a start would take it for running."""
    cluster = home / "database" / "cluster"
    running = running_postmaster(cluster)
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)
    while running_postmaster(cluster) is not None:
        sleep(0.01)


class superuser:
    """A connection of the server's own, for the witness and for ending backends."""

    def __init__(self, databases: Databases) -> None:
        server = databases.server
        assert server is not None
        self.address = server.dsn(server.superuser, server.superuser_password, "work")

    async def __aenter__(self) -> Any:
        self.connection = await asyncpg.connect(self.address)
        return self.connection

    async def __aexit__(self, *exception: object) -> None:
        await self.connection.close()
