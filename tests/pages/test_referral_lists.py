"""A partner's list: compared row by row, approved by a second person, undone within a day."""

import base64
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from programmes.common.errors import Refused
from programmes.common.workbooks.writing import ExportSheet, write_csv, write_workbook
from programmes.referrals.import_commands import undo_import
from programmes.referrals.import_words import COLUMNS
from tests.cast import Company
from tests.referral_case import a_referral, send

SECOND = "manager.two@waymark.example"


def _row(ref: str, last: str, **changes: str) -> list[Any]:
    said = {
        "Referral ref": ref,
        "First name": "Lee",
        "Last name": last,
        "Date of birth": "1984-02-03",
        "Sex": "Male",
        "Programme": "Caring Dads",
        "Referred by": "National Probation Service",
        "Referring worker": "Robin Invented",
        "Received on": "2026-10-02",
        "Route": "Voluntary",
        "Risk level": "Medium",
        "Contact with child": "Yes",
        "Interpreter": "No",
        "Law": "UK GDPR",
        "Controller": "National Probation Service",
        "Lawful basis": "Public task",
        **changes,
    }
    return [said.get(heading) for heading in COLUMNS]


def _name() -> str:
    return uuid4().hex[:10].translate(str.maketrans("0123456789", "ghijklmnop")).capitalize()


async def _carried(browser: httpx.AsyncClient, path: str, action: str) -> dict[str, str]:
    text = (await browser.get(path)).text
    form = text.split(f'action="{action}"')[1].split("</form>")[0]
    return dict(re.findall(r'name="(submission|version)" value="([^"]*)"', form))


async def _send(
    browser: httpx.AsyncClient, rows: list[list[Any]], name: str = "list.csv"
) -> httpx.Response:
    if name.endswith(".csv"):
        content = write_csv(list(COLUMNS), rows)
    else:
        from datetime import UTC, datetime

        sheet = ExportSheet("Referrals", tuple(COLUMNS), rows)
        content = write_workbook([sheet], made_at=datetime(2026, 1, 1, tzinfo=UTC))
    data = await _carried(browser, "/referral-lists", "/referral-lists")
    return await browser.post("/referral-lists", data=data, files={"file": (name, content)})


async def _press(browser: httpx.AsyncClient, path: str, what: str) -> httpx.Response:
    data = await _carried(browser, path, f"{path}/{what}")
    return await browser.post(f"{path}/{what}", data=data)


async def _somebody_referred(company: Company) -> tuple[str, list[Any]]:
    """The record of somebody whose referral is open, and a row that refers them once more."""
    body = await a_referral(company)
    async with await company.as_("manager") as browser:
        record = (await send(browser, body)).json()["person_id"]
    person = body["person"]
    names = {"First name": person["first_name"], "Date of birth": person["date_of_birth"]}
    return record, _row(uuid4().hex[:8], person["last_name"], **names)


