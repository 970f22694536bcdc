"""A referral in short steps: drafts wait, are their author's own, and are sent once."""

import re

import httpx

from tests.cast import Company
from tests.referral_case import agency_id

LAW = {
    "legal_regime": "uk gdpr",
    "controller": "National Probation Service",
    "lawful_basis": "public task",
}


def _carried(text: str) -> dict[str, str]:
    return {
        name: found[1]
        for name in ("submission", "version")
        if (found := re.search(rf'name="{name}" value="([^"]*)"', text))
    }


def _day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


async def _begin(browser: httpx.AsyncClient, path: str = "/referrals/new") -> str:
    where = "/referrals/new" if path == "/referrals/new" else path.removesuffix("/refer")
    blank = _carried((await browser.get(where)).text)
    answer = await browser.post(path, data=blank)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def _save(
    browser: httpx.AsyncClient, draft: str, step: str, fields: dict[str, str]
) -> httpx.Response:
    shown = await browser.get(f"{draft}/{step}")
    assert shown.status_code == 200, (step, shown.text)
    return await browser.post(f"{draft}/{step}", data={**_carried(shown.text), **fields})


def _person(last_name: str) -> dict[str, str]:
    names = {"first_name": "Pat", "last_name": last_name, "sex": "male"}
    return {**names, **_day("date_of_birth", 3, 5, 1986)}


async def _referral(company: Company, route: str = "voluntary") -> dict[str, str]:
    return {
        "programme": "caring-dads",
        "agency": await agency_id(company),
        "route": route,
        "risk_level": "high",
        **_day("received_on", 1, 10, 2026),
    }


async def _fill(company: Company, browser: httpx.AsyncClient, draft: str, last_name: str) -> None:
    steps = {
        "person": _person(last_name),
        "referral": await _referral(company),
        "children": {"contact_with_child": "yes", "children_born": "2014, 2019"},
        "needs": {"interpreter": "no"},
        "equality": {"religion": "prefer not to say"},
        "times": {"free_times": "tuesday evening"},
        "law": LAW,
    }
    for name, fields in steps.items():
        assert (await _save(browser, draft, name, fields)).status_code == 303, name


async def test_a_draft_waits_is_checked_and_is_sent_once(company: Company) -> None:
    async with await company.as_("case-owner") as browser:
        draft = await _begin(browser)
        assert "7 to do" in (await browser.get(draft)).text
        await _fill(company, browser, draft, "Stepwise")
        assert "Stepwise" in (await browser.get("/referrals/new")).text
        check = (await browser.get(f"{draft}/check")).text
        assert "Tuesday evening" in check
        assert "Prefers not to say" in check
        sent = await browser.post(f"{draft}/check", data=_carried(check))
        assert sent.status_code == 303, sent.text
        again = await browser.post(f"{draft}/check", data=_carried(check))
        assert again.headers["location"] == sent.headers["location"]
        assert (await browser.get(draft)).headers["location"] == sent.headers["location"]
        assert "Stepwise" not in (await browser.get("/referrals/new")).text
        about = (await browser.get(f"/api/v1{sent.headers['location']}")).json()
        person = (await browser.get(f"/api/v1/people/{about['person_id']}")).json()
    assert person["children"] == 2


async def test_a_refused_step_comes_back_filled_in_and_the_rest_is_kept(company: Company) -> None:
    async with await company.as_("probation") as browser:
        draft = await _begin(browser)
        wrong = {**_person("Kept"), **_day("date_of_birth", 31, 2, 1990)}
        refused = await _save(browser, draft, "person", wrong)
        assert refused.status_code == 422
        assert 'value="Kept"' in refused.text
        await _fill(company, browser, draft, "Kept")
        # Young enough to be the parent of nobody born in 1980: only the whole can tell.
        await _save(browser, draft, "children",
                    {"contact_with_child": "yes", "children_born": "1980"})  # fmt: skip
        check = await browser.get(f"{draft}/check")
        answer = await browser.post(f"{draft}/check", data=_carried(check.text))
    assert answer.status_code == 422
    assert "older than the parent" in answer.text


async def test_only_some_routes_ask_for_a_date_of_their_own(company: Company) -> None:
    async with await company.as_("iom") as browser:
        draft = await _begin(browser)
        await _save(browser, draft, "referral", await _referral(company))
        assert (await browser.get(f"{draft}/deadline")).status_code == 404
        saved = await _save(browser, draft, "referral", await _referral(company, "licence"))
        assert saved.headers["location"] == f"{draft}/deadline"


async def test_a_draft_is_its_authors_alone_and_one_for_each_person(company: Company) -> None:
    async with await company.as_("probation") as browser:
        draft = await _begin(browser)
        await _fill(company, browser, draft, "Alone")
        check = await browser.get(f"{draft}/check")
        sent = await browser.post(f"{draft}/check", data=_carried(check.text))
        about = (await browser.get(f"/api/v1{sent.headers['location']}")).json()
        person = f"/people/{about['person_id']}"
        second = await _begin(browser, f"{person}/refer")
        assert await _begin(browser, f"{person}/refer") == second
        assert (await browser.get(f"{second}/person")).status_code == 404
        assert (await browser.get(f"{second}/referral")).status_code == 200
    for role in ("manager", "case-owner"):
        async with await company.as_(role) as browser:
            assert (await browser.get(second)).status_code == 404
            assert (await browser.post(f"{second}/law", data=LAW)).status_code == 404


