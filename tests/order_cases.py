"""People and papers for the tests of orders: invented, each made afresh."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from programmes.common.clock import LONDON, london_date
from programmes.common.ids import new_id
from programmes.common.wall_time import midnight
from programmes.orders.civil_kinds import DVPO
from programmes.orders.commands import NewCondition, NewOrder, enter_order
from programmes.orders.words import Authority, ConditionKind, KindCode, OrderId
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import PersonId, Sex
from tests.cast import Company

WORDING = "Must not enter Sandbeck Rise, nor speak to Imogen Quayle"


async def a_person(
    company: Company, role: str = "iom", *, born: date = date(1990, 5, 4)
) -> PersonId:
    """Somebody new of this role's caseload."""
    now = company.clock.now()
    last_name = f"Test{new_id(now).hex[-8:]}"
    async with company.acting(role) as actor:
        new = NewPerson(first_name="Tobias", last_name=last_name, date_of_birth=born, sex=Sex.MALE)
        return await add_person(new, actor=actor, now=now)


def a_dvpo(person_id: UUID, company: Company, **changes: Any) -> NewOrder:
    """Made and served three days ago, 28 days long, with one condition."""
    today = london_date(company.clock.now())
    made_on = changes.pop("made_on", today - timedelta(days=3))
    values: dict[str, Any] = {
        "kind": DVPO,
        "made_on": made_on,
        "authority": Authority.COURT,
        "issued_by": "Leeds Magistrates' Court",
        "ends_on": made_on + timedelta(days=27),
        "served_at": midnight(made_on) + timedelta(hours=15),
        "conditions": (NewCondition(kind=ConditionKind.NO_CONTACT, wording=WORDING),),
    }
    return NewOrder(person_id=person_id, **(values | changes))


def bail(person_id: UUID, company: Company, **changes: Any) -> NewOrder:
    today = london_date(company.clock.now())
    arrested_on = today - timedelta(days=20)
    values: dict[str, Any] = {
        "kind": KindCode("pre-charge-bail"),
        "made_on": arrested_on,
        "authority": Authority.CUSTODY_OFFICER,
        "issued_by": "Elland Road Police Station",
        "arrested_at": midnight(arrested_on) + timedelta(hours=9),
        "ends_on": arrested_on + timedelta(days=60),
        "conditions": (NewCondition(kind=ConditionKind.NO_CONTACT, wording=WORDING),),
    }
    return NewOrder(person_id=person_id, **(values | changes))


async def entered(company: Company, new: NewOrder, *, role: str = "iom") -> OrderId:
    async with company.acting(role) as actor:
        return await enter_order(new, actor=actor, now=company.clock.now())


def typed(browser_page: str, **values: Any) -> dict[str, Any]:
    """A form as the browser sends it: what the page carries hidden, and what was typed."""
    carried = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', browser_page))
    found: dict[str, Any] = dict(carried)
    for name, value in values.items():
        if isinstance(value, date) and not isinstance(value, datetime):
            parts = (value.day, value.month, value.year)
            for part, number in zip(("day", "month", "year"), parts, strict=True):
                found[f"{name}-{part}"] = str(number)
        elif isinstance(value, datetime):
            local = value.astimezone(LONDON)
            found |= typed("", **{f"{name}_on": local.date()})
            found[f"{name}_time"] = f"{local:%H:%M}"
        else:
            found[name] = value
    return found


def paper(order: NewOrder) -> dict[str, Any]:
    """The fields of the page, as the paper has them."""
    values: dict[str, Any] = {
        "kind": order.kind,
        "area": order.area,
        "issued_by": order.issued_by,
        "authority": order.authority.value,
        "made_on": order.made_on,
    }
    for name in ("ends_on", "offence_on"):
        if getattr(order, name):
            values[name] = getattr(order, name)
    for name in ("served", "hearing", "arrested"):
        if getattr(order, f"{name}_at"):
            values[name] = getattr(order, f"{name}_at")
    for number, one in enumerate(order.conditions, start=1):
        values[f"condition_{number}_kind"] = one.kind.value
        values[f"condition_{number}_wording"] = one.wording
    return values


async def posted(browser: httpx.AsyncClient, path: str, **values: Any) -> httpx.Response:
    """Opens the form, fills it in and sends it."""
    shown = await browser.get(path)
    assert shown.status_code == 200, shown.text
    return await browser.post(path, data=typed(shown.text, **values))
