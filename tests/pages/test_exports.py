"""Lists leave the service with a reason, the code once more, and long ones with a second person."""

import re
from io import BytesIO

import httpx
import pyotp

from app.safekeeping.keys import key_of, unseal
from programmes.common.db import Side
from tests.cast import Company
from tests.referral_case import a_referral, send

PROBATION, IOM = "probation@waymark.example", "iom@waymark.example"


async def _code(company: Company, email: str) -> str:
    """A code that is good now, also where one of the same half minute was used before."""
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        row = await owner.fetchrow(
            "UPDATE auth.account SET totp_last_step = NULL WHERE email = $1 "
            "RETURNING id, totp_secret",
            email,
        )
    key = key_of(company.databases.settings.home, Side.WORK, "totp")
    totp = pyotp.TOTP(unseal(key, row["totp_secret"], about=row["id"].bytes).decode())
    return totp.at(company.clock.now())


def _carried(text: str) -> dict[str, str]:
    return dict(re.findall(r'name="(submission|version)" value="([^"]*)"', text))


async def _ask(browser: httpx.AsyncClient, name: str, reason: str = "Case review") -> str:
    carried = _carried((await browser.get("/exports")).text)
    data = {**carried, "list_name": name, "reason": reason}
    answer = await browser.post("/exports", data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def _take(browser: httpx.AsyncClient, path: str, code: str, file: str) -> httpx.Response:
    carried = _carried((await browser.get(path)).text)
    return await browser.post(f"{path}/take", data={**carried, "file": file, "code": code})


async def test_a_short_list_leaves_with_the_code_once_more_and_is_noted(company: Company) -> None:
    import openpyxl

    evil = "=cmd()"
    body = await a_referral(company, {"person": {"first_name": evil}})
    async with await company.as_("probation") as browser:
        taken = (await send(browser, body)).json()
        path = await _ask(browser, "referrals")
        other = f"{(int(await _code(company, PROBATION)) + 1) % 1_000_000:06}"
        wrong = await _take(browser, path, other, "csv")
        assert wrong.status_code == 422
        assert "This code is not right" in wrong.text
        code = await _code(company, PROBATION)
        done = await _take(browser, path, code, "xlsx")
        assert done.status_code == 200, done.text
        book = openpyxl.load_workbook(BytesIO(done.content))
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        assert evil in [cell.value for cell in cells]
        assert all(cell.data_type != "f" for cell in cells)
        assert taken["reference"] in [cell.value for cell in cells]
        assert "code" not in (await browser.get(path)).text.split("<main")[1].split("</main>")[0]
        used = await _ask(browser, "people")
        assert (await _take(browser, used, code, "csv")).status_code == 422, "a used code"
        plain = await _take(browser, used, await _code(company, PROBATION), "csv")
        assert b"\n=" not in plain.content
    async with company.owner(Side.WORK) as owner:
        noted = await owner.fetchval(
            "SELECT detail ->> 'reason' FROM audit.entry WHERE operation = 'disclose' "
            "AND act = 'take-export' AND row_id = $1",
            path[-36:],
        )
    assert noted == "Case review"


async def test_a_long_list_waits_for_a_second_person(company: Company) -> None:
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        await owner.execute(_MANY, IOM)
    async with await company.as_("iom") as browser:
        await send(browser, await a_referral(company))
        path = await _ask(browser, "people")
        early = await _take(browser, path, await _code(company, IOM), "csv")
        assert "a second person has to agree first" in early.text
        own = await browser.post(
            f"{path}/agree", data=_carried((await browser.get("/exports")).text)
        )
        assert "Somebody else has to agree" in own.text
    async with await company.as_("manager") as browser:
        shown = (await browser.get(path)).text
        agreed = await browser.post(f"{path}/agree", data=_carried(shown))
        assert agreed.status_code == 303, agreed.text
        assert (await _take(browser, path, "123456", "csv")).status_code in (404, 422)
    async with await company.as_("iom") as browser:
        body = {"list_name": "referrals", "reason": "Case review"}
        asked = (await browser.post("/api/v1/exports", json=body)).json()
        said = {"code": await _code(company, IOM)}
        twin = await browser.post(f"/api/v1/exports/{asked['id']}/take", json=said)
        assert len(twin.json()["rows"]) == asked["rows"]
        assert len(twin.json()["rows"][0]) == len(twin.json()["headings"])
        done = await _take(browser, path, await _code(company, IOM), "csv")
        assert done.status_code == 200, done.text
        assert done.content.count(b"\n") > 200
    async with await company.as_("case-owner") as browser:
        assert (await browser.get("/exports")).status_code == 404
        assert (await browser.get(path)).status_code == 404


async def test_the_same_by_json_with_the_same_refusals(company: Company) -> None:
    async with await company.as_("probation") as browser:
        await send(browser, await a_referral(company))
        bare = await browser.post("/api/v1/exports", json={"list_name": "shoes", "reason": ""})
        assert set(bare.json()["errors"]) == {"list_name", "reason"}
        body = {"list_name": "referrals", "reason": "Case review"}
        asked = (await browser.post("/api/v1/exports", json=body)).json()
        path = f"/api/v1/exports/{asked['id']}"
        assert "Somebody else has to agree" in (await browser.post(f"{path}/agree")).text
        without = await browser.post(f"{path}/take", json={})
        assert list(without.json()["errors"]) == ["code"]
        listed = (await browser.get("/api/v1/exports")).json()
        assert next(one for one in listed if one["id"] == asked["id"])["taken_at"] is None
    for role in ("case-owner", "iom"):
        async with await company.as_(role) as browser:
            assert (await browser.post(f"{path}/take", json={"code": "1"})).status_code == 404


_MANY = """
WITH new AS (
    INSERT INTO person (id, reference, first_name, last_name, name_key, date_of_birth, sex,
                        interpreter_needed, created_at, version)
    SELECT gen_random_uuid(), 'P-OUT-' || n, 'Out', 'Goes' || n, 'goes' || n || ' out',
           date '1970-01-01' + n, 'male', false, now(), 1 FROM generate_series(1, 205) n
    RETURNING id)
INSERT INTO assignment (id, person_id, account_id, from_on)
SELECT gen_random_uuid(), new.id, a.id, current_date FROM new, auth.account a WHERE a.email = $1
"""
