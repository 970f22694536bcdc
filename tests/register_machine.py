"""Two groups and whatever can happen to the people in them, beside a model that only counts."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from outcomes.completion.commands import decide_completion
from outcomes.completion.queries import standings
from outcomes.completion.words import CompletionOutcome
from outcomes.reports.figures import Period, ProgrammeFigures
from outcomes.reports.management import management_report
from programmes.catalogue.words import MarkCode
from programmes.common.clock import london_date
from programmes.common.db import fetch, fetch_value
from programmes.common.errors import Refused
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from programmes.referrals.commands import NewReferral, receive_referral
from programmes.referrals.suitability_commands import decide_suitability
from programmes.referrals.words import RiskLevel, Route
from scheduling.attendance.commands import save_mark, save_marks, sign_off
from scheduling.attendance.correction_commands import agree_to_correction, ask_for_correction
from scheduling.attendance.rules import GivenMark
from scheduling.cohorts.commands import enrol
from scheduling.cohorts.transfer_commands import transfer
from scheduling.cohorts.venue_commands import add_room, add_venue
from scheduling.sessions.change_commands import apply_change, show_change
from scheduling.sessions.change_words import CancelAndOwe, CancelAndShift, Change, MoveOne
from scheduling.sessions.planning_commands import plan_cohort, start_cohort
from scheduling.sessions.planning_words import CohortRequest
from scheduling.sessions.rules import plan_hash
from scheduling.sessions.words import Weekday, WeeklySlot
from tests.register_house import House
from tests.suitability_case import suitable_for

THERE = (MarkCode.ATTENDED, MarkCode.LATE)
MARKS = {
    "attended": GivenMark(code=MarkCode.ATTENDED),
    "late": GivenMark(code=MarkCode.LATE, minutes_late=10),
    "absent": GivenMark(code=MarkCode.ABSENT),
    "sent home": GivenMark(code=MarkCode.SENT_HOME_SERVICE),
}
BACK = timedelta(days=420)
NEEDED, SESSIONS = 14, 17


@dataclass
class Place:
    person: UUID
    referral: UUID
    cohort: UUID
    is_live: bool = True
    went_on: bool = False


class Registers(RuleBasedStateMachine):
    """Every step goes through the commands; after each the model and the database are compared."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.at = self.house.now - BACK
        self.marks: dict[tuple[UUID, UUID], MarkCode] = {}
        self.places: dict[UUID, Place] = {}
        self.signed: set[UUID] = set()
        self.decided: dict[UUID, CompletionOutcome] = {}
        self.before = self._report()
        self.groups = [self._start(day) for day in (Weekday.TUESDAY, Weekday.THURSDAY)]
        for number in range(3):
            self._enrol(number % 2)

    # What can happen.

    @rule(group=st.integers(0, 1))
    def enrol(self, group: int) -> None:
        with suppress(Refused):
            self._enrol(group)

    @rule(group=st.integers(0, 1), marks=st.lists(st.sampled_from(sorted(MARKS)), min_size=12))
    def hold(self, group: int, marks: list[str]) -> None:
        coming = self._coming(group)
        if coming:
            self._hold(coming[0], marks)

    @rule(group=st.integers(0, 1), marks=st.lists(st.sampled_from(sorted(MARKS)), min_size=12))
    def hold_all_but_two(self, group: int, marks: list[str]) -> None:
        for session in self._coming(group)[:-2]:
            self._hold(session, ["attended"] * 12)
        if len(self._coming(group)) > 1:
            self._hold(self._coming(group)[0], marks)

    @rule(group=st.integers(0, 1), marks=st.lists(st.sampled_from(sorted(MARKS)), min_size=12))
    def hold_row_by_row(self, group: int, marks: list[str]) -> None:
        """Each is saved alone, all as attended first; the last marks come with the sign-off."""
        for session in self._coming(group)[:1]:
            self._hold(session, marks, row_by_row=True)

    @precondition(lambda self: self.marks)
    @rule(data=st.data(), mark=st.sampled_from(sorted(MARKS)))
    def correct(self, data: st.DataObject, mark: str) -> None:
        signed = sorted(key for key in self.marks if key[0] in self.signed)
        if not signed:
            return
        session, place = data.draw(st.sampled_from(signed))
        with suppress(Refused):
            self.house.run(lambda: self._correct(session, place, MARKS[mark]))
            self.marks[session, place] = MARKS[mark].code

    @rule(group=st.integers(0, 1), at=st.integers(0, 16), shifts=st.booleans())
    def cancel(self, group: int, at: int, shifts: bool) -> None:
        kind = CancelAndShift if shifts else CancelAndOwe
        self._change(group, at, lambda row: kind(session_id=row["id"], reason="Nobody to lead"))

    @rule(group=st.integers(0, 1), at=st.integers(0, 16), hours=st.integers(-3, 3))
    def move(self, group: int, at: int, hours: int) -> None:
        later = timedelta(hours=hours)
        self._change(
            group, at, lambda row: MoveOne(session_id=row["id"], starts_at=row["starts_at"] + later)
        )

    @rule(data=st.data())
    def go_on_elsewhere(self, data: st.DataObject) -> None:
        live = sorted(key for key, place in self.places.items() if place.is_live)
        if not live:
            return
        old = data.draw(st.sampled_from(live))
        place = self.places[old]
        into = next(group for group in self.groups if group != place.cohort)
        with suppress(Refused):
            new = self.house.run(
                lambda: transfer(
                    old, into=into, reason="Works", actor=self.house.manager, now=self.at
                ),
            )
            place.is_live, place.went_on = False, True
            self.places[new] = Place(place.person, place.referral, into)

    @rule(
        data=st.data(),
        outcome=st.sampled_from(CompletionOutcome),
        reason=st.sampled_from(["", "Said so"]),
    )
    def complete(self, data: st.DataObject, outcome: CompletionOutcome, reason: str) -> None:
        place = data.draw(st.sampled_from(sorted(self.places)))
        with suppress(Refused):
            self.house.run(
                lambda: decide_completion(
                    place, outcome, reason=reason, actor=self.house.manager, now=self.at
                ),
            )
            self.decided[place] = outcome
            self.places[place].is_live = False

    # What must always be so.

    @invariant()
    def no_mark_is_lost(self) -> None:
        rows = self._all(
            "SELECT session_id, enrolment_id, code FROM attendance_mark "
            "WHERE is_current AND cohort_id = ANY($1)"
        )
        assert {(r["session_id"], r["enrolment_id"]): r["code"] for r in rows} == self.marks

    @invariant()
    def nobody_comes_above_the_whole_and_a_cancellation_is_nobodys_fault(self) -> None:
        found = self.house.run(self._standings)
        numbers = self._numbers()
        for one in found:
            place = self.places[one.enrolment_id]
            done = self._attended(place.referral, numbers)
            assert one.progress.attended == len(done) <= one.progress.of == SESSIONS
            assert one.progress.is_complete == (len(done) >= NEEDED)
            if place.is_live and SESSIONS - len(self._missed(place, numbers) - done) >= NEEDED:
                assert not one.is_lost, one

    @invariant()
    def a_cancelled_session_has_no_mark(self) -> None:
        rows = self._all("SELECT id FROM session WHERE cohort_id = ANY($1) AND status <> 'planned'")
        assert not {row["id"] for row in rows} & {session for session, _ in self.marks}

    def teardown(self) -> None:
        """The report counts what the registers and decisions say, and nothing else."""
        numbers, found = self._numbers(), self._report()
        mine = {name: found[name] - self.before[name] for name in found}
        people = {p.referral: p.person for p in self.places.values()}
        there = {self.places[place].referral for (_, place), m in self.marks.items() if m in THERE}
        assert mine["reached"] == mine["started"] == len({people[one] for one in there})
        assert mine["completed"] == len(
            {p.person for key, p in self.places.items() if self._completed(key, p, numbers)}
        )
        assert mine["completed"] <= mine["due"]

    # How.

    def _completed(self, key: UUID, place: Place, numbers: dict[UUID, int]) -> bool:
        finished = any(
            numbers[one] == SESSIONS and one in self.signed for one in self._sessions_of(place)
        )
        if place.went_on:
            return False
        if key in self.decided:
            return finished and self.decided[key] is CompletionOutcome.COMPLETED
        up_to = self._attended_up_to(key, place, numbers)
        return finished and len(up_to) >= NEEDED

    def _attended_up_to(self, key: UUID, place: Place, numbers: dict[UUID, int]) -> set[int]:
        """The report follows a place's own marks and those of places marked before it."""
        firsts = {
            one: min((s for s, p in self.marks if p == one), key=self._held_at, default=None)
            for one, other in self.places.items()
            if other.referral == place.referral
        }
        own = firsts[key]
        before = {
            one
            for one, first in firsts.items()
            if first is not None and (own is None or self._held_at(first) <= self._held_at(own))
        }
        return {
            numbers[session]
            for (session, one), mark in self.marks.items()
            if one in before and mark in THERE
        }

    def _held_at(self, session: UUID) -> datetime:
        found: datetime = self.starts[session]
        return found

    def _sessions_of(self, place: Place) -> list[UUID]:
        return [one for one, cohort in self.cohort_of.items() if cohort == place.cohort]

    def _attended(self, referral: UUID, numbers: dict[UUID, int]) -> set[int]:
        return {
            numbers[session]
            for (session, place), mark in self.marks.items()
            if self.places[place].referral == referral and mark in THERE
        }

    def _missed(self, place: Place, numbers: dict[UUID, int]) -> set[int]:
        """Against them: marked absent, or held before they came."""
        of_mine = {key for key, one in self.places.items() if one.referral == place.referral}
        absent = {
            numbers[session]
            for (session, one), mark in self.marks.items()
            if one in of_mine and mark is MarkCode.ABSENT
        }
        marked = {session for session, one in self.marks if one in of_mine}
        held = {one for one in self._sessions_of(place) if self.starts[one] < self.at}
        return absent | {numbers[one] for one in held - marked}

    def _numbers(self) -> dict[UUID, int]:
        rows = self._all(
            "SELECT id, number, cohort_id, starts_at, status FROM session WHERE cohort_id = ANY($1)"
        )
        planned = [row for row in rows if row["status"] == "planned"]
        self.starts = {row["id"]: row["starts_at"] for row in planned}
        self.cohort_of = {row["id"]: row["cohort_id"] for row in planned}
        return {row["id"]: row["number"] for row in planned}

    def _all(self, sql: str) -> Any:
        return self.house.run(lambda: fetch(sql, self.groups))

    async def _standings(self) -> Any:
        return await standings(self.house.manager, now=self.at, enrolments=sorted(self.places))

    def _report(self) -> dict[str, int]:
        start = london_date(self.house.now - BACK - timedelta(days=30))
        period = Period(start, london_date(self.house.now + timedelta(days=400)))

        async def read() -> ProgrammeFigures | None:
            report = await management_report(period, actor=self.house.manager)
            return report.programmes["caring-dads"]

        found = self.house.run(read)
        if found is None:
            return dict.fromkeys(("reached", "started", "completed", "due"), 0)
        due = next(one for one in found.completion if one.of == "due_to_finish")
        return {
            "reached": found.reached,
            "started": found.started,
            "completed": found.completed,
            "due": due.total,
        }

    def _start(self, day: Weekday) -> UUID:
        return UUID(str(self.house.run(lambda: self._start_group(day))))

    async def _start_group(self, day: Weekday) -> UUID:
        manager = self.house.manager
        venue = await add_venue(
            f"Hall {uuid4()}", postcode_district="LS1", actor=manager, now=self.at
        )
        room = await add_room(venue, name="Room A", seats=20, actor=manager, now=self.at)
        request = CohortRequest(
            programme="caring-dads",
            first_day=london_date(self.at + timedelta(days=7)),
            slots=(WeeklySlot(day, time(18)),),
            room_id=room,
            facilitator_ids=(),
            capacity=12,
            sex="male",
        )
        plan = await plan_cohort(request, actor=manager, now=self.at)
        return await start_cohort(request, shown=plan.hash, actor=manager, now=self.at)

    def _enrol(self, group: int) -> None:
        cohort = self.groups[group]
        place, found = self.house.run(lambda: self._take_place(cohort))
        self.places[place] = found

    async def _take_place(self, cohort: UUID) -> tuple[UUID, Place]:
        manager, today = self.house.manager, london_date(self.at)
        born = today - timedelta(days=365 * 30)
        new = NewPerson("Machine", f"Made{uuid4().hex[:6]}", born, Sex.MALE)
        person = await add_person(new, actor=manager, now=self.at)
        agency = await fetch_value("SELECT id FROM agency LIMIT 1")
        referral = await receive_referral(
            NewReferral(person, "caring-dads", agency, today, Route.VOLUNTARY, RiskLevel.MEDIUM),
            actor=manager,
            now=self.at,
        )
        suitable = await suitable_for("caring-dads", self.at)
        await decide_suitability(referral, suitable, version=1, actor=manager, now=self.at)
        place = await enrol(referral, cohort, referral_version=2, actor=manager, now=self.at)
        return place, Place(person, referral, cohort)

    def _coming(self, group: int) -> list[Any]:
        rows = self.house.run(
            lambda: fetch(
                "SELECT id, starts_at, ends_at FROM session WHERE cohort_id = $1 "
                "AND status = 'planned' AND kind <> 'extra' ORDER BY starts_at",
                self.groups[group],
            ),
        )
        return [row for row in rows if row["id"] not in self.signed]

    def _hold(self, session: Any, marks: list[str], *, row_by_row: bool = False) -> None:
        self.at = max(self.at, session["ends_at"] + timedelta(hours=1))
        cohort = next(g for g in self.groups if self._is_of(session["id"], g))
        live = sorted(key for key, p in self.places.items() if p.is_live and p.cohort == cohort)
        given = {place: MARKS[mark] for place, mark in zip(live, marks, strict=False)}
        take = self._take_row_by_row if row_by_row else self._take
        self.house.run(lambda: take(session["id"], given))
        self.signed.add(session["id"])
        self.marks |= {(session["id"], place): mark.code for place, mark in given.items()}

    def _is_of(self, session: UUID, group: UUID) -> bool:
        self._numbers()
        return bool(self.cohort_of[session] == group)

    async def _take(self, session: UUID, given: dict[UUID, GivenMark]) -> None:
        actor = self.house.facilitator
        version = await save_marks(session, given, version=1, actor=actor, now=self.at)
        await sign_off(session, version=version, actor=actor, now=self.at)

    async def _take_row_by_row(self, session: UUID, given: dict[UUID, GivenMark]) -> None:
        actor, version = self.house.facilitator, 1
        for place in given:
            saved = await save_mark(
                session, place, MARKS["attended"], revision=0, actor=actor, now=self.at
            )
            version = saved.version
        await sign_off(session, given, version=version, actor=actor, now=self.at)

    async def _correct(self, session: UUID, place: UUID, given: GivenMark) -> None:
        mark = await fetch_value(
            "SELECT id FROM attendance_mark WHERE session_id = $1 AND enrolment_id = $2 "
            "AND is_current",
            session,
            place,
        )
        asked = await ask_for_correction(
            mark, given, reason="Wrong line", actor=self.house.facilitator, now=self.at
        )
        await agree_to_correction(asked, actor=self.house.manager, now=self.at)

    def _change(self, group: int, at: int, made: Callable[[Any], Change]) -> None:
        coming = [row for row in self._coming(group) if row["starts_at"] > self.at]
        if at >= len(coming):
            return
        cohort, change = self.groups[group], made(coming[at])
        with suppress(Refused):
            self.house.run(lambda: self._apply(cohort, change))

    async def _apply(self, cohort: UUID, change: Change) -> None:
        manager = self.house.manager
        plan = await show_change(cohort, change, actor=manager, now=self.at)
        shown = plan_hash(plan)
        await apply_change(cohort, change, shown=shown, actor=manager, now=self.at)


def machine_of(house: House) -> type[Registers]:
    return type("RegistersOfThisHouse", (Registers,), {"house": house})
