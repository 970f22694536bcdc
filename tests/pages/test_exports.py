"""Lists leave the service with a reason, the code once more, and long ones with a second person."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import httpx
import pyotp

from app.safekeeping.keys import key_of, unseal
from programmes.common.db import Side
from tests.cast import Company
from tests.referral_case import a_referral, send

PROBATION, IOM = "probation@waymark.example", "iom@waymark.example"


async def _codes(company: Company, email: str) -> list[str]:
    """Three that are still good, the oldest first: each counts once."""
    async with company.owner(Side.WORK) as owner:
        row = await owner.fetchrow(
            "SELECT id, totp_secret FROM auth.account WHERE email = $1", email
        )
    key = key_of(company.databases.settings.home, Side.WORK, "totp")
    totp = pyotp.TOTP(unseal(key, row["totp_secret"], about=row["id"].bytes).decode())
    now: datetime = company.clock.now()
    return [totp.at(now + timedelta(seconds=30 * step)) for step in (-1, 0, 1)]


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

    codes = await _codes(company, PROBATION)
    evil = "=cmd()"
    body = await a_referral(company, {"person": {"first_name": evil}})
    async with await company.as_("probation") as browser:
        taken = (await send(browser, body)).json()
        path = await _ask(browser, "referrals")
        wrong = await _take(browser, path, "000000" if codes[1] != "000000" else "000001", "csv")
        assert wrong.status_code == 422
        assert "This code is not right" in wrong.text
        done = await _take(browser, path, codes[1], "xlsx")
        assert done.status_code == 200, done.text
        book = openpyxl.load_workbook(BytesIO(done.content))
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        assert evil in [cell.value for cell in cells]
        assert all(cell.data_type != "f" for cell in cells)
        assert taken["reference"] in [cell.value for cell in cells]
        assert "code" not in (await browser.get(path)).text.split("<main")[1].split("</main>")[0]
        used = await _ask(browser, "people")
        assert (await _take(browser, used, codes[1], "csv")).status_code == 422, "a used code"
        plain = await _take(browser, used, codes[2], "csv")
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
    codes = await _codes(company, IOM)
    async with await company.as_("iom") as browser:
        path = await _ask(browser, "people")
        early = await _take(browser, path, codes[0], "csv")
        assert "a second person has to agree first" in early.text
        own = await browser.post(
            f"{path}/agree", data=_carried((await browser.get("/exports")).text)
        )
        assert "Somebody else has to agree" in own.text
    async with await company.as_("manager") as browser:
        shown = (await browser.get(path)).text
        agreed = await browser.post(f"{path}/agree", data=_carried(shown))
        assert agreed.status_code == 303, agreed.text
        assert (await _take(browser, path, codes[1], "csv")).status_code in (404, 422)
    async with await company.as_("iom") as browser:
        done = await _take(browser, path, codes[2], "csv")
        assert done.status_code == 200, done.text
        assert done.content.count(b"\n") > 200
    async with await company.as_("case-owner") as browser:
        assert (await browser.get("/exports")).status_code == 404
        assert (await browser.get(path)).status_code == 404


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
