"""The jobs that are measured: each as a request to the service, and as its limit."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec

from app.bench import limits
from app.bench.house import House, officer
from app.bench.measuring import Pair
from app.bench.recording import orders_of, replayed, report_of
from app.bench.register_jobs import save_one_mark, sign_off_register
from app.bench.series import series_of_one
from app.bench.sizes import id_of
from app.bench.work_rows import reference_of
from programmes.common.db import fetch_one

START = "barn"
"""What the search begins with: about one person in 24."""


@dataclass(frozen=True)
class Job:
    """`target` is the highest ratio that is good enough, `growth` the highest exponent."""

    name: str
    target: float
    growth: float | None
    prepare: Callable[[House], Awaitable[Pair]]


async def caseload(house: House) -> Pair:
    token = await house.token(officer())

    async def ours() -> bytes:
        return await _good(house, "/api/v1/caseload")

    async def limit() -> bytes:
        return await limits.caseload(house.limit, token)

    return Pair(ours, limit, house.databases.settle)


async def caseload_page(house: House) -> Pair:
    """Against our own JSON."""

    async def ours() -> bytes:
        return await _good(house, "/caseload")

    async def limit() -> bytes:
        return await _good(house, "/api/v1/caseload")

    return Pair(ours, limit, house.databases.settle)


async def search_by_name(house: House) -> Pair:
    manager = await house.manager()
    token = await house.token(manager)

    async def ours() -> bytes:
        return (await house.request(manager, "/api/v1/people", query=f"q={START}")).body

    async def limit() -> bytes:
        return await limits.people_by_name(house.limit, token, START)

    return Pair(ours, limit, house.databases.settle)


async def search_by_reference(house: House) -> Pair:
    manager, reference = await house.manager(), reference_of("P", "person", 1234)
    token = await house.token(manager)

    async def ours() -> bytes:
        return (await house.request(manager, "/api/v1/people", query=f"q={reference}")).body

    async def limit() -> bytes:
        return await limits.people_by_reference(house.limit, token, reference)

    return Pair(ours, limit, house.databases.settle)


async def save_register(house: House) -> Pair:
    """Twelve marks that all say something new, on a register that stays open."""
    who = id_of("facilitator", 0)
    token = await house.token(who)
    async with house.acting(who):
        open_one = await fetch_one(
            "SELECT session_id, version, ARRAY(SELECT e.id FROM enrolment e "
            "WHERE e.cohort_id = r.cohort_id ORDER BY e.id) AS places FROM register r "
            "WHERE signed_off_at IS NULL ORDER BY session_id LIMIT 1"
        )
    if open_one is None:
        raise RuntimeError("No register is open.")
    path, state = f"/api/v1/sessions/{open_one['session_id']}/register", [open_one["version"]]

    def body() -> bytes:
        late = {"code": "late", "minutes_late": 1 + state[0] % 500}
        marks = [{"enrolment_id": place, **late} for place in open_one["places"]]
        return msgspec.json.encode({"version": state[0], "marks": marks})

    async def ours() -> bytes:
        answer = await house.request(who, path, method="PUT", body=body())
        state[0] += 1
        return _checked(answer.status, answer.body, path)

    async def limit() -> bytes:
        answer = await limits.save_register(
            house.limit, token, open_one["session_id"], body(), by=who, now=house.clock.now()
        )
        state[0] += 1
        return answer

    return Pair(ours, limit, house.databases.settle)


async def report(house: House) -> Pair:
    """Last year's, against the same statements sent bare."""
    manager, year = await house.manager(), house.clock.now().year - 1
    replay = await replayed(house, manager, lambda actor: report_of(actor, year))

    async def ours() -> bytes:
        answer = await house.request(manager, "/api/v1/report", query=f"year={year}")
        return _checked(answer.status, answer.body, "/report")

    return Pair(ours, replay, house.databases.settle)


async def orders_of_a_year(house: House) -> Pair:
    """Last year's orders, their clocks and breaches, against the same statements sent bare."""
    manager, now = await house.manager(), house.clock.now()
    year = now.year - 1
    replay = await replayed(house, manager, lambda actor: orders_of(actor, year, now))

    async def ours() -> bytes:
        answer = await house.request(manager, "/api/v1/orders/figures", query=f"year={year}")
        return _checked(answer.status, answer.body, "/orders/figures")

    return Pair(ours, replay, house.databases.settle)


async def _good(house: House, path: str) -> bytes:
    answer = await house.request(officer(), path)
    return _checked(answer.status, answer.body, path)


def _checked(status: int, body: bytes, path: str) -> bytes:
    if status != 200:
        raise RuntimeError(f"{path} answered {status}: {body[:300]!r}")
    return body


JOBS = (
    Job("caseload of 50 (JSON)", 1.5, 0.10, caseload),
    Job("save a register of 12", 1.5, 0.10, save_register),
    Job("save one mark", 1.5, 0.10, save_one_mark),
    Job("sign off a register of 12", 1.5, 0.10, sign_off_register),
    Job("person search by name, page of 25", 1.5, 0.20, search_by_name),
    Job("person search by reference", 1.5, 0.20, search_by_reference),
    Job("caseload of 50 as a page, against its JSON", 3.0, 0.10, caseload_page),
    Job("management report of a year", 1.3, 1.05, report),
    Job("figures of a year's orders", 1.5, 1.05, orders_of_a_year),
    Job("series of 17: plan and insert", 2.0, 0.20, series_of_one),
)
