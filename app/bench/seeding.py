"""Fills an empty home with an invented service of a size: the demonstration's staff, and crowds."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from app.bench import group_rows, survivor_rows, work_rows
from app.bench.copying import Filled, as_superuser, copy_in
from app.bench.sizes import Size
from app.bench.world import Standing, World
from app.databases import Databases
from app.demo.accounts import create_demo_accounts, write_demo_accounts
from app.demo.loading import home_is_empty
from app.embedded import Address
from app.safekeeping.sealing import SurvivorSealing
from programmes.catalogue.queries import programme
from programmes.common.clock import london_date
from programmes.common.db import Side, using
from programmes.common.errors import Refused
from scheduling.calendars.rules import ClosedDays
from scheduling.sessions.rules import plan_series
from scheduling.sessions.words import Weekday, WeeklySlot

PROGRAMME = "caring-dads"
_ACCOUNT = "id email name role is_active created_at version"


async def seed(databases: Databases, server: Address, size: Size, *, now: datetime) -> None:
    """The same rows for the same size and day. Raises Refused where anybody is in the home."""
    if not databases.settings.is_demo:
        raise Refused("Invented people are refused in production.")
    if not await home_is_empty(databases, now=now):
        raise Refused("There are people in this home. Choose an empty one: APP_HOME=DIRECTORY")
    accounts = await create_demo_accounts(databases, now=now)
    async with as_superuser(server, Side.WORK) as connection:
        world = World(size, london_date(now), await _standing(connection, now))
        await copy_in(connection, _work_tables(world))
    async with as_superuser(server, Side.SURVIVOR) as connection:
        sealing = SurvivorSealing(databases.settings.home)
        await copy_in(connection, _survivor_tables(world, sealing))
    write_demo_accounts(databases.settings, accounts)


async def _standing(connection: Any, now: datetime) -> Standing:
    async with using(Side.WORK, connection):
        found = await programme(PROGRAMME)
    version = found.version_on(london_date(now))
    plan = plan_series(
        version.rules,
        first_day=london_date(now),
        slots=[WeeklySlot(Weekday.TUESDAY, time(18))],
        closures=ClosedDays(()),
    )
    agencies = await connection.fetch("SELECT id FROM agency ORDER BY id")
    kinds = await connection.fetch(
        "SELECT DISTINCT ON (code) code, id FROM order_kind ORDER BY code, valid_from DESC"
    )
    return Standing(
        programme_id=str(found.id),
        version_id=str(version.id),
        agencies=tuple(str(row["id"]) for row in agencies),
        order_kinds={row["code"]: str(row["id"]) for row in kinds},
        series=tuple((s.number, str(s.module), str(s.kind)) for s in plan.sessions),
        minutes=version.rules.minutes,
    )


def _work_tables(world: World) -> Iterator[Filled]:
    yield Filled("auth.account", _ACCOUNT, work_rows.officers(world))
    yield from _people_tables(world)
    yield from _order_tables(world)
    yield from _group_tables(world)


def _people_tables(world: World) -> Iterator[Filled]:
    yield Filled(
        "person",
        "id reference first_name last_name name_key date_of_birth sex ethnic_group first_language "
        "interpreter_needed postcode_district created_at version",
        work_rows.people(world),
    )
    yield Filled("child", "id year_of_birth lives_with", work_rows.children(world))
    yield Filled("person_child", "id person_id child_id", work_rows.whose_children(world))
    yield Filled(
        "referral",
        "id reference person_id programme_id agency_id received_on route risk_level "
        "contact_with_child status created_at created_by version",
        work_rows.referrals(world),
    )
    yield Filled(
        "suitability_decision",
        "id referral_id person_id programme_version_id outcome reason_code decided_on decided_by "
        "recorded_at",
        work_rows.decisions(world),
    )
    yield Filled(
        "assignment", "id person_id account_id from_on until_on", work_rows.assignments(world)
    )


def _order_tables(world: World) -> Iterator[Filled]:
    yield Filled(
        "protective_order",
        "id reference person_id kind_id kind made_on served_at ends_on issued_by status "
        "created_at created_by version",
        work_rows.orders(world),
    )
    yield Filled(
        "breach",
        "id reference order_id person_id event_id occurred_at reported_at stage created_at "
        "created_by version",
        work_rows.breaches(world),
    )


def _group_tables(world: World) -> Iterator[Filled]:
    yield Filled("venue", "id name postcode_district", group_rows.venues(world))
    yield Filled("room", "id venue_id name seats code", group_rows.rooms(world))
    yield Filled(
        "cohort",
        "id reference programme_id programme_version_id room_id capacity sex status first_on "
        "last_on created_at version",
        group_rows.cohorts(world),
    )
    yield Filled(
        "cohort_staff", "id cohort_id account_id duty from_on until_on", group_rows.staff(world)
    )
    yield Filled(
        "session",
        "id cohort_id number module kind starts_at ends_at room_id status facilitators "
        "interpreters version",
        group_rows.sessions(world),
    )
    yield Filled(
        "booking", "id session_id cohort_id kind what starts_at ends_at", group_rows.bookings(world)
    )
    yield from _attendance_tables(world)


def _attendance_tables(world: World) -> Iterator[Filled]:
    yield Filled(
        "enrolment",
        "id person_id referral_id cohort_id programme_id programme_version_id status enrolled_on "
        "ended_on end_reason created_at version",
        group_rows.enrolments(world),
    )
    yield Filled(
        "register",
        "id session_id cohort_id opened_at signed_off_at signed_off_by version",
        group_rows.registers(world),
    )
    yield Filled(
        "attendance_mark",
        "id session_id enrolment_id cohort_id person_id code is_there minutes_late revision "
        "is_current held_at entered_at entered_by signed_off_at",
        group_rows.marks(world),
    )
    yield Filled(
        "acceptability",
        "id mark_id person_id verdict revision is_current decided_at decided_by",
        group_rows.acceptability(world),
    )


def _survivor_tables(world: World, sealing: SurvivorSealing) -> Iterator[Filled]:
    rows = survivor_rows
    yield Filled("auth.account", _ACCOUNT, rows.workers(world))
    yield Filled("data_key", "id wrapped wrapped_with", rows.data_keys(world, sealing))
    yield Filled("survivor", "id reference data_key_id created_at version", rows.survivors(world))
    yield Filled(
        "worker_assignment", "id survivor_id account_id kind from_on", rows.assignments(world)
    )
    yield Filled("link", "id survivor_id person_id relationship linked_on", rows.links(world))
    yield Filled(
        "consent",
        "id survivor_id kind is_given answered_on recorded_at recorded_by",
        rows.consents(world),
    )
    yield Filled(
        "check_in",
        "id survivor_id link_id timepoint asked_on questionnaire source police_called may_quote "
        "recorded_at recorded_by",
        rows.check_ins(world),
    )