async def test_a_list_is_compared_approved_changed_and_undone(company: Company) -> None:
    one, two, refs = _name(), _name(), [uuid4().hex[:8] for _ in range(2)]
    record, once_more = await _somebody_referred(company)
    rows = [
        _row(refs[0], one),
        _row(refs[1], two, **{"Date of birth": "2040-02-03"}),
        once_more,
        _row(refs[0], one),
    ]
    async with await company.as_("manager") as browser:
        sent = await _send(browser, rows, "list.xlsx")
        assert sent.status_code == 303, sent.text
        path = sent.headers["location"]
        shown = (await browser.get(f"/api/v1{path}")).json()
        assert [r["verdict"] for r in shown["rows"]] == ["new", "refused", "new", "refused"]
        assert "somebody else has to approve" in (await browser.get(path)).text
        again = await _send(browser, rows, "list.xlsx")
        assert again.status_code in (303, 422)
    async with await company.as_(SECOND) as browser:
        await _decide(browser, path, shown["rows"][2]["id"], record)
        refused = await _press(browser, path, "approve")
        assert refused.status_code == 422
        assert "Row 4: This person has an open referral" in refused.text
        await _decide(browser, path, shown["rows"][2]["id"], "leave")
        done = await _press(browser, path, "approve")
        assert done.status_code == 303, done.text
        taken = (await browser.get(f"/api/v1{path}")).json()["rows"][0]["referral_id"]
        assert (await browser.get(f"/api/v1/referrals/{taken}")).json()["status"] == "received"
    async with await company.as_("manager") as browser:
        riskier = await _send(browser, [_row(refs[0], one, **{"Risk level": "High"})])
        second = riskier.headers["location"]
        assert "risk medium to high" in (await browser.get(second)).text
    async with await company.as_(SECOND) as browser:
        assert (await _press(browser, second, "approve")).status_code == 303
        assert (await browser.get(f"/api/v1/referrals/{taken}")).json()["risk_level"] == "high"
        worked_on = await _press(browser, path, "undo")
        assert "work went on with it" in worked_on.text
        assert (await _press(browser, second, "undo")).status_code == 303
        assert (await browser.get(f"/api/v1/referrals/{taken}")).json()["risk_level"] == "medium"


async def _decide(browser: httpx.AsyncClient, path: str, row: str, decision: str) -> None:
    action = f"{path}/rows/{row}"
    data = {**await _carried(browser, path, action), "decision": decision}
    assert (await browser.post(action, data=data)).status_code == 303


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"Programme": "CARA"}, "only for people under a conditional caution"),
        ({"Contact with child": "No"}, "only for parents in regular contact with a child"),
        ({"Received on": "2099-01-01"}, "cannot be in the future"),
        (
            {"Programme": "CARA", "Date of birth": "2040-02-03"},
            "The date of birth must be in the past. CARA is only",
        ),
    ],
)
async def test_what_rules_a_row_out_is_told_at_the_row(
    company: Company, changes: dict[str, str], because: str
) -> None:
    async with await company.as_("manager") as browser:
        path = (await _send(browser, [_row(uuid4().hex[:8], _name(), **changes)])).headers[
            "location"
        ]
        (row,) = (await browser.get(f"/api/v1{path}")).json()["rows"]
        assert because in (await browser.get(path)).text
    assert (row["verdict"], row["decision"]) == ("refused", "leave")
    assert because in row["says"]


async def test_a_referral_on_record_stays_whatever_its_programme_takes_in_today(
    company: Company,
) -> None:
    row = _row(uuid4().hex[:8], _name())
    async with await company.as_("manager") as browser:
        path = (await _send(browser, [row])).headers["location"]
    async with await company.as_(SECOND) as browser:
        assert (await _press(browser, path, "approve")).status_code == 303
        once_more = [value if value != "Yes" else "No" for value in row]
        again = (await _send(browser, [once_more])).headers["location"]
        (found,) = (await browser.get(f"/api/v1{again}")).json()["rows"]
    assert found["verdict"] == "matched"


