"""Places of one survivor on the page and as JSON: masked until asked, each showing written down."""

from programmes.common.db import Side
from tests.cast import Company
from tests.commands.test_news import breach_recorded
from tests.commands.test_vetoes import REASON, venue
from tests.survivor_case import OTHER_WORKER, WORKER, now, submission, survivor

SECRET = "9 Larkspur Yard"


async def test_a_protected_place_is_masked_until_asked_and_the_asking_is_logged(
    company: Company,
) -> None:
    case = await survivor(company)
    await breach_recorded(company, case, now())
    path = f"{case.page}/places"
    async with await company.as_(WORKER) as browser:
        page = await browser.get(path)
        order = (await browser.get(f"/api/v1{case.page}/support")).json()["beside"][0]["order"]
        sent = {**submission(page.text), "order": f"{case.link_id}:{order['id']}", "place": SECRET}
        done = await browser.post(path, data=sent)
        assert done.status_code == 303, done.text
        hidden = await browser.get(path)
        assert "Hidden" in hidden.text
        assert SECRET not in hidden.text
        assert (await browser.get(f"/api/v1{path}")).json()[0]["place"] is None
        assert SECRET in (await browser.post(f"{case.page}/show-places")).text
        (place,) = (await browser.post(f"/api/v1{case.page}/show-places")).json()
        assert place["place"] == SECRET
        (ended,) = (await browser.post(f"/api/v1{path}/{place['id']}/end")).json()
        assert ended["ended_on"]
        wrong = {"order": f"{case.link_id}:{case.person_id}", "place": SECRET}
        assert (await browser.post(f"/api/v1{path}", json=wrong)).status_code == 422
    async with company.owner(Side.SURVIVOR) as hers:
        logged = await hers.fetchval(
            "SELECT count(*) FROM audit.entry WHERE act = 'read-protected-place' AND row_id = $1",
            str(case.survivor_id),
        )
    assert logged == 2
    async with await company.as_(OTHER_WORKER) as browser:
        assert (await browser.get(path)).status_code == 404
        assert (await browser.post(f"{case.page}/show-places")).status_code == 404
        assert (await browser.post(f"/api/v1{path}", json=wrong)).status_code == 404


async def test_a_venue_is_kept_from_him_and_given_back(company: Company) -> None:
    case, where = await survivor(company), await venue(company)
    path = f"{case.page}/vetoes"
    async with await company.as_(WORKER) as browser:
        page = await browser.get(f"{case.page}/places")
        sent = {
            **submission(page.text),
            "link": str(case.link_id),
            "where": f"venue:{where}",
            "reason": REASON,
        }
        assert (await browser.post(path, data=sent)).status_code == 303
        assert REASON in (await browser.get(f"{case.page}/places")).text
        twice = {name: sent[name] for name in ("link", "where", "reason")}
        assert (await browser.post(f"/api/v1{path}", json=twice)).status_code == 422
        (veto,) = (await browser.get(f"/api/v1{path}")).json()["vetoes"]
        assert veto["venue_id"] == str(where)
        assert (await browser.post(f"{path}/{veto['id']}/end")).status_code == 303
        assert (await browser.post(f"/api/v1{path}/{veto['id']}/end")).status_code == 404
    async with await company.as_(OTHER_WORKER) as browser:
        assert (await browser.get(f"/api/v1{path}")).status_code == 404
        assert (await browser.post(path, data=sent)).status_code == 404