async def test_a_draft_saved_in_two_windows_is_a_conflict(company: Company) -> None:
    async with await company.as_("probation") as browser:
        draft = await _begin(browser)
        old = _carried((await browser.get(f"{draft}/law")).text)
        assert (await _save(browser, draft, "needs", {"interpreter": "no"})).status_code == 303
        stale = await browser.post(f"{draft}/law", data={**old, **LAW})
        assert stale.status_code == 409
        listed = (await browser.get("/api/v1/referrals/drafts")).json()
        assert [one["steps"] for one in listed if one["id"] in draft] == [["needs"]]
        gone = await browser.post(
            f"{draft}/discard", data=_carried((await browser.get(draft)).text)
        )
        assert gone.status_code == 303
        assert (await browser.get(f"{draft}/check")).status_code == 404


async def test_what_is_typed_is_kept_before_it_is_saved(company: Company) -> None:
    async with await company.as_("case-owner") as browser:
        draft = await _begin(browser)
        first = _carried((await browser.get(f"{draft}/person")).text)
        typed = {**first, "first_name": "Half-typed", "date_of_birth-day": "41"}
        assert (await browser.post(f"{draft}/person/typed", data=typed)).status_code == 204
        back = (await browser.get(f"{draft}/person")).text
        assert 'value="Half-typed"' in back
        assert "There is a problem" not in back, "it is told when it is saved"
        too_long = {**first, "first_name": "x" * 20_001}
        for much in (too_long, {**first, "first_name": "Much", "x" * 20_001: ""}):
            assert (await browser.post(f"{draft}/person/typed", data=much)).status_code == 204
        assert "Half-typed" in (await browser.get(f"{draft}/person")).text, "too much is not kept"
        saved = await browser.post(f"{draft}/person", data={**first, **_person("Kept-later")})
        assert saved.status_code == 303, "the page's own version still stands"
        await browser.post(f"{draft}/person/typed", data=typed)
        assert "Half-typed" not in (await browser.get(f"{draft}/person")).text, "out of date"
        assert (await browser.post(f"{draft}/made-up/typed", data=typed)).status_code == 404
    async with await company.as_("manager") as other:
        assert (await other.post(f"{draft}/person/typed", data=typed)).status_code == 404


async def test_what_cannot_be_is_said_beside_the_field_and_the_form_stays_filled_in(
    company: Company,
) -> None:
    """The same that the interface for programs refuses; see test_referral_api."""
    referral = await _referral(company)
    wrong = [
        ("person", {**_person("Keep"), "first_name": "x" * 10_000}, "first_name"),
        ("person", {**_person("Keep"), "first_name": "Sam\u202eevil"}, "first_name"),
        ("person", {**_person("Keep"), "first_name": "Sa\u200bm"}, "first_name"),
        ("person", {**_person("Keep"), **_day("date_of_birth", 1, 1, 2090)}, "date_of_birth"),
        ("person", {**_person("Keep"), **_day("date_of_birth", 31, 2, 1990)}, "date_of_birth"),
        ("referral", {**referral, "worker_email": "a@example.org\nBcc: b@x.org"}, "worker_email"),
        ("referral", {**referral, **_day("received_on", 1, 1, 2099)}, "received_on"),
    ]
    async with await company.as_("case-owner") as browser:
        draft = await _begin(browser)
        for step, fields, name in wrong:
            answer = await _save(browser, draft, step, fields)
            assert answer.status_code == 422, (step, name)
            assert f'id="{name}-error"' in answer.text, (step, name)
            if step == "person":
                assert 'value="Keep"' in answer.text


async def test_what_cannot_be_together_is_said_before_anything_is_taken_in(
    company: Company,
) -> None:
    """Mistakes between two steps are told where all of them are checked."""
    async with await company.as_("case-owner") as browser:
        draft = await _begin(browser)
        await _fill(company, browser, draft, "Contradictory")
        for step, fields, says in (
            ("children", {"contact_with_child": "no"}, "contact"),
            ("children", {"contact_with_child": "yes", "children_born": "1940"}, "child"),
            ("children", {"contact_with_child": "yes", "children_born": "two"}, ""),
            ("referral", {**await _referral(company), "programme": "cara"}, "caution"),
        ):
            await _save(browser, draft, step, fields)
            check = await browser.get(f"{draft}/check")
            sent = await browser.post(f"{draft}/check", data=_carried(check.text))
            assert sent.status_code == 422, step
            assert says in sent.text.split("There is a problem")[1][:600].lower()
            good = {"contact_with_child": "yes", "children_born": "2014"}
            assert (await _save(browser, draft, "children", good)).status_code == 303
