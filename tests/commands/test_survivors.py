"""What lies in her database: sealed, erasable, hers alone; and what the report counts."""

import msgspec
import pytest

from outcomes.survivors.check_in_commands import NewCheckIn, record_check_in
from outcomes.survivors.check_in_queries import check_ins_of
from outcomes.survivors.commands import destroy_data_key, unlink_person
from outcomes.survivors.queries import links_of, open_survivor
from outcomes.survivors.risk_commands import NewDash, record_dash
from outcomes.survivors.risk_queries import dashes_of
from outcomes.survivors.words import HighBecause, ReferredTo, Timepoint
from programmes.common.db import Side, fetch
from programmes.common.errors import NotFound, Refused
from tests.cast import Company
from tests.survivor_case import (
    LEAD,
    NAME,
    NUMBER,
    OTHER_WORKER,
    WORDS,
    WORKER,
    Case,
    now,
    sealing,
    survivor,
    today,
)

TABLES = ("data_key", "survivor", "safe_contact", "check_in", "check_in_answer", "consent", "link")


async def record(company: Company, case: Case, timepoint: Timepoint, safety: int) -> None:
    new = NewCheckIn(
        link_id=case.link_id,
        timepoint=timepoint,
        asked_on=today(),
        words=WORDS,
        answers={"feels_safe": safety},
    )
    async with company.acting(WORKER) as actor:
        await record_check_in(
            case.survivor_id, new, sealing=sealing(company), actor=actor, now=now()
        )


async def test_nothing_that_leads_to_her_is_in_the_database_in_clear(company: Company) -> None:
    case = await survivor(company)
    await record(company, case, Timepoint.START, 2)
    async with company.owner(Side.SURVIVOR) as hers:
        stored = b""
        for table in (*TABLES, "audit.entry"):
            for row in await hers.fetch(f"SELECT to_jsonb(t)::text AS row FROM {table} t"):
                stored += row["row"].encode()
        sealed = await hers.fetchval(
            "SELECT sealed_words FROM check_in WHERE survivor_id = $1", case.survivor_id
        )
    for secret in (NAME, NUMBER, WORDS, NAME.split()[1], NUMBER.split()[1]):
        assert secret.encode() not in stored
        assert secret.encode().hex().encode() not in stored
        assert secret.encode() not in sealed


async def test_a_sealed_value_cannot_be_moved_to_another_row(company: Company) -> None:
    first, second = await survivor(company), await survivor(company)
    async with company.owner(Side.SURVIVOR) as hers:
        await hers.execute("SELECT set_config('waymark.act', 'test', false)")
        await hers.execute(
            "UPDATE survivor SET sealed_name = "
            "(SELECT s.sealed_name FROM survivor s WHERE s.id = $1) WHERE id = $2",
            first.survivor_id,
            second.survivor_id,
        )
    with pytest.raises(Exception, match=r"^$|InvalidTag"):
        async with company.acting(WORKER) as actor:
            await open_survivor(actor, second.survivor_id, sealing=sealing(company))
    async with company.owner(Side.SURVIVOR) as hers:
        await hers.execute("SELECT set_config('waymark.act', 'test', false)")
        await hers.execute(
            "UPDATE survivor SET sealed_name = NULL WHERE id = $1", second.survivor_id
        )


async def test_destroying_the_key_erases_her_and_keeps_the_scores(company: Company) -> None:
    case = await survivor(company)
    await record(company, case, Timepoint.START, 2)
    async with company.acting(WORKER) as actor:
        await destroy_data_key(
            case.survivor_id,
            reason="They asked for it",
            sealing=sealing(company),
            actor=actor,
            now=now(),
        )
    async with company.acting(WORKER) as actor:
        one = await open_survivor(actor, case.survivor_id, sealing=sealing(company))
        (check_in,) = await check_ins_of(actor, case.survivor_id, key=one.key)
    assert (one.facts.name, one.facts.is_erased, one.key) == (None, True, None)
    assert check_in.words is None
    assert check_in.answers == {"feels_safe": 2}
    with pytest.raises(Refused, match="erased"):
        await record(company, case, Timepoint.END, 3)
    async with await company.as_(WORKER) as browser:
        for path in ("", "/check-ins", "/risk", "/notices"):
            assert (await browser.get(f"{case.page}{path}")).status_code == 200


async def test_another_workers_transaction_reads_no_row_of_hers(company: Company) -> None:
    case = await survivor(company)
    async with company.acting(OTHER_WORKER) as other:
        for table in TABLES[2:]:
            rows = await fetch(f"SELECT 1 FROM {table} WHERE survivor_id = $1", case.survivor_id)
            assert rows == [], table
        assert await fetch("SELECT 1 FROM survivor WHERE id = $1", case.survivor_id) == []
        assert await links_of(other, [case.survivor_id]) == []
    with pytest.raises(NotFound):
        async with company.acting(OTHER_WORKER) as other:
            await unlink_person(case.survivor_id, case.link_id, actor=other, now=now())


async def test_the_lead_counts_links_and_reads_no_key_and_no_contact(company: Company) -> None:
    case = await survivor(company)
    async with company.acting(LEAD):
        assert await fetch("SELECT 1 FROM link WHERE survivor_id = $1", case.survivor_id)
        assert await fetch("SELECT 1 FROM data_key") == []
        assert await fetch("SELECT 1 FROM safe_contact") == []
    with pytest.raises(NotFound):
        async with company.acting(LEAD) as lead:
            await open_survivor(lead, case.survivor_id, sealing=sealing(company))


async def test_a_dash_that_contradicts_itself_is_refused(company: Company) -> None:
    case = await survivor(company)
    good = NewDash(
        link_id=case.link_id,
        assessed_on=today(),
        ticks=14,
        is_high_risk=True,
        high_because=HighBecause.TICKS,
        referred_to=ReferredTo.MARAC,
        referred_on=today(),
        held_where="The service's file",
    )
    wrong = (
        msgspec.structs.replace(good, is_high_risk=False, high_because=None),
        msgspec.structs.replace(good, ticks=13),
        msgspec.structs.replace(good, ticks=25),
    )
    for one in wrong:
        with pytest.raises(Refused):
            await _dash(company, case, one)
    await _dash(company, case, good)
    async with company.acting(WORKER) as actor:
        (row,) = await dashes_of(actor, case.survivor_id)
    assert (row.ticks, row.referred_to) == (14, ReferredTo.MARAC)


async def _dash(company: Company, case: Case, new: NewDash) -> None:
    async with company.acting(WORKER) as actor:
        await record_dash(case.survivor_id, new, sealing=sealing(company), actor=actor, now=now())
