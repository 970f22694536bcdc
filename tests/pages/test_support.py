"""Support offered beside each order, and where papers are held: on the page and as JSON."""

from datetime import timedelta

from programmes.common.db import Side
from tests.cast import Company
from tests.commands.test_news import breach_recorded
from tests.survivor_case import OTHER_WORKER, WORKER, Case, now, submission, survivor, today

PLACE = "Cabinet Hollyhock, file 4471"


def day(name: str, on: object) -> dict[str, str]:
    parts = (f"{name}-year", f"{name}-month", f"{name}-day")
    return dict(zip(parts, str(on).split("-"), strict=True))


async def with_order(company: Company) -> Case:
    case = await survivor(company)
    await breach_recorded(company, case, now())
    return case


async def test_an_order_without_an_offer_is_asked_for_until_one_is_made(company: Company) -> None:
    case = await with_order(company)
    path = f"{case.page}/support"
    async with await company.as_(WORKER) as browser:
        before = await browser.get(path)
        assert "Nothing offered yet" in before.text
        day_before = (await browser.get("/api/v1/survivors")).json()["to_offer"]
        assert str(case.survivor_id) in {one["survivor"]["id"] for one in day_before}
        beside = (await browser.get(f"/api/v1{path}")).json()["beside"][0]
        sent = {
            **submission(before.text),
            **day("offered_on", today()),
            "beside": f"{beside['link']['id']}:{beside['order']['id']}",
            "answer": "no answer yet",
        }
        done = await browser.post(f"{case.page}/offers", data=sent)
        assert done.status_code == 303, done.text
        day_after = (await browser.get("/api/v1/survivors")).json()["to_offer"]
        assert str(case.survivor_id) not in {one["survivor"]["id"] for one in day_after}
        assert "No answer yet" in (await browser.get(path)).text


async def test_no_answer_becomes_taken_up(company: Company) -> None:
    case = await with_order(company)
    async with await company.as_(WORKER) as browser:
        offered = {"beside": str(case.link_id), "offered_on": str(today())}
        made = await browser.post(
            f"/api/v1{case.page}/offers", json={**offered, "answer": "no answer yet"}
        )
        assert made.status_code == 201, made.text
        (offer,) = made.json()["others"]
        path = f"{case.page}/offers/{offer['id']}"
        form = await browser.get(path)
        sent = {**submission(form.text), "answer": "taken up", **day("answered_on", today())}
        assert (await browser.post(path, data=sent)).status_code == 303
        assert "Taken up" in (await browser.get(f"{case.page}/support")).text
        wrong = {"answer": "no answer yet", "answered_on": str(today())}
        assert (await browser.post(f"/api/v1{path}", json=wrong)).status_code == 422
    async with await company.as_(OTHER_WORKER) as browser:
        assert (await browser.get(path)).status_code == 404
        answer = {"answer": "taken up", "answered_on": str(today())}
        assert (await browser.post(f"/api/v1{path}", json=answer)).status_code == 404


async def test_an_offer_that_cannot_be_is_refused(company: Company) -> None:
    case = await survivor(company)
    late = str(today() + timedelta(days=1))
    good = {"beside": str(case.link_id), "offered_on": str(today()), "answer": "taken up"}
    wrong = (
        good,
        {**good, "offered_on": late, "answered_on": late},
        {**good, "answer": "no answer yet", "answered_on": str(today())},
        {**good, "beside": "somebody else", "answered_on": str(today())},
    )
    async with await company.as_(WORKER) as browser:
        for body in wrong:
            answer = await browser.post(f"/api/v1{case.page}/offers", json=body)
            assert answer.status_code == 422, answer.text


async def test_where_a_plan_is_held_is_sealed_and_ends(company: Company) -> None:
    case = await survivor(company)
    path = f"{case.page}/support"
    async with await company.as_(WORKER) as browser:
        form = await browser.get(path)
        sent = {**submission(form.text), "kind": "safety plan", "where": PLACE}
        done = await browser.post(f"{case.page}/held", data={**sent, **day("made_on", today())})
        assert done.status_code == 303, done.text
        assert PLACE in (await browser.get(path)).text
        (held,) = (await browser.get(f"/api/v1{path}")).json()["held"]
        ended = await browser.post(f"/api/v1{case.page}/held/{held['id']}/end")
        assert ended.json()["held"][0]["ended_on"] == str(today())
        assert (await browser.post(f"/api/v1{case.page}/held/{held['id']}/end")).status_code == 404
    async with company.owner(Side.SURVIVOR) as hers:
        rows = await hers.fetch("SELECT to_jsonb(h)::text AS row FROM held_elsewhere h")
    assert all(PLACE not in row["row"] for row in rows)
    assert all(PLACE.encode().hex() not in row["row"] for row in rows)
