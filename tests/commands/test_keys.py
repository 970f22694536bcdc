"""Changing keys: everything opens as before, nothing opens with the old one; and holds."""

import re
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from app.safekeeping.key_rotation import rotate_keys
from app.safekeeping.keys import key_of, unseal
from app.safekeeping.sealing import SurvivorSealing, key_names
from outcomes.survivors.commands import destroy_data_key
from outcomes.survivors.hold_commands import holds_of, lift_hold, place_hold
from outcomes.survivors.queries import open_survivor
from programmes.common.db import Side
from programmes.common.errors import NotFound, Refused
from tests.cast import Company
from tests.survivor_case import NAME, OTHER_WORKER, WORKER, now, sealing, survivor


async def test_after_a_change_of_keys_she_opens_and_the_old_key_is_gone(company: Company) -> None:
    case = await survivor(company)
    home = company.databases.settings.home
    (before,) = key_names(home)
    old = key_of(home, Side.SURVIVOR, before)
    done = await rotate_keys(company.databases, now=now(), pause=0)
    assert done.rewrapped >= 1
    assert key_names(home) == [done.key_name] != [before]
    async with company.acting(WORKER) as actor:
        one = await open_survivor(actor, case.survivor_id, sealing=SurvivorSealing(home))
    assert one.facts.name == NAME
    async with company.owner(Side.SURVIVOR) as hers:
        row = await hers.fetchrow(
            "SELECT k.id, k.wrapped, k.wrapped_with FROM data_key k "
            "JOIN survivor s ON s.data_key_id = k.id WHERE s.id = $1",
            case.survivor_id,
        )
    assert row["wrapped_with"] == done.key_name
    with pytest.raises(InvalidTag):
        unseal(old, row["wrapped"], about=row["id"].bytes)


async def test_stopped_half_way_both_keys_open_and_it_runs_again(company: Company) -> None:
    case = await survivor(company)
    home = company.databases.settings.home
    stem = re.sub(r"-\d+$", "", key_names(home)[0])
    name = f"{stem}-900"
    key_of(home, Side.SURVIVOR, name)
    later = await survivor(company)
    async with company.acting(WORKER) as actor:
        for one in (case, later):
            found = await open_survivor(actor, one.survivor_id, sealing=SurvivorSealing(home))
            assert found.facts.name == NAME
    done = await rotate_keys(company.databases, now=now(), pause=0)
    assert (done.key_name, done.destroyed) == (f"{stem}-901", 2)


async def test_a_record_of_another_home_does_not_open(company: Company) -> None:
    foreign = SurvivorSealing(company.databases.settings.home)
    with pytest.raises(Refused, match="No key of this home"):
        foreign.unwrap(b"0" * 60, UUID(int=1))


async def test_while_a_hold_stands_nothing_is_erased(company: Company) -> None:
    case = await survivor(company)
    reason = "Inquest, the coroner's letter of 2 March"
    async with company.acting(WORKER) as actor:
        by: dict[str, Any] = {"actor": actor, "now": now(), "sealing": sealing(company)}
        await place_hold(case.survivor_id, reason, **by)
        with pytest.raises(Refused, match="legal hold"):
            await destroy_data_key(case.survivor_id, reason="Asked", **by)
        one = await open_survivor(actor, case.survivor_id, sealing=by["sealing"])
        (hold,) = await holds_of(actor, case.survivor_id, key=one.key)
        assert hold.reason == reason
    with pytest.raises(NotFound):
        async with company.acting(OTHER_WORKER) as other:
            await lift_hold(case.survivor_id, hold.id, actor=other, now=now())
    async with company.owner(Side.SURVIVOR) as hers:
        rows = await hers.fetch("SELECT to_jsonb(h)::text AS row FROM hold h")
    assert all(reason.encode().hex() not in row["row"] for row in rows)
    async with company.acting(WORKER) as actor:
        by: dict[str, Any] = {"actor": actor, "now": now(), "sealing": sealing(company)}
        await lift_hold(case.survivor_id, hold.id, actor=actor, now=now())
        await destroy_data_key(case.survivor_id, reason="Asked", **by)
        assert (await open_survivor(actor, case.survivor_id, sealing=by["sealing"])).key is None


async def test_the_erase_page_places_and_lifts_a_hold(company: Company) -> None:
    case = await survivor(company)
    async with await company.as_(WORKER) as browser:
        made = await browser.post(f"/api/v1{case.page}/holds", json={"reason": "An inquest"})
        assert made.status_code == 201, made.text
        (hold,) = made.json()
        page = await browser.get(f"{case.page}/erase")
        assert "An inquest" in page.text
        assert "Destroy the key" not in page.text
        erased = {"reason": "Asked", "is_sure": True}
        assert (await browser.post(f"/api/v1{case.page}/erase", json=erased)).status_code == 422
        assert (await browser.post(f"{case.page}/holds/{hold['id']}/lift")).status_code == 303
        assert "Destroy the key" in (await browser.get(f"{case.page}/erase")).text
        assert (await browser.post(f"/api/v1{case.page}/erase", json=erased)).status_code == 201
