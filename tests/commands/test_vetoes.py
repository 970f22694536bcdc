"""Silent vetoes: they cross once a working day, few, and as rows that anybody might have noted."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app.job_list import JOBS
from app.jobs import run_job
from outcomes.survivors.place_commands import end_place, places_of, record_place
from outcomes.survivors.support_rules import (
    MOST_VETOES_A_DAY,
    is_hand_over_hour,
    today_s_vetoes,
)
from outcomes.survivors.support_words import DueVeto
from outcomes.survivors.veto_commands import NewVeto, crossing_id, end_veto, record_veto
from outcomes.survivors.veto_queries import vetoes_of
from programmes.common.clock import LONDON, london_date
from programmes.common.db import Side
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Role
from scheduling.placement.commands import note_not_offered
from scheduling.placement.not_offered_words import HOLDS, NotOfferedHere, day_it_bears
from tests.cast import Company
from tests.survivor_case import OTHER_WORKER, WORKER, Case, now, sealing, survivor

HAND_OVER = next(job for job in JOBS if job.name == "hand-vetoes-over")
REASON = "Her sister works in that building, Marigold corridor"
A_DAY = timedelta(days=1)


def working_afternoon(days: int) -> datetime:
    """Half past three in London on a working day, at least so many days on: after its beginning."""
    at = now().astimezone(LONDON) + days * A_DAY
    at = at.replace(hour=15, minute=30, second=0, microsecond=0)
    while at.weekday() > 4:
        at += A_DAY
    return at


async def venue(company: Company) -> UUID:
    venue_id = new_id(now())
    async with company.owner(Side.WORK) as work:
        await work.execute("SELECT set_config('waymark.act', 'test', false)")
        await work.execute(
            "INSERT INTO venue (id, name, postcode_district) VALUES ($1, $2, 'LS9')",
            venue_id,
            f"Venue {venue_id}",
        )
    return venue_id


async def keep_away(company: Company, case: Case, venue_id: UUID, email: str = WORKER) -> UUID:
    new = NewVeto(link_id=case.link_id, cohort_id=None, venue_id=venue_id, reason=REASON)
    async with company.acting(email) as actor:
        return await record_veto(
            case.survivor_id, new, sealing=sealing(company), actor=actor, now=now()
        )


async def rows_about(company: Company, person_id: UUID) -> list[dict[str, object]]:
    async with company.owner(Side.WORK) as work:
        rows = await work.fetch("SELECT * FROM not_offered WHERE person_id = $1", person_id)
    return [dict(row) for row in rows]


async def settled(company: Company) -> None:
    """What other tests left waiting crosses first, so that a day's few are this test's own."""
    async with company.owner(Side.SURVIVOR) as hers:
        await hers.execute("SELECT set_config('waymark.act', 'test', false)")
        await hers.execute("UPDATE veto SET ended_on = from_on WHERE ended_on IS NULL")


async def test_it_crosses_on_the_next_working_day_and_once(company: Company) -> None:
    await settled(company)
    case, where = await survivor(company), await venue(company)
    await keep_away(company, case, where)
    await run_job(company.databases, HAND_OVER, now=now())
    assert await rows_about(company, case.person_id) == []
    at = working_afternoon(1)
    for _ in range(2):
        await run_job(company.databases, HAND_OVER, now=at)
    (row,) = await rows_about(company, case.person_id)
    day = london_date(at)
    assert (row["venue_id"], row["from_on"], row["given_on"]) == (where, day, day)
    assert row["until_on"] == day + HOLDS
    await run_job(company.databases, HAND_OVER, now=working_afternoon(8))
    assert len(await rows_about(company, case.person_id)) == 1
    await run_job(company.databases, HAND_OVER, now=working_afternoon(88))
    assert len(await rows_about(company, case.person_id)) == 2


async def test_what_was_ended_is_not_given_again(company: Company) -> None:
    await settled(company)
    case, where = await survivor(company), await venue(company)
    veto_id = await keep_away(company, case, where)
    with pytest.raises(Refused, match="already"):
        await keep_away(company, case, where)
    async with company.acting(WORKER) as actor:
        await end_veto(case.survivor_id, veto_id, actor=actor, now=now())
    await run_job(company.databases, HAND_OVER, now=working_afternoon(1))
    assert await rows_about(company, case.person_id) == []


async def test_nothing_on_the_programme_side_tells_it_from_a_managers(company: Company) -> None:
    """The same columns, the same shape of id, the same audit entry: all but the person."""
    await settled(company)
    case, other = await survivor(company), await survivor(company)
    where, at = await venue(company), working_afternoon(100)
    await keep_away(company, case, where)
    await run_job(company.databases, HAND_OVER, now=at)
    noted = NotOfferedHere(
        person_id=other.person_id,
        venue_id=where,
    )
    async with company.acting(Role.MANAGER) as manager:
        await note_not_offered(noted, actor=manager, now=at)
    (hers,) = await rows_about(company, case.person_id)
    (managers,) = await rows_about(company, other.person_id)
    kept = ("cohort_id", "venue_id", "from_on", "until_on", "given_on")
    assert [hers[name] for name in kept] == [managers[name] for name in kept]
    assert _day_of(hers["id"]) == _day_of(managers["id"])
    async with company.owner(Side.WORK) as work:
        trail = await work.fetch(
            "SELECT at, account_id, role, act, operation, resource, reason, columns, detail "
            "FROM audit.entry WHERE row_id = ANY($1)",
            [str(hers["id"]), str(managers["id"])],
        )
    assert len(trail) == 2
    assert trail[0] == trail[1]
    assert trail[0]["account_id"] is None


async def test_another_worker_cannot_veto_nor_end_it(company: Company) -> None:
    case, where = await survivor(company), await venue(company)
    veto_id = await keep_away(company, case, where)
    with pytest.raises(NotFound):
        await keep_away(company, case, where, OTHER_WORKER)
    with pytest.raises(NotFound):
        async with company.acting(OTHER_WORKER) as actor:
            await end_veto(case.survivor_id, veto_id, actor=actor, now=now())


async def test_one_group_or_one_venue(company: Company) -> None:
    case = await survivor(company)
    for both in (None, new_id(now())):
        new = NewVeto(link_id=case.link_id, cohort_id=both, venue_id=both, reason=REASON)
        with pytest.raises(Invalid):
            async with company.acting(WORKER) as actor:
                await record_veto(
                    case.survivor_id, new, sealing=sealing(company), actor=actor, now=now()
                )


async def test_places_and_reasons_are_sealed_and_hers_alone(company: Company) -> None:
    case, where = await survivor(company), await venue(company)
    await keep_away(company, case, where)
    secret = "14 Thistledown Walk"
    async with company.acting(WORKER) as actor:
        by = {"sealing": sealing(company), "actor": actor, "now": now()}
        order_id = new_id(now())
        place_id = await record_place(case.survivor_id, case.link_id, order_id, place=secret, **by)
        (veto,) = await vetoes_of(actor, case.survivor_id, key=None)
        assert veto.reason is None
        (masked,) = await places_of(actor, case.survivor_id, key=None)
        assert masked.place is None
    async with company.owner(Side.SURVIVOR) as hers:
        for table in ("veto", "protected_place"):
            rows = await hers.fetch(f"SELECT to_jsonb(t)::text AS row FROM {table} t")
            for secret_words in (secret, REASON):
                assert all(secret_words not in row["row"] for row in rows)
                assert all(secret_words.encode().hex() not in row["row"] for row in rows)
    with pytest.raises(NotFound):
        async with company.acting(OTHER_WORKER) as actor:
            await end_place(case.survivor_id, place_id, actor=actor, now=now())


def test_a_row_bears_a_day_of_the_week_whatever_day_it_was_noted() -> None:
    friday = date(2026, 11, 20)
    assert [day_it_bears(friday + n * A_DAY) for n in range(4)] == [
        *[friday] * 3,
        friday + 3 * A_DAY,
    ]


def test_few_cross_in_a_day_and_one_about_a_person() -> None:
    people = [UUID(int=n) for n in range(1, 7)]
    due = [_due(n, person) for n, person in enumerate([*people[:1], *people])]
    chosen = today_s_vetoes(due, already=0)
    assert len(chosen) == MOST_VETOES_A_DAY
    assert len({one.person_id for one in chosen}) == MOST_VETOES_A_DAY
    assert chosen[0] == due[0]
    assert len(today_s_vetoes(due, already=MOST_VETOES_A_DAY - 1)) == 1
    assert today_s_vetoes(due, already=MOST_VETOES_A_DAY) == []


def test_they_cross_in_the_working_day_of_working_days_alone() -> None:
    saturday = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
    assert not any(is_hand_over_hour(saturday + n * timedelta(hours=1)) for n in range(24))
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    hours = [n for n in range(24) if is_hand_over_hour(monday + n * timedelta(hours=1))]
    assert hours
    assert set(hours) <= set(range(9, 17))


def test_the_id_that_crosses_is_of_its_day_and_the_same_when_tried_again() -> None:
    veto, day = UUID(int=5), datetime(2026, 11, 23, tzinfo=UTC).date()
    assert crossing_id(veto, day) == crossing_id(veto, day)
    assert crossing_id(veto, day).version == 7
    assert crossing_id(veto, day) != crossing_id(UUID(int=6), day)
    assert _day_of(crossing_id(veto, day)) == datetime(2026, 11, 23, tzinfo=UTC)


def _day_of(row_id: object) -> datetime:
    assert isinstance(row_id, UUID)
    return datetime.fromtimestamp((row_id.int >> 80) / 1000, UTC)


def _due(number: int, person: UUID) -> DueVeto:
    return DueVeto(
        id=UUID(int=number + 100),
        survivor_id=UUID(int=1),
        person_id=person,
        cohort_id=None,
        venue_id=UUID(int=2),
    )