async def test_a_list_goes_the_same_way_by_json(company: Company) -> None:
    record, once_more = await _somebody_referred(company)
    rows = [_row(uuid4().hex[:8], _name()), once_more]
    content = base64.b64encode(write_csv(list(COLUMNS), rows)).decode()
    body = {"file_name": "list.csv", "content": content}
    async with await company.as_("manager") as browser:
        garbled = await browser.post("/api/v1/referral-lists", json={**body, "content": "§"})
        assert list(garbled.json()["errors"]) == ["content"]
        empty = await browser.post("/api/v1/referral-lists", json={**body, "content": ""})
        assert empty.json()["errors"] == {"file": "Choose a file."}
        sent = await browser.post("/api/v1/referral-lists", json=body)
        assert sent.status_code == 201, sent.text
        facts, (_, second) = sent.json()["facts"], sent.json()["rows"]
        path = f"/api/v1/referral-lists/{facts['id']}"
        at = {"version": facts["version"]}
        assert "Somebody else" in (await browser.post(f"{path}/approve", json=at)).text
        again = await browser.post("/api/v1/referral-lists", json=body)
        assert "sent before" in again.text
    async with await company.as_(SECOND) as browser:
        row = f"{path}/rows/{second['id']}"
        assert (await browser.post(row, json={"decision": record})).status_code == 200
        refused = await browser.post(f"{path}/approve", json=at)
        assert refused.status_code == 422
        assert "Row 3" in refused.text
        strange = await browser.post(row, json={"decision": str(uuid4())})
        assert list(strange.json()["errors"]) == ["decision"]
        assert (await browser.post(row, json={"decision": "leave"})).status_code == 200
        done = await browser.post(f"{path}/approve", json=at)
        assert done.json()["facts"]["status"] == "applied"
        stale = await browser.post(f"{path}/undo", json=at)
        assert stale.status_code == 409
        undone = await browser.post(
            f"{path}/undo", json={"version": done.json()["facts"]["version"]}
        )
        assert undone.json()["facts"]["status"] == "undone"
    async with await company.as_("probation") as browser:
        assert (await browser.post("/api/v1/referral-lists", json=body)).status_code == 404
        assert (await browser.post(f"{path}/discard", json=at)).status_code == 404


async def test_an_undone_list_leaves_no_open_referral(company: Company) -> None:
    async with await company.as_("manager") as browser:
        path = (await _send(browser, [_row(uuid4().hex[:8], _name())])).headers["location"]
    async with await company.as_(SECOND) as browser:
        assert (await _press(browser, path, "approve")).status_code == 303
        found = (await browser.get(f"/api/v1{path}")).json()
        undone = await _press(browser, path, "undo")
        assert undone.status_code == 303, undone.text
        referral = found["rows"][0]["referral_id"]
        assert (await browser.get(f"/api/v1/referrals/{referral}")).json()["status"] == "closed"


async def test_after_a_day_a_list_stands(company: Company) -> None:
    async with await company.as_("manager") as browser:
        path = (await _send(browser, [_row(uuid4().hex[:8], _name())])).headers["location"]
    async with await company.as_(SECOND) as browser:
        await _press(browser, path, "approve")
    later = company.clock.now() + timedelta(hours=25)
    async with company.acting(SECOND) as actor:
        with pytest.raises(Refused, match="24 hours"):
            await undo_import(UUID(path[-36:]), version=2, actor=actor, now=later)


async def test_somebody_on_record_is_left_until_a_person_looked(company: Company) -> None:
    record, row = await _somebody_referred(company)
    async with await company.as_("manager") as browser:
        path = (await _send(browser, [row])).headers["location"]
        shown = (await browser.get(f"/api/v1{path}")).json()["rows"][0]
    assert shown["decision"] == "leave"
    assert record in shown["likely"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b""),
        ("list.csv", b"\xff\xfe\x00"),
        ("list.csv", b"Shoe size,Referral ref\n9,a\n"),
        ("list.csv", ",".join(COLUMNS).encode()),
        ("list.xlsx", b"PK\x03\x04 not really"),
    ],
)
async def test_what_is_no_list_is_refused_in_words(
    company: Company, name: str, content: bytes
) -> None:
    async with await company.as_("manager") as browser:
        data = await _carried(browser, "/referral-lists", "/referral-lists")
        answer = await browser.post("/referral-lists", data=data, files={"file": (name, content)})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


async def test_who_may_not_import_finds_nothing(company: Company) -> None:
    for role in ("probation", "facilitator", "auditor"):
        async with await company.as_(role) as browser:
            assert (await browser.get("/referral-lists")).status_code == 404
            assert (await browser.get(f"/referral-lists/{uuid4()}")).status_code == 404
